import type { Position } from '@aftercare/event-store';
import { sql } from 'kysely';
import type { ViewsDb } from './schema';

/** Consumers with side effects: what they did must not be done again, so they can't start over. */
const ACTING = 'process:';

/** Consumers with side effects that have not read up to `head`, by name. They must, before their store is left. */
export const actingBehind = async (db: ViewsDb, head: Position | undefined): Promise<readonly string[]> => {
  const rows = await actingConsumers(db);
  return rows.filter(({ position }) => position !== head).map(({ consumer }) => consumer);
};

/** From where to where a store was copied: the heads of both. */
export interface StoreMove {
  readonly from: Position;
  readonly to: Position;
}

/**
 * After the events were copied into another store, whose positions are others: consumers with side effects go on behind
 * the head of the new one, and every read model is built anew from it (its old table answers meanwhile). One commit;
 * repeated it changes nothing. Throws when a consumer with side effects stood elsewhere than at the old head: it would
 * miss what lies between.
 */
export const moveToStore = async (db: ViewsDb, { from, to }: StoreMove): Promise<{ readonly acting: number }> =>
  db.transaction().execute(async (transaction) => {
    const acting = await actingConsumers(transaction);
    const elsewhere = acting.filter(({ position }) => position !== from && !ofStore(position, to));
    if (elsewhere.length > 0)
      throw new Error(`${elsewhere.map(({ consumer }) => consumer).join(', ')}: not at the head of the store copied`);
    const moving = acting.filter(({ position }) => !ofStore(position, to)).map(({ consumer }) => consumer);
    if (acting.length > 0 && moving.length === 0) return { acting: acting.length };
    for (const consumer of moving)
      await transaction.updateTable('checkpoints').set({ position: to }).where('consumer', '=', consumer).execute();
    for (const { table_name: table } of await transaction.selectFrom('read_models').select('table_name').execute()) {
      const known = await transaction.deleteFrom('checkpoints').where('consumer', '=', table).executeTakeFirst();
      // Whoever keeps its position among its rows starts with none of them.
      if (known.numDeletedRows === 0n) await sql`delete from ${sql.table(table)}`.execute(transaction);
    }
    // No projector has this version: the next start finds the tables outdated and builds others beside them.
    await transaction.updateTable('read_models').set({ version: 0 }).execute();
    return { acting: acting.length };
  });

/** Positions begin with their store: whoever has one of the new store has gone on there. */
const ofStore = (position: Position, other: Position): boolean => position.split('-')[0] === other.split('-')[0];

const actingConsumers = (db: ViewsDb) =>
  db.selectFrom('checkpoints').selectAll().where('consumer', 'like', `${ACTING}%`).orderBy('consumer').execute();
