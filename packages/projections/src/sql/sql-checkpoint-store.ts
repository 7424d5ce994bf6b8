import { CheckpointMovedError, type CheckpointStore } from '../consumer/index';
import type { ViewsDb, ViewsTransaction } from './schema';

/** Positions of consumers, in the database that holds their rows. */
export class SqlCheckpointStore implements CheckpointStore {
  constructor(private readonly db: ViewsDb) {}

  async load(consumer: string): Promise<string | undefined> {
    return loadCheckpoint(this.db, consumer);
  }

  async save(consumer: string, position: string): Promise<void> {
    await this.db
      .insertInto('checkpoints')
      .values({ consumer, position })
      .onConflict((conflict) => conflict.column('consumer').doUpdateSet({ position }))
      .execute();
  }
}

export const loadCheckpoint = async (db: ViewsDb, consumer: string): Promise<string | undefined> => {
  const row = await db.selectFrom('checkpoints').select('position').where('consumer', '=', consumer).executeTakeFirst();
  return row?.position;
};

/**
 * Moves a checkpoint from where this process left it, inside the transaction that writes the rows. Throws
 * `CheckpointMovedError`, and with it undoes the transaction, when somebody else has moved it: two writers would fold one
 * event twice.
 */
export const moveCheckpoint = async (
  transaction: ViewsTransaction,
  consumer: string,
  move: { readonly from: string | undefined; readonly to: string },
): Promise<void> => {
  const { from, to } = move;
  if (from === undefined) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('checkpoints')
      .values({ consumer, position: to })
      .onConflict((conflict) => conflict.column('consumer').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) throw new CheckpointMovedError(consumer);
    return;
  }
  const { numUpdatedRows } = await transaction
    .updateTable('checkpoints')
    .set({ position: to })
    .where('consumer', '=', consumer)
    .where('position', '=', from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new CheckpointMovedError(consumer);
};
