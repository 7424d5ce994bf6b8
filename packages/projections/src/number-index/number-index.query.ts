import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { NumberIndexRow } from './number-index.projector';

interface NumberTable extends RowColumns {
  readonly number: string;
}

/**
 * The ticket with exactly this number; undefined: there is none (yet). Digits typed with a Chinese keyboard, and space
 * around them, are the same number.
 */
export const ticketByNumber = async (db: ViewsDb, number: string): Promise<NumberIndexRow | undefined> => {
  const row = await db
    .withTables<{ readonly number_index: NumberTable }>()
    .selectFrom('number_index')
    .select('doc')
    .where('number', '=', number.normalize('NFKC').trim())
    .orderBy('key')
    .executeTakeFirst();
  return row && rowIn<NumberIndexRow>(row);
};
