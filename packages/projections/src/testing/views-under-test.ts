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

/** On how many connections a worker is in the middle of a transaction. */
export const openTransactions = async ({ write }: Views): Promise<number> =>
  (await sql`select pid from pg_stat_activity where ${inTransaction}`.execute(write)).rows.length;

/** Ends those connections; how many they were. */
export const endTransactions = async ({ write }: Views): Promise<number> =>
  (await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${inTransaction}`.execute(write)).rows.length;

const inTransaction = sql<boolean>`application_name like 'aftercare-worker-%' and xact_start is not null`;
