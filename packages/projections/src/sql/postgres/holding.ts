import { CompiledQuery, sql, type DatabaseConnection } from 'kysely';
import type { ViewsDb } from '../schema';
import { LeaseLostError, type Tenure, type Views } from '../views';

/** Name of the one lease there is. */
export const WORK = 'work';

const PROOF = `select 1 from leases where name = '${WORK}' and fence = $1
  and exists (select 1 from lease_witnesses where fence = $1) for key share of leases`;

interface HoldingParts {
  readonly db: ViewsDb;
  readonly views: Views;
  readonly fence: number;
  readonly leaseMs: number;
  /** Ends what is under way on the working connections. */
  interrupt(): void;
}

/**
 * The work in the hands of this process. Renewed three times per lease; lost when the fence in the row is another, when
 * the witness is gone (the server crashed), or when the server could not be asked for the length of a lease: somebody else
 * may have it then.
 */
export class Holding implements Tenure {
  readonly #lost = new AbortController();
  #renewedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: HoldingParts) {
    this.#renewLater();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get views(): Views {
    return this.parts.views;
  }

  /** Throws `LeaseLostError` when the lease is not ours any more; holds it for the transaction it is called in. */
  async prove(connection: DatabaseConnection): Promise<void> {
    const { rows } = await connection.executeQuery(CompiledQuery.raw(PROOF, [this.parts.fence]));
    if (rows.length > 0 && !this.#lost.signal.aborted) return;
    this.#lose();
    throw new LeaseLostError();
  }

  async release(): Promise<void> {
    clearTimeout(this.#timer);
    this.#lost.abort(new LeaseLostError());
    // Also after a loss: behind a crash of the server the row is still ours. If this fails, whoever stands by waits until
    // it runs out.
    await this.#ours()
      .set({ expires_at: sql<Date>`'-infinity'`, holder: '' })
      .execute()
      .catch(() => undefined);
  }

  #renewLater(): void {
    this.#timer = setTimeout(() => void this.#renew(), this.parts.leaseMs / 3);
    // What keeps the process alive is its work, not the lease.
    this.#timer.unref();
  }

  async #renew(): Promise<void> {
    const { leaseMs, fence } = this.parts;
    const asked = performance.now();
    try {
      const { numUpdatedRows } = await this.#ours()
        .set({ expires_at: sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
        .where((where) => where.exists(where.selectFrom('lease_witnesses').select('fence').where('fence', '=', fence)))
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) return this.#lose();
      this.#renewedAt = asked;
    } catch {
      if (performance.now() - this.#renewedAt > leaseMs) return this.#lose();
    }
    if (!this.#lost.signal.aborted) this.#renewLater();
  }

  #ours() {
    return this.parts.db.updateTable('leases').where('name', '=', WORK).where('fence', '=', this.parts.fence);
  }

  #lose(): void {
    clearTimeout(this.#timer);
    if (this.#lost.signal.aborted) return;
    this.#lost.abort(new LeaseLostError());
    this.parts.interrupt();
  }
}
