import { sql, type Kysely } from 'kysely';
import { dialectOf, oneAfterTheOther, textOf, type DialectName } from './dialect';
import type { ViewsDb } from './schema';

interface Migration {
  readonly id: number;
  readonly name: string;
  /** Absent: on both. */
  readonly only?: DialectName;
  up(db: Kysely<unknown>): Promise<void>;
}

/** In order; what was released is never changed, only followed by another. */
const migrations: readonly Migration[] = [
  {
    id: 1,
    name: 'checkpoints and read models',
    up: async (db) => {
      const text = textOf(db);
      await db.schema
        .createTable('checkpoints')
        .addColumn('consumer', text, (column) => column.primaryKey())
        .addColumn('position', text, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('read_models')
        .addColumn('name', text, (column) => column.primaryKey())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('generation', 'integer', (column) => column.notNull())
        .addColumn('table_name', text, (column) => column.notNull())
        .execute();
    },
  },
  {
    id: 2,
    name: 'process managers',
    up: async (db) => {
      const text = textOf(db);
      await db.schema
        .createTable('process_states')
        .addColumn('process', text, (column) => column.notNull())
        .addColumn('instance', text, (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('state', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('process_states_key', ['process', 'instance'])
        .execute();
      await db.schema
        .createTable('process_wakes')
        .addColumn('process', text, (column) => column.notNull())
        .addColumn('instance', text, (column) => column.notNull())
        .addColumn('at', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('process_wakes_key', ['process', 'instance'])
        .execute();
      await db.schema.createIndex('process_wakes_at').on('process_wakes').columns(['process', 'at']).execute();
      await db.schema
        .createTable('process_outbox')
        .addColumn('command_id', text, (column) => column.primaryKey())
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addColumn('process', text, (column) => column.notNull())
        .addColumn('instance', text, (column) => column.notNull())
        .addColumn('command', text, (column) => column.notNull())
        .addColumn('causation_id', text, (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('not_before', text, (column) => column.notNull())
        .addColumn('parked', 'integer', (column) => column.notNull())
        .addColumn('last_failure', text)
        .execute();
      await db.schema
        .createIndex('process_outbox_order')
        .on('process_outbox')
        .columns(['process', 'instance', 'seq'])
        .execute();
    },
  },
  {
    id: 3,
    name: 'without the read model ticket_progress',
    // Nobody asked it: the customer's page reads the streams. Whoever had it would keep a table that nobody writes.
    up: async (db) => {
      const known = sql<{
        readonly table_name: string;
      }>`select table_name from read_models where name = 'ticket_progress'`;
      await sql`drop view if exists ticket_progress`.execute(db);
      for (const { table_name: table } of (await known.execute(db)).rows) {
        await sql`drop table if exists ${sql.table(table)}`.execute(db);
        await sql`delete from checkpoints where consumer = ${table}`.execute(db);
      }
      await sql`delete from read_models where name = 'ticket_progress'`.execute(db);
    },
  },
  {
    id: 4,
    name: 'who has the work, and how far it is',
    only: 'postgres',
    up: async (db) => {
      const text = textOf(db);
      await db.schema
        .createTable('leases')
        .addColumn('name', text, (column) => column.primaryKey())
        .addColumn('fence', 'bigint', (column) => column.notNull())
        .addColumn('holder', text, (column) => column.notNull())
        .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
        .execute();
      await sql`insert into leases values ('work', 0, '', '-infinity')`.execute(db);
      await db.schema
        .createTable('consumer_reports')
        .addColumn('consumer', text, (column) => column.primaryKey())
        .addColumn('position', text)
        .addColumn('report', text, (column) => column.notNull())
        .execute();
    },
  },
  {
    id: 5,
    name: 'the outbox in the order of decision',
    up: async (db) => {
      await db.schema.createIndex('process_outbox_due').on('process_outbox').columns(['process', 'seq']).execute();
    },
  },
  {
    id: 6,
    name: 'a witness that no crash of the server survives',
    only: 'postgres',
    up: async (db) => {
      await sql`create unlogged table lease_witnesses (fence bigint primary key)`.execute(db);
    },
  },
];

/** Brings the machinery's tables up to date, in one transaction. Safe to call at every start, also when two start at once. */
export const migrateViews = (db: ViewsDb): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await oneAfterTheOther(transaction);
    await sql`create table if not exists schema_migrations (id integer primary key, name text not null)`.execute(
      transaction,
    );
    const rows = await transaction.selectFrom('schema_migrations').select('id').execute();
    const done = new Set(rows.map((row) => row.id));
    for (const migration of migrations) {
      const { id, name, only = dialectOf(transaction) } = migration;
      if (done.has(id) || only !== dialectOf(transaction)) continue;
      await migration.up(transaction as unknown as Kysely<unknown>);
      await transaction.insertInto('schema_migrations').values({ id, name }).execute();
    }
  });
