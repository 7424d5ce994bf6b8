import { PostgresAdapter, sql, type Expression, type QueryExecutor } from 'kysely';

export type DialectName = 'sqlite' | 'postgres';

/** Any Kysely or transaction, whatever tables it knows. */
interface AnyDb {
  getExecutor(): QueryExecutor;
}

/** Which database stands behind a Kysely: the two differ in a few statements only, and those ask here. */
export const dialectOf = (db: AnyDb): DialectName =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';

/**
 * Text that is compared byte by byte, as SQLite does by itself. PostgreSQL would go by the database's language: cursors,
 * prefixes of region codes and positions would then order differently from server to server.
 */
export const textOf = (db: AnyDb): 'text' | Expression<unknown> =>
  dialectOf(db) === 'postgres' ? sql`text collate "C"` : 'text';

/**
 * Lets one starter after the other through, for the rest of the transaction: tables are looked for and made by whoever
 * comes first. SQLite has one writer anyway.
 */
export const oneAfterTheOther = async (db: AnyDb): Promise<void> => {
  if (dialectOf(db) === 'postgres')
    await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' aftercare tables', 0))`.execute(db);
};
