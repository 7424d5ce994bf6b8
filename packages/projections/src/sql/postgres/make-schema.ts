import { sql, type Kysely } from 'kysely';

/** Makes the schema when there is none. Two that start at once would both make it, and one would fail: one waits. */
export const makeSchema = <T>(db: Kysely<T>, schema: string): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const { rows } = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(transaction);
    // Not asked for otherwise: whoever may not make schemas may use one that was made for them.
    if (rows.length > 0) return;
    await sql`select pg_advisory_xact_lock(hashtextextended(${schema}::text, 0))`.execute(transaction);
    await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction);
  });
