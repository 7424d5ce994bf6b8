import type { Kysely } from 'kysely';
import type { Row } from '../consumer/index';
import { writtenRow, type ReadModel, type RowColumns, type WrittenRow } from './read-model';
import type { ViewsTransaction } from './schema';

/** Both databases take more parameters than this in one statement. */
const PARAMETERS = 30_000;
const KEYS_PER_STATEMENT = 5_000;

/** Rows as a page leaves them, inside the transaction that moves the position; null: the row goes. */
export const writeRows = async (
  transaction: ViewsTransaction,
  model: ReadModel,
  table: string,
  rows: ReadonlyMap<string, Row | null>,
): Promise<void> => {
  const kept: WrittenRow[] = [];
  const gone: string[] = [];
  for (const [key, row] of rows)
    if (row === null) gone.push(key);
    else kept.push(writtenRow(model, key, row));
  await upsert(transaction, model, table, kept);
  const tables = transaction as unknown as Kysely<Record<string, RowColumns>>;
  for (const some of slices(gone, KEYS_PER_STATEMENT))
    await tables.deleteFrom(table).where('key', 'in', some).execute();
};

/** Writes rows that are there or not. */
export const upsert = async (
  transaction: ViewsTransaction,
  model: ReadModel,
  table: string,
  rows: readonly WrittenRow[],
): Promise<void> => {
  const tables = transaction as unknown as Kysely<Record<string, RowColumns>>;
  const columns = ['doc', ...Object.keys(model.columns)] as readonly 'doc'[];
  for (const some of slices(rows, Math.floor(PARAMETERS / (columns.length + 1))))
    await tables
      .insertInto(table)
      .values(some as unknown as RowColumns[])
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet((row) => Object.fromEntries(columns.map((column) => [column, row.ref(`excluded.${column}`)]))),
      )
      .execute();
};

export function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
