import type { Instant, ProcessCommand } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';
import type { OutboxRow, ViewsDb, ViewsTransaction } from '../sql/schema';
import { loadCheckpoint, moveCheckpoint } from '../sql/sql-checkpoint-store';
import type { DecidedCommand, InstanceState } from './reaction';

/** A command on its way, as the dispatcher sees it. */
export interface OutboxEntry {
  readonly commandId: string;
  readonly instance: string;
  readonly command: ProcessCommand;
  readonly causationId: string;
  readonly attempts: number;
  readonly parked: boolean;
  readonly lastFailure: string | null;
  /** When it was decided, or may be tried again. */
  readonly notBefore: Instant;
}

/** Everything that one step of a process changes; committed together or not at all. */
export interface ProcessStep {
  readonly instances: ReadonlyMap<string, InstanceState>;
  readonly commands: readonly (DecidedCommand & { readonly instance: string })[];
  /** The outbox entry that this step answers. */
  readonly settled?: string;
  readonly checkpoint?: Position;
  readonly now: Instant;
}

const KEYS_PER_QUERY = 5_000;
const ROWS_PER_STATEMENT = 2_000;

/** State, outbox, alarms and checkpoint of one process in SQL. One process has one writer. */
export class ProcessStore {
  readonly consumer: string;
  #position: { readonly known: string | undefined } | undefined;
  #seq: number | undefined;

  constructor(
    private readonly db: ViewsDb,
    private readonly process: { readonly name: string; readonly version: number },
  ) {
    this.consumer = `process:${process.name}`;
  }

  /** From here on the next page is taken to begin at this position; another writer in between is noticed. */
  async position(): Promise<Position | undefined> {
    const known = await loadCheckpoint(this.db, this.consumer);
    this.#position = { known };
    return known;
  }

  /** The instances that exist among those asked for, with their alarms. */
  async load(instances: readonly string[]): Promise<Map<string, InstanceState>> {
    const found = new Map<string, InstanceState>();
    for (let from = 0; from < instances.length; from += KEYS_PER_QUERY) {
      const rows = await this.db
        .selectFrom('process_states as s')
        .leftJoin('process_wakes as w', (join) =>
          join.onRef('w.process', '=', 's.process').onRef('w.instance', '=', 's.instance'),
        )
        .select(['s.instance', 's.state', 'w.at'])
        .where('s.process', '=', this.process.name)
        .where('s.instance', 'in', instances.slice(from, from + KEYS_PER_QUERY))
        .execute();
      for (const row of rows)
        found.set(row.instance, { state: JSON.parse(row.state) as unknown, wakeAt: row.at ?? undefined });
    }
    return found;
  }

  async commit(step: ProcessStep): Promise<void> {
    const from = this.#position ? this.#position.known : await this.position();
    const seq = (this.#seq ??= await this.#lastSeq());
    try {
      await this.db.transaction().execute(async (transaction) => {
        await this.#saveInstances(transaction, step.instances);
        await this.#saveCommands(transaction, step, seq);
        if (step.settled !== undefined)
          await transaction.deleteFrom('process_outbox').where('command_id', '=', step.settled).execute();
        if (step.checkpoint !== undefined)
          await moveCheckpoint(transaction, this.consumer, { from, to: step.checkpoint });
      });
    } catch (error) {
      // It may have been committed all the same, when the connection broke. The position stays what it was: if it moved,
      // the next page is refused, and its events are not taken twice.
      this.#seq = undefined;
      throw error;
    }
    this.#seq = seq + step.commands.length;
    if (step.checkpoint !== undefined) this.#position = { known: step.checkpoint };
  }

  /** The first command of each instance, if it is due and not parked: those behind it wait their turn. */
  async due(now: Instant, limit: number): Promise<readonly OutboxEntry[]> {
    const rows = await this.#heads()
      .where('o.parked', '=', 0)
      .where('o.not_before', '<=', now)
      .orderBy('o.seq')
      .limit(limit)
      .execute();
    return rows.map(entryOf);
  }

  /** When the next waiting command may be tried again. */
  async nextTry(): Promise<Instant | undefined> {
    const rows = await this.#heads().where('o.parked', '=', 0).orderBy('o.not_before').limit(1).execute();
    return rows[0]?.not_before;
  }

  /** Commands that arrived, all at once: a commit for each would cost more than carrying it. */
  async done(commandIds: readonly string[]): Promise<void> {
    if (commandIds.length === 0) return;
    await this.db.deleteFrom('process_outbox').where('command_id', 'in', commandIds).execute();
  }

  async failed(
    commandId: string,
    attempt: Pick<OutboxRow, 'attempts' | 'not_before' | 'parked'> & { readonly last_failure: string },
  ): Promise<void> {
    await this.db.updateTable('process_outbox').set(attempt).where('command_id', '=', commandId).execute();
  }

  async parked(): Promise<readonly OutboxEntry[]> {
    const rows = await this.db
      .selectFrom('process_outbox')
      .selectAll()
      .where('process', '=', this.process.name)
      .where('parked', '=', 1)
      .orderBy('seq')
      .execute();
    return rows.map(entryOf);
  }

  /** Lets a parked command be tried again from the beginning. False: there is none of this id. */
  async unpark(commandId: string, now: Instant): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('process_outbox')
      .set({ parked: 0, attempts: 0, not_before: now })
      .where('command_id', '=', commandId)
      .where('process', '=', this.process.name)
      .where('parked', '=', 1)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  /** Alarms that have come, earliest first. */
  wakesDue(now: Instant, limit: number): Promise<readonly { readonly instance: string; readonly at: Instant }[]> {
    return this.#wakes().where('at', '<=', now).limit(limit).execute();
  }

  async nextWake(): Promise<Instant | undefined> {
    return (await this.#wakes().limit(1).executeTakeFirst())?.at;
  }

  #wakes() {
    return this.db
      .selectFrom('process_wakes')
      .select(['instance', 'at'])
      .where('process', '=', this.process.name)
      .orderBy('at')
      .orderBy('instance');
  }

  #heads() {
    return this.db
      .selectFrom('process_outbox as o')
      .selectAll('o')
      .where('o.process', '=', this.process.name)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('process_outbox as earlier')
              .select('earlier.seq')
              .whereRef('earlier.process', '=', 'o.process')
              .whereRef('earlier.instance', '=', 'o.instance')
              .whereRef('earlier.seq', '<', 'o.seq'),
          ),
        ),
      );
  }

  async #saveCommands(transaction: ViewsTransaction, { commands, now }: ProcessStep, after: number): Promise<void> {
    const rows = commands.map(({ commandId, command, causationId, instance }, index): OutboxRow => ({
      command_id: commandId,
      seq: after + 1 + index,
      process: this.process.name,
      instance,
      command: JSON.stringify(command),
      causation_id: causationId,
      attempts: 0,
      not_before: now,
      parked: 0,
      last_failure: null,
    }));
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
      await transaction
        .insertInto('process_outbox')
        .values(rows.slice(from, from + ROWS_PER_STATEMENT))
        .onConflict((conflict) => conflict.column('command_id').doNothing())
        .execute();
  }

  async #saveInstances(transaction: ViewsTransaction, instances: ReadonlyMap<string, InstanceState>): Promise<void> {
    const { name: process, version } = this.process;
    const all = [...instances];
    for (let from = 0; from < all.length; from += ROWS_PER_STATEMENT) {
      const some = all.slice(from, from + ROWS_PER_STATEMENT);
      await transaction
        .insertInto('process_states')
        .values(some.map(([instance, { state }]) => ({ process, instance, version, state: JSON.stringify(state) })))
        .onConflict((conflict) =>
          conflict
            .columns(['process', 'instance'])
            .doUpdateSet((row) => ({ version: row.ref('excluded.version'), state: row.ref('excluded.state') })),
        )
        .execute();
      await this.#saveWakes(transaction, some);
    }
  }

  async #saveWakes(
    transaction: ViewsTransaction,
    instances: readonly (readonly [string, InstanceState])[],
  ): Promise<void> {
    const process = this.process.name;
    await transaction
      .deleteFrom('process_wakes')
      .where('process', '=', process)
      .where(
        'instance',
        'in',
        instances.map(([instance]) => instance),
      )
      .execute();
    const wakes = instances.flatMap(([instance, { wakeAt: at }]) =>
      at === undefined ? [] : [{ process, instance, at }],
    );
    if (wakes.length > 0) await transaction.insertInto('process_wakes').values(wakes).execute();
  }

  async #lastSeq(): Promise<number> {
    const row = await this.db
      .selectFrom('process_outbox')
      .select(({ fn }) => fn.max<number | string | null>('seq').as('last'))
      .executeTakeFirst();
    return Number(row?.last ?? 0);
  }
}

const entryOf = (row: OutboxRow): OutboxEntry => ({
  commandId: row.command_id,
  instance: row.instance,
  command: JSON.parse(row.command) as ProcessCommand,
  causationId: row.causation_id,
  attempts: row.attempts,
  parked: row.parked === 1,
  lastFailure: row.last_failure,
  notBefore: row.not_before,
});
