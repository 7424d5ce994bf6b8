import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database } from './database';
import { openDatabase } from './open-database';
import { oneAtATime, type Connection } from './one-at-a-time';

// The engine shares two cores with whatever else runs.
jest.setTimeout(60_000);

describe('chDB behind the official client, without its traps (stack.md)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aftercare-chdb-'));
  let database: Database;
  let client: ClickHouseClient;

  beforeAll(async () => {
    const opened = await openDatabase({ dir });
    if (opened.status !== 'available') throw new Error(opened.reason);
    database = opened.database;
    const { createChdbConnection } = (await import('chdb/connection')) as unknown as {
      createChdbConnection: (options: { path: string }) => Connection;
    };
    client = createClient({ connection: oneAtATime(createChdbConnection({ path: dir }), new Set()) });
    await database.command(
      `CREATE TABLE numbers_told (n UInt64, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY n
       SETTINGS non_replicated_deduplication_window = 100`,
    );
  });
  afterAll(async () => {
    await client.close();
    await database.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('does not let the settings of one call leak into the next: an insert would vanish silently', async () => {
    const row = { n: 1, at: '2026-01-01 00:00:00.000' };
    const insert = (settings: Record<string, string>) =>
      client.insert({ table: 'numbers_told', values: [row], format: 'JSONEachRow', clickhouse_settings: settings });
    await insert({ insert_deduplication_token: 'a' });
    await insert({});
    await insert({});
    const [count] = await database.query<{ rows: string }>('SELECT count() AS rows FROM numbers_told');
    expect(count?.rows).not.toBe('1');
    const [setting] = await database.query<{ value: string }>(
      `SELECT value FROM system.settings WHERE name = 'insert_deduplication_token'`,
    );
    expect(setting?.value).toBe('');
  });

  it('gives 64-bit numbers as text and instants with their milliseconds', async () => {
    await database.insert('numbers_told', [{ n: '9007199254740993', at: '2026-03-01 08:00:00.123' }]);
    expect(
      await database.query('SELECT n, at, toUnixTimestamp64Milli(at) AS ms FROM numbers_told WHERE n > 1'),
    ).toEqual([{ n: '9007199254740993', at: '2026-03-01 08:00:00.123', ms: '1772352000123' }]);
  });

  it('runs calls that are made at once one after the other', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => database.query<{ n: number }>(`SELECT toUInt8({n:UInt8}) AS n`, { n })),
    );
    expect(answers.map(([row]) => row?.n)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('sends nothing for no rows, and goes on after a failed query', async () => {
    await database.insert('no_such_table', []);
    await expect(database.query('SELECT nonsense')).rejects.toThrow();
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

it('says plainly that analytics is off where chDB is not installed', async () => {
  const opened = await openDatabase({ dir: '/nowhere' }, () => Promise.reject(new Error('Cannot find module')));
  expect(opened).toMatchObject({ status: 'unavailable' });
  expect('reason' in opened && opened.reason).toContain('chdb is not installed');
});
