import { setImmediate } from 'node:timers/promises';
import type { EventStore, Position, StoredEvent } from '../port/event-store';
import { CopyRefusedError } from './copy-refused';
import type { StreamHeads } from './bridge';
import { storedHash } from '../codec/hash-chain';

/** How far two stores are the same. */
export interface Agreement {
  /** Events that stand in both, in the same order with the same bytes. */
  readonly events: number;
  /** Position of the last of them in the source; undefined when there is none. */
  readonly sourceAt: Position | undefined;
  readonly targetAt: Position | undefined;
  /** Where the streams of these events stand. */
  readonly heads: StreamHeads;
  /** True: the source holds nothing more. */
  readonly whole: boolean;
}

export interface LockstepOptions {
  readonly pageSize?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEvents?: (events: number) => void;
}

/** Tell of progress after so many events. */
const STEP = 1_000;

/**
 * Reads both stores from the first event on and compares them: order, place, id, type and every byte. The target may
 * hold less than the source, never anything else. Throws `CopyRefusedError` at the first difference.
 */
export const compareInLockstep = async (
  source: Pick<EventStore, 'readAll'>,
  target: Pick<EventStore, 'readAll'>,
  options: LockstepOptions = {},
): Promise<Agreement> => {
  const [left, right] = [source, target].map((store) => eventsOf(store, options));
  const heads = new Map<string, { revision: number; hash: string }>();
  let events = 0;
  let sourceAt: Position | undefined;
  let targetAt: Position | undefined;
  for (;;) {
    const copied = (await right!.next()).value ?? undefined;
    const original = (await left!.next()).value ?? undefined;
    if (copied === undefined) {
      options.onEvents?.(events);
      return { events, sourceAt, targetAt, heads, whole: original === undefined };
    }
    if (original === undefined || !isSame(original, copied)) throw difference(events, original, copied);
    events += 1;
    sourceAt = original.position;
    targetAt = copied.position;
    heads.set(copied.stream, { revision: copied.revision, hash: storedHash(copied.metadata) ?? '' });
    if (events % STEP === 0) options.onEvents?.(events);
  }
};

async function* eventsOf(
  store: Pick<EventStore, 'readAll'>,
  { pageSize = 1_000, signal }: LockstepOptions,
): AsyncGenerator<StoredEvent, void, undefined> {
  for (let after: Position | undefined; ;) {
    signal?.throwIfAborted();
    const page = await store.readAll({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    yield* page.events;
    if (page.end) return;
    after = page.upTo;
    await setImmediate();
  }
}

const isSame = (a: StoredEvent, b: StoredEvent): boolean =>
  a.stream === b.stream &&
  a.revision === b.revision &&
  a.eventId === b.eventId &&
  a.type === b.type &&
  a.data === b.data &&
  a.metadata === b.metadata;

const difference = (events: number, original: StoredEvent | undefined, copied: StoredEvent): CopyRefusedError =>
  new CopyRefusedError(
    'DIFFERENT',
    original === undefined
      ? `the target holds more than the source, from ${place(copied)} on: somebody wrote to it`
      : `after ${events} equal events the target holds ${place(copied)} where the source holds ${place(original)}` +
          `${place(original) === place(copied) ? ' with other bytes' : ''}: begin anew with an empty target`,
  );

const place = ({ stream, revision }: StoredEvent): string => `${stream} revision ${revision}`;
