import type { Kysely } from 'kysely';
import { CheckpointMovedError, type Row, type RowStore } from '../consumer/index';
import { rowIn, type ReadModel, type RowColumns } from './read-model';
import type { ViewsDb } from './schema';
import { loadCheckpoint, moveCheckpoint } from './sql-checkpoint-store';
import { slices, writeRows } from './write-rows';

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

  /** Where the rows stand. Whoever asks folds on from here, so that another writer in between is noticed at `save`. */
  async position(): Promise<string | undefined> {
    const known = await loadCheckpoint(this.db, this.table);
    this.#position = { known };
    return known;
  }

  async load(keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const rows = new Map<string, Row>();
    const tables = this.db as unknown as Kysely<Record<string, RowColumns>>;
    for (const some of slices(keys, KEYS_PER_QUERY)) {
      const found = await tables.selectFrom(this.table).select(['key', 'doc']).where('key', 'in', some).execute();
      for (const row of found) rows.set(row.key, rowIn(row));
    }
    return rows;
  }

  /**
   * One transaction. When the connection breaks, nobody knows whether it was committed: the position then stays what it
   * was, and if it has moved after all, the next `save` throws `CheckpointMovedError` instead of folding events twice.
   */
  async save(rows: ReadonlyMap<string, Row | null>, checkpoint: string): Promise<void> {
    const from = this.#position ? this.#position.known : await this.position();
    try {
      await this.db.transaction().execute(async (transaction) => {
        await writeRows(transaction, this.model, this.table, rows);
        await moveCheckpoint(transaction, this.table, { from, to: checkpoint });
      });
      this.#position = { known: checkpoint };
    } catch (error) {
      if (error instanceof CheckpointMovedError) this.#position = undefined;
      throw error;
    }
  }
}
