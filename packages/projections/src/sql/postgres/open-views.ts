import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { ViewsSchema } from '../schema';
import type { Views, WorkLease } from '../views';
import { openPool, schemaOf, type PostgresOptions } from './connection';
import { postgresDialect } from './dialect';
import { makeSchema } from './make-schema';
import { PostgresWorkLease } from './work-lease';
import { WorkingPool } from './working-pool';

export interface PostgresViewsOptions extends PostgresOptions {
  /** How long a worker that says nothing keeps the work; default 6,000 ms. By the server's clock. */
  readonly leaseMs?: number;
  /** Connections at most; default 6 to work, 10 to read. */
  readonly connections?: { readonly work?: number; readonly read?: number };
}

/** Views that several processes share; who of them works is decided by the lease. */
export interface PostgresViews extends Views {
  readonly lease: WorkLease;
  readonly schema: string;
}

/**
 * Opens the views on a PostgreSQL server (14 or later): read models, checkpoints, process state and the lease, in a schema
 * of their own. Used exactly like `openSqliteViews`:
 *
 *   const views = await openPostgresViews({ connectionString, tls: { ca }, schema: 'aftercare' });
 *   const projections = await openProjections({ views, store, … });   // migrates; any number of processes at once
 *   projections.run(signal);                                           // `work`: stands by until it has the lease
 *
 * A process that only serves calls `openProjections` as well, but never `run`: queries read `views.read`; status, waiting
 * for a position and `retry` go by what the worker commits. Subject keys: `openPostgresKeys`. Close the views last.
 *
 * Connections that break are made anew; a query that fails meanwhile throws an error that `isDatabaseDown` tells (503).
 * The user must own the schema, or may create it. No pooler between that hands one connection to several transactions:
 * the settings below belong to the connection. Throws `PostgresAddressError`, and what the server says.
 */
export const openPostgresViews = async (options: PostgresViewsOptions): Promise<PostgresViews> => {
  const { leaseMs = 6_000, connections: { work = 6, read = 10 } = {} } = options;
  const schema = schemaOf(options);
  const holder = `aftercare-worker-${randomUUID()}`;
  const pool = (name: string, most: number, settings: Readonly<Record<string, string | number>> = {}) =>
    openPool(options, { name, connections: most, settings });
  // Derived data: a crash of the server may take the last commits, but rows and positions go together and the lease is lost
  // with them, so they are simply derived again. A transaction whose process sleeps is undone before its lease runs out.
  const derived = { synchronous_commit: 'off', idle_in_transaction_session_timeout: Math.ceil(leaseMs / 2) };
  const working = new WorkingPool(pool(holder, work, derived));
  const writing = pool('aftercare-views', 3, { idle_in_transaction_session_timeout: leaseMs });
  const reading = pool('aftercare-queries', read, { default_transaction_read_only: 'on', statement_timeout: 30_000 });
  const leasing = pool('aftercare-lease', 2, { statement_timeout: leaseMs, lock_timeout: leaseMs });
  const pools = [working.pool, writing, reading, leasing];
  const kysely = (on: typeof writing) => new Kysely<ViewsSchema>({ dialect: postgresDialect(on, { keepsPool: true }) });
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-build-'));
  const shared = { read: kysely(reading), buildPrefix: join(folder, 'views') };
  let closing: Promise<void> | undefined;
  // As with files, whoever closes a second time waits for the first.
  const close = () => (closing ??= endAll());
  const endAll = async () => {
    await Promise.all(pools.map((one) => one.end()));
    rmSync(folder, { recursive: true, force: true });
  };
  const write = kysely(writing);
  try {
    await makeSchema(write, schema);
  } catch (error) {
    await close();
    throw error;
  }
  const leaseOptions = { holder, leaseMs, lookEveryMs: Math.min(1_000, leaseMs / 4), db: kysely(leasing) };
  return { ...shared, write, schema, lease: new PostgresWorkLease(working, shared, leaseOptions), close };
};
