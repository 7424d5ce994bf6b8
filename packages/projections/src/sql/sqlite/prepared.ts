import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Statements remembered per connection; a page's row count makes texts of its own, so there must be a bound. */
const MOST = 500;

/**
 * The connection as Kysely uses it, with each statement compiled once: compiling the same text again for every query cost
 * as much as running it. Kysely runs a statement to its end before the next, except when it streams, which nobody does.
 */
export const withPreparedStatements = (database: Database.Database): SqliteDatabase => {
  const prepared = new Map<string, Database.Statement>();
  const statementOf = (sql: string): Database.Statement => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    // A changed schema makes SQLite compile anew by itself; only what defines or controls is not kept.
    if (/^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i.test(sql)) {
      const oldest = prepared.size >= MOST ? prepared.keys().next().value : undefined;
      if (oldest !== undefined) prepared.delete(oldest);
      prepared.set(sql, statement);
    }
    return statement;
  };
  return {
    close: () => void database.close(),
    prepare: (sql) => statementOf(sql),
  };
};
