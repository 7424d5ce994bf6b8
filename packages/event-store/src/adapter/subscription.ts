import { setImmediate } from 'node:timers/promises';
import type { Position, StoredEvent, SubscriptionPage } from '../port/event-store';

/** What a subscription needs of its store. */
export interface PageSource {
  /** Checks and resolves `after`; throws `UnknownPositionError`. */
  start(after: Position | undefined): number;
  /** Up to `limit` events behind `place`, with the place of the last one. */
  page(place: number, limit: number): { readonly events: readonly StoredEvent[]; readonly last: number };
  position(place: number): Position;
  version(): number;
  changedSince(version: number, signal: AbortSignal): Promise<void>;
}

/**
 * Pages from `after` to the end and then whatever is appended, once each and in order. Both phases read the same table
 * behind one place that only moves forward, so there is no seam at which an event could be missed or doubled.
 */
export async function* subscription(
  source: PageSource,
  options: { readonly after?: Position; readonly pageSize?: number; readonly signal: AbortSignal },
): AsyncGenerator<SubscriptionPage, void, undefined> {
  const { signal, pageSize = 1_000 } = options;
  let place = source.start(options.after);
  let told = false;
  while (!signal.aborted) {
    const version = source.version();
    const { events, last } = source.page(place, pageSize);
    place = last;
    const caughtUp = events.length < pageSize;
    if (events.length > 0 || !told) {
      told = caughtUp;
      yield { events, caughtUp, ...(place > 0 ? { upTo: source.position(place) } : {}) };
    }
    // Reading is synchronous: without a turn in between, a long catch-up would starve everything else.
    if (!caughtUp) await setImmediate();
    else await source.changedSince(version, signal);
  }
}
