import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openPostgresViews, openSqliteViews, type PostgresViewsOptions, type Views } from '../sql/index';

/** Which database the suite runs on: SQLite, or, as another Jest project, PostgreSQL at `PG_URL`. */
export const onPostgres = process.env['AFTERCARE_VIEWS'] === 'postgres';

/** Views of one test, on whichever database the suite runs on; they can be closed and opened again until `drop`. */
export interface ViewsUnderTest {
  open(): Promise<Views>;
  /** Throws everything away; the views are closed. */
  drop(): Promise<void>;
}

/** A file in `folder`, which the test removes, or a schema of its own. */
export const viewsUnderTest = (folder: string): ViewsUnderTest => {
  if (!onPostgres)
    return { open: () => Promise.resolve(openSqliteViews(join(folder, 'views.db'))), drop: () => Promise.resolve() };
  const options = postgresUnderTest();
  return { open: () => openPostgresViews(options), drop: () => dropSchema(options) };
};

/** A schema of a test's own on the server that `PG_URL` names. */
export const postgresUnderTest = (connectionString = process.env['PG_URL'] ?? ''): PostgresViewsOptions => ({
  connectionString,
  schema: `test_${randomUUID().replaceAll('-', '')}`,
  connections: { work: 4, read: 3 },
});

/** What can only be tried on PostgreSQL; without a server it says by name that it was skipped. */
export const describeOnPostgres = (name: string, specs: () => void): void => {
  if (process.env['PG_URL']) describe(name, specs);
  else describe.skip(`${name} (skipped: no PG_URL)`, specs);
};

export const dropSchema = async (options: PostgresViewsOptions): Promise<void> => {
  const views = await openPostgresViews(options);
  await sql`drop schema ${sql.id(options.schema!)} cascade`.execute(views.write);
  await views.close();
};

/** Drops a read model's tables behind the back of whoever has them open. */
export const loseTables = async (options: PostgresViewsOptions, model: string): Promise<void> => {
  const views = await openPostgresViews(options);
  for (const table of await tablesOf(views, options.schema!))
    if (table.startsWith(model)) await sql`drop table ${sql.table(table)} cascade`.execute(views.write);
  await views.close();
};

/** Every row of every table of the schema, as it lies there, by table. */
export const contentsOf = async (options: PostgresViewsOptions): Promise<ReadonlyMap<string, Buffer>> => {
  const views = await openPostgresViews(options);
  const contents = new Map<string, Buffer>();
  for (const table of await tablesOf(views, options.schema!)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(views.write);
    const values = rows.flatMap((row) => Object.values(row));
    contents.set(table, Buffer.concat(values.map((value) => (Buffer.isBuffer(value) ? value : asText(value)))));
  }
  await views.close();
  return contents;
};

const asText = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value) ?? ''}\n`);

const tablesOf = async ({ write }: Views, schema: string): Promise<readonly string[]> => {
  const found = sql<{ readonly name: string }>`select tablename as name from pg_tables where schemaname = ${schema}`;
  return (await found.execute(write)).rows.map(({ name }) => name);
};

/** On how many connections a worker is in the middle of a transaction. */
export const openTransactions = async ({ write }: Views): Promise<number> =>
  (await sql`select pid from pg_stat_activity where ${inTransaction}`.execute(write)).rows.length;

/** Ends those connections; how many they were. */
export const endTransactions = async ({ write }: Views): Promise<number> =>
  (await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${inTransaction}`.execute(write)).rows.length;

const inTransaction = sql<boolean>`application_name like 'aftercare-worker-%' and xact_start is not null`;
