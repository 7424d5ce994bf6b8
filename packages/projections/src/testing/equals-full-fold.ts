import { createMemoryStore, SimulatedClock } from '@aftercare/event-store';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullFold, projectorConsumer, runConsumer, type Row } from '../consumer/index';
import {
  migrateViews,
  openSqliteViews,
  ReadModelTables,
  SqlCheckpointStore,
  SqlRowStore,
  type ReadModel,
} from '../sql/index';
import { Journal } from './journal';
import { matters } from './matters';

/** What the table holds, key → row. */
export const rowsOf = async (model: ReadModel, db: ReturnType<typeof openSqliteViews>): Promise<Map<string, Row>> => {
  const tables = db.read.withTables<Record<string, { key: string; doc: string }>>();
  const rows = await tables.selectFrom(model.projector.name).select(['key', 'doc']).execute();
  return new Map(rows.map((row) => [row.key, JSON.parse(row.doc) as Row]));
};

/** Follows a store until its head, in pages of `pageSize`, and returns what the table then holds. */
export const projected = async (model: ReadModel, journal: Journal, pageSize: number): Promise<Map<string, Row>> => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
  const views = openSqliteViews(join(folder, 'views.db'));
  const stopping = new AbortController();
  try {
    await migrateViews(views.write);
    const { table } = await new ReadModelTables(views.write).prepare(model);
    const handler = projectorConsumer(model.projector, {
      consumer: table,
      rows: new SqlRowStore(views.write, model, table),
      checkpoints: new SqlCheckpointStore(views.write),
    });
    const { store, codec } = journal;
    const running = runConsumer({
      handler,
      store,
      decode: (stored) => codec.decode(stored),
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

/** The read model equals a full fold of the events, whatever the history and however it is cut into pages. */
export const equalsFullFold = (model: ReadModel, journalOf?: (journal: Journal) => ReadModel): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(1, 7, 64, 1_000), async (seed, pageSize) => {
      const journal = new Journal(createMemoryStore({ clock: new SimulatedClock() }));
      await journal.writeAll(matters({ seed, tickets: 12 }));
      const tested = journalOf?.(journal) ?? model;
      const expected = fullFold(tested.projector, await journal.all());
      // As JSON: what a row leaves undefined is not stored.
      expect(sorted(await projected(tested, journal, pageSize))).toEqual(sorted(expected));
    }),
    { numRuns: 6 },
  );

const sorted = (rows: ReadonlyMap<string, Row>): readonly unknown[] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => [key, JSON.parse(JSON.stringify(row)) as unknown]);
