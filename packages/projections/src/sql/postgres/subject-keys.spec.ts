import { readFileSync } from 'node:fs';
import { SimulatedClock, type SubjectKeys } from '@aftercare/event-store';
import { sql } from 'kysely';
import { describeOnPostgres, dropSchema, postgresUnderTest } from '../../testing/views-under-test';
import { openPostgresViews, type PostgresViews } from './open-views';
import { openPostgresKeys } from './subject-keys';

const master = Buffer.alloc(32, 1);
const clock = new SimulatedClock();

describeOnPostgres('subject keys on PostgreSQL', () => {
  const deployment = postgresUnderTest();
  const opened: SubjectKeys[] = [];
  let server: PostgresViews;
  const open = async (masterKey: Uint8Array = master) => {
    const keys = await openPostgresKeys({ ...deployment, masterKey, clock });
    opened.push(keys);
    return keys;
  };
  beforeAll(async () => {
    server = await openPostgresViews(deployment);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((keys) => keys.close()));
    await sql`drop schema if exists ${sql.id(`${deployment.schema}_keys`)} cascade`.execute(server.write);
  });
  afterAll(async () => {
    await server.close();
    await dropSchema(deployment);
  });

  it('are made once, random and 32 bytes long, and are there after a restart', async () => {
    const keys = await open();
    const first = await keys.ensure(['customer-1', 'customer-2']);
    expect(first.get('customer-1')).toHaveLength(32);
    expect(first.get('customer-1')).not.toEqual(first.get('customer-2'));
    const again = await open();
    expect(await again.ensure(['customer-2', 'customer-1'])).toEqual(
      new Map([...first].sort(([a], [b]) => (a < b ? 1 : -1))),
    );
    expect(await again.find('customer-1')).toEqual(first.get('customer-1'));
    expect(await again.find('customer-3')).toBeUndefined();
  });

  it('are one for all who ask at once, in one process and in several', async () => {
    const processes = await Promise.all([open(), open(), open()]);
    const asked = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        processes[n % 3]!.ensure(n % 2 === 0 ? [`customer-${n}`, 'customer-x'] : ['customer-x', `customer-${n}`]),
      ),
    );
    const shared = asked.map((found) => Buffer.from(found.get('customer-x') as Uint8Array).toString('hex'));
    expect(new Set(shared).size).toBe(1);
    expect(asked.every((found, n) => found.has(`customer-${n}`))).toBe(true);
  });

  it('rest only wrapped, and can not be moved to another subject', async () => {
    const keys = await open();
    const key = (await keys.ensure(['customer-1', 'customer-2'])).get('customer-1') as Uint8Array;
    const table = sql.table(`${deployment.schema}_keys.subject_keys`);
    const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from ${table}`.execute(server.read);
    expect(rows.some(({ wrapped }) => wrapped.includes(Buffer.from(key)))).toBe(false);
    await sql`update ${table} set wrapped = (select wrapped from ${table} where subject = 'customer-1')`.execute(
      server.write,
    );
    await expect((await open()).find('customer-2')).rejects.toThrow();
  });

  it('DEC-15 an erased key is a tombstone for ever, also for a subject that never had one, and seen elsewhere within a minute', async () => {
    const [keys, elsewhere] = [await open(), await open()];
    await elsewhere.ensure(['customer-1']);
    await keys.erase('customer-1');
    await keys.erase('customer-9');
    expect(await elsewhere.find('customer-1')).toHaveLength(32);
    await clock.advance(60_000);
    for (const from of [keys, elsewhere, await open()])
      for (const subject of ['customer-1', 'customer-9']) {
        expect(await from.find(subject)).toBe('erased');
        expect((await from.ensure([subject])).get(subject)).toBe('erased');
      }
  });

  it('DEC-15 an erased key is gone from the table’s file, not only from the table', async () => {
    const keys = await open();
    await keys.ensure(['customer-1', 'customer-2']);
    const name = `${deployment.schema}_keys.subject_keys`;
    const { rows } = await sql<{ wrapped: Buffer }>`
      select wrapped from ${sql.table(name)} where subject = 'customer-1'`.execute(server.read);
    const file = async () => {
      await sql`checkpoint`.execute(server.write);
      const at = await sql<{ path: string }>`
        select current_setting('data_directory') || '/' || pg_relation_filepath(${name}) as path`.execute(server.write);
      try {
        return readFileSync(at.rows[0]!.path);
      } catch {
        // A server on another machine, or of another user: its file can't be looked into from here.
        return undefined;
      }
    };
    const before = await file();
    await Promise.all([keys.erase('customer-1'), keys.erase('customer-3')]);
    const after = await file();
    expect(before?.includes(rows[0]!.wrapped) ?? true).toBe(true);
    expect(after?.includes(rows[0]!.wrapped) ?? false).toBe(false);
    expect(await keys.find('customer-2')).toHaveLength(32);
  });

  it('are refused with another master key, and nothing is changed', async () => {
    const made = await (await open()).ensure(['customer-1']);
    await expect(open(Buffer.alloc(32, 2))).rejects.toMatchObject({ code: 'WRONG_MASTER_KEY' });
    expect(await (await open()).ensure(['customer-1'])).toEqual(made);
  });
});
