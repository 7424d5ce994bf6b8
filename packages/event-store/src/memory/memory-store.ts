import { randomUUID } from 'node:crypto';
import { AppendQueue } from '../adapter/append-queue';
import { judgeAppend } from '../adapter/judge-append';
import { checkAppend } from '../adapter/limits';
import { promised } from '../adapter/promised';
import { subscription } from '../adapter/subscription';
import { WakeUp } from '../adapter/wake-up';
import type { Clock } from '../port/clock';
import { StoreFailedError } from '../port/event-store';
import { checkStanding, sealOf, standingOf, type MovableStore } from '../port/movable-store';
import { MemoryLog, type MemoryContents } from './memory-log';

export interface MemoryStoreOptions {
  readonly clock: Pick<Clock, 'simulated'>;
  readonly lineageId?: string;
  readonly contents?: MemoryContents;
  /** For the copy: opens also what is sealed or only partly filled. */
  readonly moving?: boolean;
}

export interface MemoryEventStore extends MovableStore {
  readonly contents: MemoryContents;
}

/** An event store for fast tests, with the same rules as the durable ones. */
export const createMemoryStore = (options: MemoryStoreOptions): MemoryEventStore => {
  const contents = options.contents ?? freshContents(options);
  const notes = contents.notes ?? [];
  if (!options.moving) checkStanding(standingOf(notes));
  const log = new MemoryLog(contents);
  const wakeUp = new WakeUp();
  const closing = new AbortController();
  const queue = new AppendQueue((group) => {
    const seal = sealOf(standingOf(notes));
    if (seal !== undefined) throw new StoreFailedError(seal);
    const results = group.map((request) => {
      const verdict = judgeAppend(log, request);
      return verdict === 'write' ? log.write(request) : verdict;
    });
    wakeUp.ring();
    return results;
  });
  return {
    contents,
    meta: contents.meta,
    appendsInOrder: 500,
    notes: () => Promise.resolve([...notes]),
    note: (note) => promised(() => void notes.push(note)),
    append: (stream, events, { expected }) =>
      promised(() => checkAppend(stream, events, expected)).then((bytes) =>
        queue.push({ stream, events, expected }, bytes),
      ),
    read: (stream, wanted) => promised(() => log.read(stream, wanted)),
    readAll: (wanted) => promised(() => log.readAll(wanted)),
    head: () => promised(() => (log.end === 0 ? undefined : log.positions.format(log.end))),
    subscribe: ({ signal, ...wanted }) =>
      subscription(
        {
          start: (after) => log.positions.parse(after, log.end),
          page: (place, limit) => log.page(place, limit),
          position: (place) => log.positions.format(place),
          version: () => wakeUp.version,
          changedSince: (version, ended) => wakeUp.changedSince(version, ended),
        },
        { ...wanted, signal: AbortSignal.any([signal, closing.signal]) },
      ),
    close: () =>
      promised(() => {
        queue.close();
        closing.abort();
      }),
  };
};

const freshContents = ({ clock, lineageId }: MemoryStoreOptions): MemoryContents => ({
  meta: {
    storeId: randomUUID(),
    lineageId: lineageId ?? randomUUID(),
    formatVersion: 1,
    simulated: clock.simulated,
  },
  events: [],
  notes: [],
});
