import { type Clock, createMemoryStore, type EventStore, type StoredEvent } from '@aftercare/event-store';
import { type EventMetadata, type RecordedEvent } from '@aftercare/domain';
import { type Row, type RowStore } from '@aftercare/projections/consumer';

/** A store that holds `events` as they are, without encryption: the sink sees what a real one would deliver. */
export const storeWith = async (events: readonly RecordedEvent[], clock: Clock): Promise<EventStore> => {
  // The same id each time: a process that starts again must find its position in the "same" store.
  const meta = {
    storeId: '00000000-0000-4000-8000-00000000a11a',
    lineageId: '00000000-0000-4000-8000-00000000a11b',
    formatVersion: 1,
    simulated: clock.simulated,
  };
  const store = createMemoryStore({ clock, contents: { meta, events: [] } });
  await appendTo(store, events);
  return store;
};

/** Appends recorded events one by one, in their order. */
export const appendTo = async (store: EventStore, events: readonly RecordedEvent[]): Promise<void> => {
  for (const event of events) {
    const head = (await store.read(event.stream, { direction: 'backward', limit: 1 })).head;
    const { stream, revision, eventId, type } = event;
    await store.append(
      stream,
      [{ stream, revision, eventId, type, data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) }],
      { expected: head },
    );
  }
};

/** Reads back what `storeWith` wrote. */
export const decodePlain = (stored: StoredEvent): RecordedEvent => ({
  stream: stored.stream,
  revision: stored.revision,
  position: stored.position,
  eventId: stored.eventId,
  type: stored.type,
  data: JSON.parse(stored.data) as unknown,
  personal: [],
  metadata: JSON.parse(stored.metadata) as EventMetadata,
});

/** Rows in memory that survive as long as the object: a process that restarts is a new sink on the same rows. */
export class MemoryRows implements RowStore {
  readonly savesCheckpoint = true;
  readonly #rows = new Map<string, string>();

  load(keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const found = keys.flatMap((key) => {
      const text = this.#rows.get(key);
      return text === undefined ? [] : [[key, JSON.parse(text) as Row] as const];
    });
    return Promise.resolve(new Map(found));
  }

  save(rows: ReadonlyMap<string, Row | null>): Promise<void> {
    for (const [key, row] of rows)
      if (row) this.#rows.set(key, JSON.stringify(row));
      else this.#rows.delete(key);
    return Promise.resolve();
  }
}
