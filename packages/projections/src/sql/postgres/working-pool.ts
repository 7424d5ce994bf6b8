import type { Pool, PoolClient } from 'pg';

/** The connections that a worker writes through. */
export class WorkingPool {
  readonly #busy = new Set<PoolClient>();

  constructor(readonly pool: Pool) {
    pool.on('acquire', (client) => this.#busy.add(client));
    pool.on('release', (_error, client) => this.#busy.delete(client));
  }

  /** Breaks the connections in use: what waits on them fails now, also when the server is out of reach. */
  interrupt(): void {
    for (const client of this.#busy)
      void (client as PoolClient & { end(): Promise<void> }).end().catch(() => undefined);
  }
}
