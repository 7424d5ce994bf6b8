import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import type { ViewsDb, ViewsSchema } from '../schema';
import type { Tenure, Views, WorkLease } from '../views';
import { postgresDialect } from './dialect';
import { Holding, WORK } from './holding';
import type { WorkingPool } from './working-pool';

export interface LeaseOptions {
  /** Name of this process; also that of its working connections. */
  readonly holder: string;
  /** How long it holds without being renewed, by the server's clock. */
  readonly leaseMs: number;
  /** How often one who stands by looks. */
  readonly lookEveryMs: number;
}

/**
 * The lease on PostgreSQL, for a worker's whole work. One row says who has the work, under which fence (+1 for every taking
 * over) and until when by the server's clock: the clocks of the workers don't matter. Each transaction of the holder locks
 * that row's key for sharing and looks whether the fence is still its own; taking over locks the row for update. So a
 * taking over waits for what is being committed, and whatever the earlier holder begins after it is refused.
 *
 * With each taking over goes a witness, a row that a crash of the server removes: the derived commits are not waited for,
 * so the last of them may be gone then, and a consumer that has nothing more to read would never notice that its position
 * went back. Without its witness a lease is lost, and whoever takes it next reads anew where everything stands.
 *
 * A holder that was stopped in the middle of a transaction would keep its locks: who takes over first ends the connections
 * of the one before, which bear its name.
 */
export class PostgresWorkLease implements WorkLease {
  readonly #db: ViewsDb;

  constructor(
    private readonly work: WorkingPool,
    private readonly views: Pick<Views, 'read' | 'buildPrefix'>,
    private readonly options: LeaseOptions & { readonly db: ViewsDb },
  ) {
    this.#db = options.db;
  }

  get holder(): string {
    return this.options.holder;
  }

  async acquire(signal: AbortSignal): Promise<Tenure> {
    for (;;) {
      signal.throwIfAborted();
      // The server may be away: whoever stands by goes on looking.
      const fence = await this.#take().catch(() => undefined);
      if (fence !== undefined) {
        const write = new Kysely<ViewsSchema>({
          dialect: postgresDialect(this.work.pool, {
            keepsPool: true,
            fence: (connection) => holding.prove(connection),
          }),
        });
        const views = { ...this.views, write, close: () => Promise.resolve() };
        const holding: Holding = new Holding({ ...this.options, fence, views, interrupt: () => this.work.interrupt() });
        return holding;
      }
      await sleep(this.options.lookEveryMs, undefined, { signal });
    }
  }

  /** The new fence; undefined while somebody else has the work. */
  async #take(): Promise<number | undefined> {
    const { holder, leaseMs } = this.options;
    // Without a lock: looking must not hold up who works.
    const before = await this.#row().executeTakeFirst();
    if (!before?.free) return undefined;
    if (before.holder !== '') await this.#endConnectionsOf(before.holder);
    return this.#db.transaction().execute(async (transaction) => {
      const row = await this.#row(transaction).forUpdate().executeTakeFirst();
      if (!row?.free) return undefined;
      const fence = row.fence + 1;
      await transaction
        .updateTable('leases')
        .set({ fence, holder, expires_at: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
        .where('name', '=', WORK)
        .execute();
      await transaction.deleteFrom('lease_witnesses').execute();
      await transaction.insertInto('lease_witnesses').values({ fence }).execute();
      return fence;
    });
  }

  #row(db: ViewsDb = this.#db) {
    return db
      .selectFrom('leases')
      .select(['fence', 'holder', sql<boolean>`expires_at <= clock_timestamp()`.as('free')])
      .where('name', '=', WORK);
  }

  async #endConnectionsOf(holder: string): Promise<void> {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${holder} and datname = current_database() and usename = current_user`.execute(this.#db);
  }
}
