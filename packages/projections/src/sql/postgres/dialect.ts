import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';

/** Run at the beginning of every transaction; a throw undoes it. */
export type Fence = (connection: DatabaseConnection) => Promise<void>;

/**
 * Kysely's PostgreSQL with a driver of our own, for three things that its own doesn't do: a fence at the beginning of each
 * transaction, so that nobody can forget it; a connection that failed is thrown away instead of going back to the pool in
 * the middle of a transaction; and text with a NUL character, which PostgreSQL can't hold, is read and written without it.
 *
 * `keepsPool`: the pool belongs to somebody else and stays open when this Kysely is destroyed.
 */
export const postgresDialect = (
  pool: Pool,
  options: { readonly fence?: Fence; readonly keepsPool?: boolean } = {},
): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new PooledDriver(pool, options),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

class PooledDriver implements Driver {
  constructor(
    private readonly pool: Pool,
    private readonly options: { readonly fence?: Fence; readonly keepsPool?: boolean },
  ) {}

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new PooledConnection(await this.pool.connect());
  }

  async beginTransaction(connection: DatabaseConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    await run(connection, isolationLevel ? `begin isolation level ${isolationLevel}` : 'begin');
    try {
      await this.options.fence?.(connection);
    } catch (error) {
      await this.rollbackTransaction(connection);
      throw error;
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await run(connection, 'commit');
  }

  /** Never throws: what led here is what the caller has to hear. The connection is not used again then. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await run(connection, 'rollback').catch(() => undefined);
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as PooledConnection).release();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    if (!this.options.keepsPool) await this.pool.end();
  }
}

const run = (connection: DatabaseConnection, text: string): Promise<unknown> =>
  connection.executeQuery(CompiledQuery.raw(text));

class PooledConnection implements DatabaseConnection {
  #broken: Error | undefined;

  constructor(private readonly client: PoolClient) {}

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const { command, rowCount, rows } = await this.client.query(sql, parameters.map(withoutNul));
      const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
      return { rows: rows as R[], ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
    } catch (error) {
      // Without a code it is no answer of the server; after a failed commit or rollback nobody knows where it stands.
      const answered = typeof (error as { code?: unknown }).code === 'string';
      if (!answered || /^(commit|rollback)$/.test(sql)) this.#broken = error as Error;
      throw error;
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nobody streams here');
  }

  release(): void {
    this.client.release(this.#broken);
  }
}

/** U+FFFD instead: both what is stored and what is asked for pass here, so they still meet. */
const withoutNul = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  if (Array.isArray(value)) return value.map(withoutNul);
  return value;
};
