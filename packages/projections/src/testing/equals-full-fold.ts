import { generateHistory } from '@aftercare/domain/testing';
import { createMemoryStore, SimulatedClock, type StoredEvent } from '@aftercare/event-store';
import fc from 'fast-check';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullFold, opened, runConsumer, type Row } from '../consumer/index';
import { tableConsumer } from '../rebuild/rebuild';
import { migrateViews, ReadModelTables, type ReadModel, type Views } from '../sql/index';
import { Journal } from './journal';
import { matters } from './matters';
import { recordedStore, type RecordedStore } from './recorded-store';
import { viewsUnderTest } from './views-under-test';

/** What the table holds, key → row. */
export const rowsOf = async (model: ReadModel, db: Views): Promise<Map<string, Row>> => {
  const tables = db.read.withTables<Record<string, { key: string; doc: string }>>();
  const rows = await tables.selectFrom(model.projector.name).select(['key', 'doc']).execute();
  return new Map(rows.map((row) => [row.key, JSON.parse(row.doc) as Row]));
};

/** Follows a store from its beginning until its head, in pages of `pageSize`, and returns what the table then holds. */
const projected = async (
  model: ReadModel,
  { store, decode }: RecordedStore,
  { views, pageSize }: { readonly views: Views; readonly pageSize: number },
): Promise<Map<string, Row>> => {
  const { table } = await new ReadModelTables(views.write).prepare(model);
  await sql`delete from ${sql.table(table)}`.execute(views.write);
  await views.write.deleteFrom('checkpoints').execute();
  const stopping = new AbortController();
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
  return rowsOf(model, views);
};

const PAGES = [1, 7, 64, 1_000] as const;

/**
 * The read model equals a full fold of the events, whatever the history and however it is cut into pages: histories as the
 * real deciders and processes make them, and rougher ones with people, units and what is odd on purpose.
 */
export const equalsFullFold = async (model: ReadModel | ((journal: Journal) => ReadModel)): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
  const database = viewsUnderTest(folder);
  const views = await database.open();
  await migrateViews(views.write);
  try {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...PAGES), async (seed, pageSize) => {
        const on = { views, pageSize };
        if (typeof model !== 'function') await agrees(model, recordedStore(generateHistory({ seed, tickets: 6 })), on);
        const journal = new Journal(createMemoryStore({ clock: new SimulatedClock() }));
        await journal.writeAll(matters({ seed, tickets: 12 }));
        const { store, codec } = journal;
        const reading = { store, decode: (stored: StoredEvent) => codec.decode(stored) };
        await agrees(typeof model === 'function' ? model(journal) : model, reading, on);
      }),
      { numRuns: 5 },
    );
  } finally {
    await views.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const agrees = async (
  model: ReadModel,
  reading: RecordedStore,
  on: { readonly views: Views; readonly pageSize: number },
): Promise<void> => {
  const { events } = await reading.store.readAll({ limit: 100_000 });
  const recorded = events.map((stored) => reading.decode(stored));
  const expected = fullFold(model.projector, await opened(recorded, model.open));
  // As JSON: what a row leaves undefined is not stored.
  expect(sorted(await projected(model, reading, on))).toEqual(sorted(expected));
};

const sorted = (rows: ReadonlyMap<string, Row>): readonly unknown[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => [key, JSON.parse(JSON.stringify(row)) as unknown]);
