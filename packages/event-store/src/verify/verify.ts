import { millisOf, MINUTE } from '@aftercare/domain/kernel';
import { setImmediate } from 'node:timers/promises';
import { nextLink, type ChainLink } from '../codec/chain-link';
import { UndecodableEventError } from '../codec/undecodable-event';
import type { EventStore, Position, StoredEvent } from '../port/event-store';

/** The first event that is not what was written, and why. */
export interface BadEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly reason: string;
}

/** `ok` speaks of what is there: that nothing was cut off at the end of a stream only an anchor can tell. */
export interface Verdict {
  readonly ok: boolean;
  /** Events looked at. */
  readonly events: number;
  readonly streams: number;
  /** Position of the last event looked at. */
  readonly upTo?: Position;
  readonly firstBad?: BadEvent;
  /**
   * Events that the server stamped at another time than they say they were recorded, and the first of them. No proof of
   * anything: a copied store, a clock that was wrong or a long outage do it too. Only where a server stamps.
   */
  readonly storedApart?: { readonly events: number; readonly first: BadEvent };
}

/** Where a check of the whole store stands: kept true after every event, so that it can be put away and taken up later. */
export interface VerifyState {
  readonly links: Map<string, ChainLink>;
  events: number;
  upTo?: Position;
}

export interface VerifyOptions {
  /** The whole store only: goes on behind `state.upTo` and keeps it up to date. */
  readonly state?: VerifyState;
  /** Called after every page. */
  readonly onProgress?: (progress: { readonly events: number; readonly upTo: Position }) => void;
  /** Stops early with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly pageSize?: number;
  /** How far a server's stamp may stand from `recordedAt`, in milliseconds; 5 minutes. */
  readonly storedWithinMs?: number;
  /**
   * Also reads each event (`codec.decode`): whether this program understands it. Not needed for the proof that nothing
   * was altered, and takes as long again.
   */
  readonly decode?: (event: StoredEvent) => unknown;
}

/** Checks the chain of every stream in one pass over the whole store, in global order. */
export const verifyStore = async (
  store: Pick<EventStore, 'readAll'>,
  options: VerifyOptions = {},
): Promise<Verdict> => {
  const check = new ChainCheck(options.state);
  for (let after = options.state?.upTo; ;) {
    options.signal?.throwIfAborted();
    const page = await store.readAll({
      limit: options.pageSize ?? 1_000,
      ...(after === undefined ? {} : { after }),
    });
    if (!check.page(page.events, options) || page.end) return check.verdict();
    after = page.upTo;
  }
};

/** Checks the chain of one stream. */
export const verifyStream = async (
  store: Pick<EventStore, 'read'>,
  stream: string,
  options: VerifyOptions = {},
): Promise<Verdict> => {
  const check = new ChainCheck();
  for (let from = 0; ;) {
    options.signal?.throwIfAborted();
    const { events, head } = await store.read(stream, { from, limit: options.pageSize ?? 1_000 });
    if (!check.page(events, options)) return check.verdict();
    from += events.length;
    if (events.length === 0 || head === 'none' || from > head.revision) return check.verdict();
    await setImmediate();
  }
};

/** Keeps the last link of each stream; a store of a million events has it in tens of megabytes. */
class ChainCheck {
  readonly #state: VerifyState;
  #firstBad: BadEvent | undefined;
  #apart: { events: number; first: BadEvent } | undefined;

  constructor(state: VerifyState = { links: new Map(), events: 0 }) {
    this.#state = state;
  }

  /** False as soon as an event is bad. */
  page(events: readonly StoredEvent[], { onProgress, decode, storedWithinMs = 5 * MINUTE }: VerifyOptions): boolean {
    for (const event of events) {
      const next = this.#next(event, decode);
      if (typeof next === 'string') {
        this.#firstBad = bad(event, next);
        return false;
      }
      this.#compare(event, next.recordedAt, storedWithinMs);
      this.#state.links.set(event.stream, next);
      this.#state.events += 1;
      this.#state.upTo = event.position;
    }
    const { events: count, upTo } = this.#state;
    if (upTo !== undefined) onProgress?.({ events: count, upTo });
    return true;
  }

  #compare(event: StoredEvent, recordedAt: number, within: number): void {
    if (event.storedAt === undefined || Math.abs(millisOf(event.storedAt) - recordedAt) <= within) return;
    this.#apart ??= { events: 0, first: bad(event, `the server stored it at ${event.storedAt}`) };
    this.#apart.events += 1;
  }

  #next(event: StoredEvent, decode: VerifyOptions['decode']): ChainLink | string {
    const next = nextLink(event, this.#state.links.get(event.stream));
    if (typeof next === 'string' || !decode) return next;
    try {
      decode(event);
      return next;
    } catch (error) {
      if (error instanceof UndecodableEventError) return error.reason;
      throw error;
    }
  }

  verdict(): Verdict {
    return {
      ok: this.#firstBad === undefined,
      events: this.#state.events,
      streams: this.#state.links.size,
      ...(this.#state.upTo === undefined ? {} : { upTo: this.#state.upTo }),
      ...(this.#firstBad === undefined ? {} : { firstBad: this.#firstBad }),
      ...(this.#apart === undefined ? {} : { storedApart: this.#apart }),
    };
  }
}

const bad = ({ position, stream, revision, eventId }: StoredEvent, reason: string): BadEvent => ({
  position,
  stream,
  revision,
  eventId,
  reason,
});
