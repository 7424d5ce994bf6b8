import { CompiledQuery, sql, type DatabaseConnection } from 'kysely';
import type { ViewsDb } from '../schema';
import { LeaseLostError, type Tenure, type Views } from '../views';

/** Name of the one lease there is. */
export const WORK = 'work';

interface HoldingParts {
  readonly db: ViewsDb;
  readonly views: Views;
  readonly fence: number;
  readonly leaseMs: number;
  /** Ends what is under way on the working connections. */
  interrupt(): void;
}

/**
 * The work in the hands of this process. Renewed three times per lease; lost when the fence in the row is another, or when
 * the server could not be asked for the length of a lease: somebody else may have it then.
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
    const { rows } = await connection.executeQuery(
      CompiledQuery.raw(`select 1 from leases where name = '${WORK}' and fence = $1 for key share`, [this.parts.fence]),
    );
    if (rows.length > 0 && !this.#lost.signal.aborted) return;
    this.#lose();
    throw new LeaseLostError();
  }

  async release(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#lost.signal.aborted) return;
    this.#lost.abort(new LeaseLostError());
    // If this fails, whoever stands by waits until it runs out.
    await this.#update(sql<Date>`'-infinity'`, { holder: '' }).catch(() => undefined);
  }

  #renewLater(): void {
    this.#timer = setTimeout(() => void this.#renew(), this.parts.leaseMs / 3);
    // What keeps the process alive is its work, not the lease.
    this.#timer.unref();
  }

  async #renew(): Promise<void> {
    const { leaseMs } = this.parts;
    const asked = performance.now();
    try {
      const ours = await this.#update(sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`);
      if (!ours) return this.#lose();
      this.#renewedAt = asked;
    } catch {
      if (performance.now() - this.#renewedAt > leaseMs) return this.#lose();
    }
    if (!this.#lost.signal.aborted) this.#renewLater();
  }

  async #update(expiresAt: ReturnType<typeof sql<Date>>, more: { readonly holder?: string } = {}): Promise<boolean> {
    const { numUpdatedRows } = await this.parts.db
      .updateTable('leases')
      .set({ expires_at: expiresAt, ...more })
      .where('name', '=', WORK)
      .where('fence', '=', this.parts.fence)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  #lose(): void {
    clearTimeout(this.#timer);
    if (this.#lost.signal.aborted) return;
    this.#lost.abort(new LeaseLostError());
    this.parts.interrupt();
  }
}
