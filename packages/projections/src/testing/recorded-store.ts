import type { RecordedEvent } from '@aftercare/domain';
import type { EventStore, Position, StoredEvent } from '@aftercare/event-store';
import type { Decode } from '../consumer/index';

/** Recorded events behind the part of the store's port that consumers read through: for histories made without a store. */
export interface RecordedStore {
  readonly store: EventStore;
  readonly decode: Decode;
}

export const recordedStore = (history: readonly RecordedEvent[]): RecordedStore => {
  // Positions as an embedded store gives them: text that sorts.
  const events = history.map((event, index) => ({
    ...event,
    position: `history-${String(index + 1).padStart(20, '0')}`,
  }));
  const byPosition = new Map(events.map((event) => [event.position, event]));
  const stored = events.map(({ position, stream, revision, eventId, type, metadata }): StoredEvent => ({
    position,
    stream,
    revision,
    eventId,
    type,
    data: '{}',
    metadata: JSON.stringify({ recordedAt: metadata.recordedAt }),
  }));
  const last = events.at(-1)?.position;
  const page = (after: Position | undefined, limit: number) =>
    stored.filter((event) => after === undefined || event.position > after).slice(0, limit);
  const store: Pick<EventStore, 'readAll' | 'head' | 'subscribe'> = {
    head: () => Promise.resolve(last),
    readAll: ({ after, limit = 1_000, types } = {}) => {
      const wanted = types && new Set(types);
      const found = page(after, Infinity)
        .filter((event) => !wanted || wanted.has(event.type))
        .slice(0, limit);
      const end = found.length < limit;
      const upTo = end ? last : found.at(-1)?.position;
      return Promise.resolve({ events: found, end, ...(upTo === undefined ? {} : { upTo }) });
    },
    async *subscribe({ after, pageSize = 1_000, signal }) {
      let from = after;
      while (!signal.aborted) {
        const next = page(from, pageSize);
        from = next.at(-1)?.position ?? from;
        yield { events: next, caughtUp: from === last, ...(from === undefined ? {} : { upTo: from }) };
        if (from === last && !signal.aborted)
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      }
    },
  };
  return {
    store: store as EventStore,
    decode: ({ position }) => byPosition.get(position)!,
  };
};
