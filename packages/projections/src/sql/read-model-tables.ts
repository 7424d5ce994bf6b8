import type { Kysely } from 'kysely';
import { createIndexes, createTable, pointView, tableName, type ReadModel } from './read-model';
import { oneAfterTheOther } from './dialect';
import type { ReadModelRow, ViewsDb } from './schema';

/** What a start found for one read model. */
export interface Prepared {
  readonly table: string;
  /** True: the table that answers was made by another version of the projector; a new one has to be built beside it. */
  readonly outdated: boolean;
}

/** The tables of the read models: which one answers, which one is built beside it, and the switch between them. */
export class ReadModelTables {
  constructor(private readonly db: ViewsDb) {}

  /** Creates the table of a model seen for the first time; finds that of a known one. Several may do so at once. */
  async prepare(model: ReadModel): Promise<Prepared> {
    const { name, version } = model.projector;
    const known = await this.current(name);
    if (known) return { table: known.table_name, outdated: known.version !== version };
    const table = tableName(name, version, 1);
    const made = await this.db.transaction().execute(async (transaction) => {
      await oneAfterTheOther(transaction);
      if (await new ReadModelTables(transaction).current(name)) return false;
      const db = transaction as unknown as Kysely<unknown>;
      await createTable(db, model, table);
      await createIndexes(db, model, table);
      await pointView(db, name, table);
      await transaction.insertInto('read_models').values({ name, version, generation: 1, table_name: table }).execute();
      return true;
    });
    return made ? { table, outdated: false } : this.prepare(model);
  }

  current(name: string): Promise<ReadModelRow | undefined> {
    return this.db.selectFrom('read_models').selectAll().where('name', '=', name).executeTakeFirst();
  }

  /** A new empty table beside the one that answers; what an interrupted build left is thrown away. */
  async createBeside(model: ReadModel): Promise<string> {
    const { name, version } = model.projector;
    const known = await this.current(name);
    const table = tableName(name, version, (known?.generation ?? 0) + 1);
    await this.db.transaction().execute(async (transaction) => {
      await dropTable(transaction, table);
      await createTable(transaction as unknown as Kysely<unknown>, model, table);
    });
    return table;
  }

  /** From here on `table` answers; the one before is dropped. */
  async switchTo(model: ReadModel, table: string): Promise<void> {
    const { name, version } = model.projector;
    const known = await this.current(name);
    await this.db.transaction().execute(async (transaction) => {
      await pointView(transaction as unknown as Kysely<unknown>, name, table);
      await transaction
        .updateTable('read_models')
        .set({ version, table_name: table, generation: (known?.generation ?? 0) + 1 })
        .where('name', '=', name)
        .execute();
    });
    if (known) await this.db.transaction().execute((transaction) => dropTable(transaction, known.table_name));
  }
}

/**
 * Has a read model built anew at the next start: what its rows were made with has changed, and its version has not. For who
 * holds the views alone.
 */
export const outdateReadModel = async (db: ViewsDb, name: string): Promise<void> => {
  await db.updateTable('read_models').set({ version: 0 }).where('name', '=', name).execute();
};

const dropTable = async (db: ViewsDb, table: string): Promise<void> => {
  await db.schema.dropTable(table).ifExists().execute();
  await db.deleteFrom('checkpoints').where('consumer', '=', table).execute();
};
