import { facts } from '../facts';
import { clickHouses, type EmptyClickHouse } from '../testing';
import { type Database } from './database';
import { HARMLESS_TWICE, migrate, stepsFor } from './migrations';
import { openDatabase } from './open-database';

jest.setTimeout(60_000);

describe('steps of the schema', () => {
  it('are all of a form that two starters may take at the same time: ClickHouse locks nothing for us', () => {
    for (const { id, sql } of stepsFor(facts, true))
      expect({ id, harmless: HARMLESS_TWICE.some((form) => form.test(sql)) }).toEqual({ id, harmless: true });
  });

  it('leave the engine in process without a memory for inserts: it would leave out rows that are fed again', () => {
    expect(stepsFor(facts, false).map(({ sql }) => sql)).not.toContainEqual(expect.stringContaining('deduplication'));
  });
});

describe.each(clickHouses)('eight starters at once: $name', (kind) => {
  let clickHouse: EmptyClickHouse;
  let database: Database;
  beforeAll(async () => {
    clickHouse = await kind.start();
    const opened = await openDatabase(clickHouse.place);
    if (opened.status !== 'available') throw new Error(opened.reason);
    database = opened.database;
  });
  afterAll(async () => {
    await database.close();
    await clickHouse.stop();
  });

  it('leave one schema, and the next one finds nothing to do', async () => {
    await Promise.all(Array.from({ length: 8 }, () => migrate(database, facts)));
    const tables = await database.query<{ name: string; sql: string }>(
      'SELECT name, create_table_query AS sql FROM system.tables WHERE database = currentDatabase()',
    );
    expect(tables.map(({ name }) => name).sort()).toEqual(
      [...facts.map(({ table }) => table), 'analytics_migrations'].sort(),
    );
    const remembering = tables.filter(({ sql }) => sql.includes('non_replicated_deduplication_window'));
    expect(remembering.length).toBe(database.remembersInserts ? facts.length : 0);
    expect(await migrate(database, facts)).toEqual([]);
  });
});
