import { setImmediate } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { createIndexes, type ReadModel } from '../read-model';
import type { ViewsDb } from '../schema';
import { BUILT } from './build-file';

/** Small enough that a request waiting for the event loop doesn't feel it. */
const ROWS_PER_STEP = 250;

/**
 * Copies a finished build file into `table`, in many short transactions. The indexes are there before: building them over
 * all rows at once would hold up everybody.
 */
export const copyIntoSqlite = async (db: ViewsDb, file: string, model: ReadModel, table: string): Promise<void> => {
  await createIndexes(db as unknown as Kysely<unknown>, model, table);
  const columns = sql.join(['key', 'doc', ...Object.keys(model.columns)].map((name) => sql.ref(name)));
  await sql`attach database ${file} as built_file`.execute(db);
  try {
    const source = sql.table(`built_file.${BUILT}`);
    const last = await sql<{ readonly last: number | null }>`select max(rowid) as last from ${source}`.execute(db);
    const end = last.rows[0]?.last ?? 0;
    for (let from = 0; from < end; from += ROWS_PER_STEP) {
      await sql`insert into ${sql.table(table)} (${columns})
        select ${columns} from ${source} where rowid > ${from} and rowid <= ${from + ROWS_PER_STEP}`.execute(db);
      await setImmediate();
    }
  } finally {
    await sql`detach database built_file`.execute(db);
  }
};
