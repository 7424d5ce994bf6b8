import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { NumberIndexRow } from './number-index.projector';

interface NumberTable extends RowColumns {
  readonly number: string;
  readonly customer: string | null;
}
type Tables = { readonly number_index: NumberTable };

/**
 * The ticket or complaint with exactly this number; undefined: there is none (yet). Digits typed with a Chinese keyboard,
 * and space around them, are the same number.
 */
export const matterByNumber = async (db: ViewsDb, number: string): Promise<NumberIndexRow | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('number_index')
    .select('doc')
    .where('number', '=', number.normalize('NFKC').trim().toUpperCase())
    .orderBy('key')
    .executeTakeFirst();
  return row && rowIn<NumberIndexRow>(row);
};

/** Streams of every ticket and complaint of a customer. A person has few: they come in one list. */
export const mattersOf = async (db: ViewsDb, customer: string): Promise<readonly string[]> => {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('number_index')
    .select('key')
    .where('customer', '=', customer)
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key);
};
