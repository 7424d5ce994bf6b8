import Database from 'better-sqlite3';
import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { createIndexes, type ReadModel, type WrittenRow } from '../read-model';
import type { ViewsDb } from '../schema';
import { BUILT } from '../sqlite/build-file';
import { upsert } from '../write-rows';

const ROWS_PER_STEP = 1_000;

/**
 * Copies a finished build file into `table`, in transactions of a thousand rows, each of which proves the lease. The
 * indexes come last: nobody waits for them, since nobody asks this table yet. The planner is told what is in it, or the
 * first queries after the switch would be planned for an empty one.
 */
export const copyIntoPostgres = async (db: ViewsDb, file: string, model: ReadModel, table: string): Promise<void> => {
  const built = new Database(file, { readonly: true });
  try {
    const names = ['key', 'doc', ...Object.keys(model.columns)].map((name) => `"${name}"`).join(', ');
    const next = built.prepare<[number, number]>(
      `select rowid as "rowid", ${names} from ${BUILT} where rowid > ? order by rowid limit ?`,
    );
    for (let last = 0; ;) {
      const rows = next.all(last, ROWS_PER_STEP) as (WrittenRow & { readonly rowid: number })[];
      if (rows.length === 0) break;
      last = rows.at(-1)!.rowid;
      const written = rows.map(({ rowid: _place, ...row }) => row);
      await db.transaction().execute((transaction) => upsert(transaction, model, table, written));
      await setImmediate();
    }
  } finally {
    built.close();
  }
  await createIndexes(db as unknown as Kysely<unknown>, model, table);
  await sql`analyze ${sql.table(table)}`.execute(db);
};
