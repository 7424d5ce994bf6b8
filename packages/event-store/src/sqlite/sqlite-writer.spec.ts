import Database from 'better-sqlite3';
import { join } from 'node:path';
import { sampleOpened } from '../../testing/sample';
import { newStream, SampleWriter } from '../../testing/sample-writer';
import { temporaryFolder } from '../../testing/temporary-folder';
import { Positions } from '../adapter/positions';
import { SimulatedClock } from '../clock/simulated-clock';
import { createMemoryStore } from '../memory/memory-store';
import { OutcomeUnknownError, StoreFailedError } from '../port/event-store';
import { openDurable } from './open-database';
import { SqliteWriter } from './sqlite-writer';
import { prepareMeta } from './store-meta';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** A writer whose next commit or insert fails the way SQLite reports it. */
const failing = (name: string) => {
  const db = openDurable(join(folder.path, `${name}.db`));
  prepareMeta(db, name, { simulated: true });
  let next: { sql: string; code: string } | undefined;
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    const run = statement.run.bind(statement);
    statement.run = (...values: unknown[]) => {
      if (!next || !sql.startsWith(next.sql)) return run(...values);
      const { code } = next;
      next = undefined;
      throw new Database.SqliteError(`simulated ${code}`, code);
    };
    return statement;
  }) as typeof db.prepare;
  const fatal: Error[] = [];
  const writer = new SqliteWriter({
    db,
    positions: new Positions('a'.repeat(32)),
    onFatal: (error) => fatal.push(error),
  });
  const fail = (sql: string, code: string) => (next = { sql, code });
  return { db, writer, fatal, fail };
};

const samples = new SampleWriter(createMemoryStore({ clock: new SimulatedClock() }));
const request = (stream = newStream(), events = [sampleOpened()]) =>
  ({ stream, events: samples.encode(stream, 'none', events), expected: 'none' }) as const;

describe('a disk that is full', () => {
  it.each([
    ['INSERT', 'SQLITE_FULL'],
    ['COMMIT', 'SQLITE_FULL'],
    ['COMMIT', 'SQLITE_IOERR_SHMSIZE'],
  ])('at %s (%s) leaves nothing of the group, and the next append is tried again', (sql, code) => {
    const { db, writer, fatal, fail } = failing(`full-${sql}-${code}`);
    const one = request();
    fail(sql, code);
    expect(() => writer.write([one, request()])).toThrow(StoreFailedError);
    expect(db.prepare('SELECT count(*) FROM events').pluck().get()).toBe(0);
    expect(writer.write([one])).toMatchObject([{ status: 'appended', revision: 0 }]);
    expect(fatal).toEqual([]);
    db.close();
  });
});

describe('a disk that fails during a commit', () => {
  it('ends the process, because nobody knows what was written', () => {
    const { db, writer, fatal, fail } = failing('eio');
    fail('COMMIT', 'SQLITE_IOERR_FSYNC');
    expect(() => writer.write([request()])).toThrow(OutcomeUnknownError);
    expect(fatal).toHaveLength(1);
    expect(() => writer.write([request()])).toThrow(/restart/);
    db.close();
  });
});
