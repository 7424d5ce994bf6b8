import { generateHistory } from '@aftercare/domain/testing';
import { createMemoryStore, SimulatedClock, type StoredEvent } from '@aftercare/event-store';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullFold, opened, runConsumer, type Row } from '../consumer/index';
import { tableConsumer } from '../rebuild/rebuild';
import { migrateViews, openSqliteViews, ReadModelTables, type ReadModel, type Views } from '../sql/index';
import { Journal } from './journal';
import { matters } from './matters';
import { recordedStore, type RecordedStore } from './recorded-store';

/** What the table holds, key → row. */
export const rowsOf = async (model: ReadModel, db: Views): Promise<Map<string, Row>> => {
  const tables = db.read.withTables<Record<string, { key: string; doc: string }>>();
  const rows = await tables.selectFrom(model.projector.name).select(['key', 'doc']).execute();
  return new Map(rows.map((row) => [row.key, JSON.parse(row.doc) as Row]));
};

/** Follows a store until its head, in pages of `pageSize`, and returns what the table then holds. */
export const projected = async (
  model: ReadModel,
  { store, decode }: RecordedStore,
  pageSize: number,
): Promise<Map<string, Row>> => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
  const views = openSqliteViews(join(folder, 'views.db'));
  const stopping = new AbortController();
  try {
    await migrateViews(views.write);
    const { table } = await new ReadModelTables(views.write).prepare(model);
    const running = runConsumer({
      handler: tableConsumer({ views }, model, table),
      store,
      decode,
      clock: new SimulatedClock(),
      signal: stopping.signal,
      pageSize,
    });
    const head = await store.head();
    if (head !== undefined && !(await running.waitFor(head, 20_000))) throw new Error('the consumer did not get there');
    stopping.abort();
    await running.ended;
    return await rowsOf(model, views);
  } finally {
    await views.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const PAGES = [1, 7, 64, 1_000] as const;

/**
 * The read model equals a full fold of the events, whatever the history and however it is cut into pages: histories as the
 * real deciders and processes make them, and rougher ones with people, units and what is odd on purpose.
 */
export const equalsFullFold = (model: ReadModel | ((journal: Journal) => ReadModel)): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...PAGES), async (seed, pageSize) => {
      if (typeof model !== 'function')
        await agrees(model, recordedStore(generateHistory({ seed, tickets: 6 })), pageSize);
      const journal = new Journal(createMemoryStore({ clock: new SimulatedClock() }));
      await journal.writeAll(matters({ seed, tickets: 12 }));
      const { store, codec } = journal;
      const reading = { store, decode: (stored: StoredEvent) => codec.decode(stored) };
      await agrees(typeof model === 'function' ? model(journal) : model, reading, pageSize);
    }),
    { numRuns: 5 },
  );

const agrees = async (model: ReadModel, reading: RecordedStore, pageSize: number): Promise<void> => {
  const { events } = await reading.store.readAll({ limit: 100_000 });
  const recorded = events.map((stored) => reading.decode(stored));
  const expected = fullFold(model.projector, await opened(recorded, model.open));
  // As JSON: what a row leaves undefined is not stored.
  expect(sorted(await projected(model, reading, pageSize))).toEqual(sorted(expected));
};

const sorted = (rows: ReadonlyMap<string, Row>): readonly unknown[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => [key, JSON.parse(JSON.stringify(row)) as unknown]);
