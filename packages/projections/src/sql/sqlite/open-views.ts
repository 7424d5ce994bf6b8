import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { ViewsSchema } from '../schema';
import type { Views } from '../views';
import { withPreparedStatements } from './prepared';

/** Views in a file: one connection that writes, one that only reads and never waits for it. */
export interface SqliteViews extends Views {
  /** A consistent copy of the file, made while writing goes on. */
  backup(target: string): Promise<void>;
}

/**
 * Opens `views.db`. WAL with `synchronous=NORMAL`: a power cut may take the last commits but never half of one, and rows
 * and positions are in the same commit, so they are simply derived again from the events, which are flushed.
 */
export const openSqliteViews = (file: string): SqliteViews => {
  const writer = new Database(file);
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = NORMAL');
  writer.pragma('busy_timeout = 5000');
  const reader = new Database(file, { readonly: true });
  reader.pragma('busy_timeout = 5000');
  const kysely = (database: Database.Database) =>
    new Kysely<ViewsSchema>({ dialect: new SqliteDialect({ database: withPreparedStatements(database) }) });
  const write = kysely(writer);
  const read = kysely(reader);
  return {
    write,
    read,
    buildPrefix: file,
    backup: async (target) => {
      await writer.backup(target);
    },
    close: async () => {
      await read.destroy();
      await write.destroy();
    },
  };
};
