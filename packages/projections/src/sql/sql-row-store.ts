import type { Kysely } from 'kysely';
import type { Row, RowStore } from '../consumer/index';
import { rowIn, writtenRow, type ReadModel, type RowColumns } from './read-model';
import type { ViewsDb, ViewsTransaction } from './schema';
import { loadCheckpoint, moveCheckpoint } from './sql-checkpoint-store';

/** Both databases take more parameters than this in one statement. */
const PARAMETERS = 30_000;
const KEYS_PER_QUERY = 5_000;

/** Rows of one table with its checkpoint; a page is one transaction. */
export class SqlRowStore implements RowStore {
  readonly savesCheckpoint = true;
  #position: { readonly known: string | undefined } | undefined;

  /** `table` is also the name of its checkpoint: a table that is built beside another has one of its own. */
  constructor(
    private readonly db: ViewsDb,
    private readonly model: ReadModel,
    private readonly table: string,
  ) {}

  async load(keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const rows = new Map<string, Row>();
    const tables = this.db as unknown as Kysely<Record<string, RowColumns>>;
    for (const some of slices(keys, KEYS_PER_QUERY)) {
      const found = await tables.selectFrom(this.table).select(['key', 'doc']).where('key', 'in', some).execute();
      for (const row of found) rows.set(row.key, rowIn(row));
    }
    return rows;
  }

  async save(rows: ReadonlyMap<string, Row | null>, checkpoint: string): Promise<void> {
    this.#position ??= { known: await loadCheckpoint(this.db, this.table) };
    const from = this.#position.known;
    try {
      await this.db.transaction().execute(async (transaction) => {
        await writeRows(transaction, this.model, this.table, rows);
        await moveCheckpoint(transaction, this.table, { from, to: checkpoint });
      });
      this.#position = { known: checkpoint };
    } catch (error) {
      this.#position = undefined;
      throw error;
    }
  }
}

const writeRows = async (
  transaction: ViewsTransaction,
  model: ReadModel,
  table: string,
  rows: ReadonlyMap<string, Row | null>,
): Promise<void> => {
  const tables = transaction as unknown as Kysely<Record<string, RowColumns>>;
  const columns = ['doc', ...Object.keys(model.columns)] as readonly 'doc'[];
  const kept = [...rows].filter((entry): entry is [string, Row] => entry[1] !== null);
  for (const some of slices(kept, Math.floor(PARAMETERS / (columns.length + 1))))
    await tables
      .insertInto(table)
      .values(some.map(([key, row]) => writtenRow(model, key, row) as unknown as RowColumns))
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet((row) => Object.fromEntries(columns.map((column) => [column, row.ref(`excluded.${column}`)]))),
      )
      .execute();
  const gone = [...rows].filter(([, row]) => row === null).map(([key]) => key);
  for (const some of slices(gone, KEYS_PER_QUERY)) await tables.deleteFrom(table).where('key', 'in', some).execute();
};

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
