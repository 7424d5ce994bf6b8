import { sql } from 'kysely';
import { createMemoryStore, SimulatedClock } from '@aftercare/event-store';
import { fullFold } from '../../consumer/index';
import { openProjections } from '../../open-projections';
import { WorkElsewhereError, type Projections } from '../../projections';
import { eventually } from '../../testing/reading';
import { Journal } from '../../testing/journal';
import { matters } from '../../testing/matters';
import { describeOnPostgres, dropSchema, postgresUnderTest } from '../../testing/views-under-test';
import { ticketQueue } from '../../ticket-queue/index';
import { migrateViews } from '../migrations';
import { readModel } from '../read-model';
import { ReadModelTables } from '../read-model-tables';
import { SqlRowStore } from '../sql-row-store';
import { LeaseLostError, type Tenure } from '../views';
import { isDatabaseDown, PostgresAddressError } from './connection';
import { openPostgresViews, type PostgresViews } from './open-views';

jest.setTimeout(20_000);

const notes = readModel<{ readonly text: string }>({
  projector: { name: 'notes', version: 1, types: [], key: () => undefined, evolve: () => null },
  columns: { text: { kind: 'text', of: (row) => row.text } },
  indexes: [['text']],
});

describeOnPostgres('views on PostgreSQL', () => {
  let deployment: ReturnType<typeof postgresUnderTest>;
  const opened: PostgresViews[] = [];
  const open = async (): Promise<PostgresViews> => {
    const views = await openPostgresViews({ ...deployment, leaseMs: 600 });
    opened.push(views);
    return views;
  };
  const stopping = new AbortController();
  const never = new AbortController().signal;
  beforeEach(() => {
    deployment = postgresUnderTest();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((views) => views.close()));
    await dropSchema(deployment);
  });
  afterAll(() => stopping.abort());

  const clock = new SimulatedClock();
  const journal = new Journal(createMemoryStore({ clock }));
  beforeAll(() => journal.writeAll(matters({ seed: 3, tickets: 15 })));
  const reading = async (): Promise<Projections> =>
    openProjections({
      views: await open(),
      store: journal.store,
      clock,
      decode: (stored) => journal.codec.decode(stored),
      models: [ticketQueue],
    });

  /** Takes the work from one who would renew, as if it were frozen. */
  const takeOver = async (views: PostgresViews): Promise<Tenure> => {
    const expire = () =>
      views.write
        .updateTable('leases')
        .set({ expires_at: new Date(0) })
        .execute();
    const expiring = setInterval(() => void expire().catch(() => undefined), 50);
    try {
      return await views.lease.acquire(never);
    } finally {
      clearInterval(expiring);
    }
  };

  it('are made once, however many processes start at once', async () => {
    await Promise.all(Array.from({ length: 6 }, reading));
    const tables = await opened[0]!.read.selectFrom('read_models').select('table_name').execute();
    expect(tables).toEqual([{ table_name: `ticket_queue_v${ticketQueue.projector.version}` }]);
  });

  it('answer from the old table until the new one is whole, while people ask all the time', async () => {
    const projections = await reading();
    const ending = new AbortController();
    const running = projections.run(ending.signal);
    await projections.settle();
    const queue = opened[0]!.read.withTables<{ ticket_queue: { key: string } }>().selectFrom('ticket_queue');
    const seen = new Set<number>();
    let asking = true;
    const asked = Promise.all(
      Array.from({ length: 3 }, async () => {
        while (asking) seen.add((await queue.select('key').execute()).length);
      }),
    );
    for (let times = 0; times < 5; times += 1) await projections.rebuild('ticket_queue');
    asking = false;
    await asked;
    ending.abort();
    await running;
    expect([...seen]).toEqual([fullFold(ticketQueue.projector, await journal.all()).size]);
  });

  it('tell a process that only serves how far the worker is, and send it there with what acts', async () => {
    const serving = await reading();
    expect(await serving.status()).toMatchObject([{ name: 'ticket_queue', state: 'stopped' }]);
    await expect(serving.rebuild('ticket_queue')).rejects.toThrow(WorkElsewhereError);
    const head = (await journal.store.head())!;
    expect(await serving.waitFor('ticket_queue', head, 60)).toBe(false);
    const worker = await reading();
    const ending = new AbortController();
    const running = worker.run(ending.signal);
    expect(await serving.waitFor('ticket_queue', head, 10_000)).toBe(true);
    expect([serving.working(), worker.working()]).toEqual([false, true]);
    await eventually(async () => (await serving.status())[0]!.state === 'live');
    expect(await serving.status()).toMatchObject([{ name: 'ticket_queue', position: head, lagEvents: 0 }]);
    ending.abort();
    await running;
    expect(await serving.status()).toMatchObject([{ state: 'stopped' }]);
  });

  it('refuse who has lost the lease, and whatever it was writing', async () => {
    const [first, second] = [await open(), await open()];
    await migrateViews(first.write);
    const { table } = await new ReadModelTables(first.write).prepare(notes);
    const earlier = await first.lease.acquire(never);
    const rows = new SqlRowStore(earlier.views.write, notes, table);
    await rows.save(new Map([['a', { text: 'first' }]]), 'p1');
    // As long as it renews, nobody else gets it.
    await expect(second.lease.acquire(AbortSignal.timeout(1_500))).rejects.toThrow();
    const later = await takeOver(second);
    const refused: unknown = await rows.save(new Map([['a', { text: 'late' }]]), 'p2').catch((error: unknown) => error);
    // Its connections were ended as well; which of the two it hears first is a matter of chance.
    expect(refused instanceof LeaseLostError || isDatabaseDown(refused)).toBe(true);
    await expect(rows.save(new Map([['a', { text: 'later' }]]), 'p2')).rejects.toThrow(LeaseLostError);
    expect(earlier.lost.aborted).toBe(true);
    const stored = new SqlRowStore(later.views.write, notes, table);
    expect([...(await stored.load(['a']))]).toEqual([['a', { text: 'first' }]]);
    await stored.save(new Map([['a', { text: 'second' }]]), 'p2');
    await later.release();
    await (await first.lease.acquire(AbortSignal.timeout(1_000))).release();
  });

  it('refuse whoever worked before a crash of the server, which may have taken his last commits, and let him begin anew', async () => {
    const views = await open();
    await migrateViews(views.write);
    const earlier = await views.lease.acquire(never);
    const save = (tenure: Tenure) =>
      tenure.views.write
        .transaction()
        .execute((transaction) =>
          transaction.insertInto('checkpoints').values({ consumer: 'notes', position: 'p1' }).execute(),
        );
    // What recovery does with a table that is not logged.
    await sql`truncate lease_witnesses`.execute(views.write);
    await expect(save(earlier)).rejects.toThrow(LeaseLostError);
    expect(earlier.lost.aborted).toBe(true);
    await earlier.release();
    const later = await views.lease.acquire(AbortSignal.timeout(1_000));
    await save(later);
    await later.release();
  });

  it('lose the lease by the next renewal when nothing was written since a crash', async () => {
    const views = await open();
    await migrateViews(views.write);
    const tenure = await views.lease.acquire(never);
    await sql`truncate lease_witnesses`.execute(views.write);
    await new Promise((resolve) => tenure.lost.addEventListener('abort', resolve));
    await tenure.release();
  });

  it('let a transaction that has begun end before somebody else takes over, or end it', async () => {
    const [first, second] = [await open(), await open()];
    await migrateViews(first.write);
    const earlier = await first.lease.acquire(never);
    const sleeping = earlier.views.write.transaction().execute(async (transaction) => {
      await transaction.insertInto('checkpoints').values({ consumer: 'notes', position: 'p1' }).execute();
      await (await takeOver(second)).release();
      await transaction.insertInto('checkpoints').values({ consumer: 'other', position: 'p1' }).execute();
    });
    const failed = await sleeping.catch((error: unknown) => error);
    expect(isDatabaseDown(failed)).toBe(true);
    expect(await second.read.selectFrom('checkpoints').selectAll().execute()).toEqual([]);
  });

  it('order text by its bytes, whatever language the server speaks, and take a NUL in it', async () => {
    const views = await open();
    await migrateViews(views.write);
    const { table } = await new ReadModelTables(views.write).prepare(notes);
    const texts = ['a', 'B', '_', 'é', '中', '1:', 'n\0l'];
    await new SqlRowStore(views.write, notes, table).save(new Map(texts.map((text) => [text, { text }])), 'p1');
    const asked = views.read.withTables<{ notes: { key: string; text: string } }>().selectFrom('notes');
    const sorted = (await asked.select('text').orderBy('text').execute()).map(({ text }) => text);
    expect(sorted).toEqual(['1:', 'B', '_', 'a', 'n\uFFFDl', 'é', '中']);
    expect(await asked.select('key').where('text', '=', 'n\0l').execute()).toHaveLength(1);
  });

  it('never repeat the password of an address', async () => {
    const secret = 'hunter2';
    const failure = (connectionString: string) =>
      openPostgresViews({ connectionString }).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
    const none = await failure(`mysql://somebody:${secret}@localhost/db`);
    expect(none).toBeInstanceOf(PostgresAddressError);
    const refused = await failure(`postgres://somebody:${secret}@127.0.0.1:1/db`);
    expect(isDatabaseDown(refused)).toBe(true);
    for (const error of [none, refused]) expect(`${error?.stack} ${JSON.stringify(error)}`).not.toContain(secret);
  });
});
