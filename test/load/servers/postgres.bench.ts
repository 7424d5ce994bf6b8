import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RecordedEvent } from '@aftercare/domain';
import { createMemoryStore, SimulatedClock } from '@aftercare/event-store';
import {
  migrateViews,
  openPostgresViews,
  projectorConsumer,
  ReadModelTables,
  SqlRowStore,
  ticketQueue,
  type TicketQueueRow,
  type Views,
} from '@aftercare/projections';
import { dropSchema, Journal, matters, postgresUnderTest } from '@aftercare/projections/testing';
import { atLeast, interleaved, perSecond, type BenchRow } from '../bench';

const TICKETS = 900;
const BATCH = 1_000;
const ROUNDS = 7;

/** What the bare client is used for here. */
interface BareClient {
  connect(): Promise<void>;
  query<R = unknown>(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly R[] }>;
  end(): Promise<void>;
}

/**
 * The ticket queue on PostgreSQL, fed by batches of 1,000 events: our projection under its lease, against the same table
 * written by hand with the bare client: the rows of a batch in one query, the same fold, one multi-row upsert per batch and
 * the position with it, in one transaction under the same server settings. Nothing where `PG_URL` names no server.
 */
export async function run(): Promise<BenchRow[]> {
  const connectionString = process.env['PG_URL'];
  if (connectionString === undefined) {
    process.stderr.write('PostgreSQL: skipped: no PG_URL\n');
    return [];
  }
  const pages = batches(await history());
  const events = pages.reduce((sum, page) => sum + page.length, 0);
  const deployment = postgresUnderTest(connectionString);
  const views = await openPostgresViews(deployment);
  const bare = openBare(connectionString);
  await bare.connect();
  await bare.query(`set search_path = ${deployment.schema}`);
  await bare.query('set synchronous_commit = off');
  await migrateViews(views.write);
  const { table } = await new ReadModelTables(views.write).prepare(ticketQueue);
  const tenure = await views.lease.acquire(new AbortController().signal);
  const empty = () => bare.query(`truncate ${table}, checkpoints`);
  const side = (project: () => Promise<void>) => async () => {
    await empty();
    return perSecond(events, project);
  };
  const ours = side(() => projected(tenure.views, table, pages));
  const rival = side(() => byHand(bare, table, pages));
  try {
    await ours();
    const made = await contents(bare, table);
    await rival();
    if (made !== (await contents(bare, table))) throw new Error('the two sides make different tables');
    const figures = await interleaved(ours, rival, ROUNDS);
    return [
      atLeast(0.7, `PostgreSQL: projection live, batches of ${BATCH}, against upserts by hand`, 'events/s', figures),
    ];
  } finally {
    await tenure.release();
    await bare.end();
    await views.close();
    await dropSchema(deployment);
  }
}

const projected = async (views: Views, table: string, pages: readonly (readonly RecordedEvent[])[]): Promise<void> => {
  const rows = new SqlRowStore(views.write, ticketQueue, table);
  const checkpoints = { load: () => rows.position(), save: () => Promise.resolve() };
  const consumer = projectorConsumer(ticketQueue.projector, { consumer: table, rows, checkpoints });
  await consumer.position();
  for (const [index, page] of pages.entries()) await consumer.take(page, `p-${String(index).padStart(20, '0')}`);
};

/** As one would write it for this one table. */
const byHand = async (bare: BareClient, table: string, pages: readonly (readonly RecordedEvent[])[]): Promise<void> => {
  const { projector } = ticketQueue;
  const columns = Object.entries(ticketQueue.columns);
  const names = ['key', 'doc', ...columns.map(([name]) => `"${name}"`)];
  const updates = names.slice(1).map((name) => `${name} = excluded.${name}`);
  for (const [index, page] of pages.entries()) {
    const keyed = page.map((event) => [projector.key(event) as string, event] as const);
    const keys = [...new Set(keyed.map(([one]) => one))];
    const found = await bare.query<{ key: string; doc: string }>(`select key, doc from ${table} where key = any($1)`, [
      keys,
    ]);
    const rows = new Map<string, TicketQueueRow | null>(
      found.rows.map((row) => [row.key, JSON.parse(row.doc) as TicketQueueRow]),
    );
    for (const [one, event] of keyed) rows.set(one, projector.evolve(rows.get(one) ?? null, event, one));
    const values: unknown[] = [];
    const tuples: string[] = [];
    for (const [one, row] of rows) {
      if (row === null) continue;
      const flat = [one, JSON.stringify(row), ...columns.map(([, column]) => column.of(row))];
      const tuple = flat.map((value) => {
        values.push(typeof value === 'boolean' ? Number(value) : value);
        return `$${values.length}`;
      });
      tuples.push(`(${tuple.join(',')})`);
    }
    await bare.query('begin');
    if (tuples.length > 0)
      await bare.query(
        `insert into ${table} (${names.join(',')}) values ${tuples.join(',')}
         on conflict (key) do update set ${updates.join(',')}`,
        values,
      );
    await bare.query(
      'insert into checkpoints values ($1, $2) on conflict (consumer) do update set position = excluded.position',
      [table, `p-${index}`],
    );
    await bare.query('commit');
  }
};

const contents = async (bare: BareClient, table: string): Promise<string> => {
  const { rows } = await bare.query<{ all: string }>(
    `select count(*) || md5(string_agg(t::text, '' order by key)) as all from ${table} t`,
  );
  return rows[0]!.all;
};

/** Decoded events of the queue's types: both sides begin with them. */
const history = async (): Promise<readonly RecordedEvent[]> => {
  const journal = new Journal(createMemoryStore({ clock: new SimulatedClock() }));
  await journal.writeAll(matters({ seed: 1, tickets: TICKETS }));
  const wanted = new Set(ticketQueue.projector.types);
  return (await journal.all()).filter(({ type }) => wanted.has(type));
};

const batches = (events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] =>
  Array.from({ length: Math.ceil(events.length / BATCH) }, (_, n) => events.slice(n * BATCH, (n + 1) * BATCH));

/** The client that our driver itself is built on: a dependency of that package only. */
const openBare = (connectionString: string): BareClient => {
  const from = createRequire(join(__dirname, '../../../packages/projections/package.json'));
  const { Client } = from('pg') as { Client: new (options: object) => BareClient };
  return new Client({ connectionString });
};
