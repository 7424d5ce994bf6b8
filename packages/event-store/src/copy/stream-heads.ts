import { storedHash } from '../codec/hash-chain';
import type { EventStore } from '../port/event-store';
import type { StreamHeads } from './bridge';

/** Reads that are under way at once. */
const AT_ONCE = 16;
const STEP = 200;

/**
 * Where these streams stand, each read from its own end: another way through the store than reading everything, so that
 * an index that lacks a stream shows.
 */
export const readHeads = async (
  store: Pick<EventStore, 'read'>,
  streams: Iterable<string>,
  {
    signal,
    onStreams,
  }: { readonly signal?: AbortSignal | undefined; readonly onStreams?: (done: number) => void } = {},
): Promise<StreamHeads> => {
  const heads = new Map<string, { revision: number; hash: string }>();
  const waiting = streams[Symbol.iterator]();
  const reader = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      signal?.throwIfAborted();
      const stream = next.value;
      const { events } = await store.read(stream, { direction: 'backward', limit: 1 });
      const last = events[0];
      heads.set(stream, { revision: last?.revision ?? -1, hash: (last && storedHash(last.metadata)) ?? '' });
      if (heads.size % STEP === 0) onStreams?.(heads.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  onStreams?.(heads.size);
  return heads;
};
