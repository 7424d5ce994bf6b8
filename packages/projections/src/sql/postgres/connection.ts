import { Pool, types } from 'pg';

/** How the server proves who it is, and we who we are. Certificates as PEM text. */
export interface TlsOptions {
  /** Authority that signed the server's certificate; absent: those that Node trusts. */
  readonly ca?: string;
  /** Our certificate and its key, where the server asks for them. */
  readonly cert?: string;
  readonly key?: string;
  /** Name that the server's certificate is for, when it isn't the host's. */
  readonly serverName?: string;
}

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Never repeated in a message: it holds a password. */
  readonly connectionString: string;
  /** Encrypted, and the certificate is always checked; goes before `sslmode` of the connection string. Absent: as that says. */
  readonly tls?: TlsOptions;
  /** Schema of this deployment, made when there is none; default `aftercare`. */
  readonly schema?: string;
}

/** What was given as the address of a PostgreSQL server is none, or its schema has no plain name. */
export class PostgresAddressError extends Error {
  override readonly name = 'PostgresAddressError';
}

/** One pool's part of the settings. */
export interface PoolSettings {
  /** Shown by the server (`pg_stat_activity`); at most 63 ASCII characters. */
  readonly name: string;
  readonly connections: number;
  /** Server settings for each connection, as `SET` takes them. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

const INT8 = 20;
/** Counts and sums stay far below 2^53 here; as text they would be a trap in every comparison. */
const numbers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === INT8 && format !== 'binary' ? Number : types.getTypeParser(oid, format),
};

export const schemaOf = ({ schema = 'aftercare' }: Pick<PostgresOptions, 'schema'>): string => {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema))
    throw new PostgresAddressError('a schema is named by small letters, digits and _ only');
  return schema;
};

/** Connections to the deployment's schema, opened when they are first needed. */
export const openPool = (options: PostgresOptions, { name, connections, settings = {} }: PoolSettings): Pool => {
  const set = { search_path: schemaOf(options), timezone: 'UTC', ...settings };
  const pool = new Pool({
    connectionString: addressOf(options),
    ...(options.tls ? { ssl: tlsOf(options.tls) } : {}),
    application_name: name,
    options: Object.entries(set)
      .map(([key, value]) => `-c ${key}=${value}`)
      .join(' '),
    max: connections,
    types: numbers,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
  });
  // A connection that breaks while nobody uses it says so here; without a listener that would end the process.
  pool.on('error', () => undefined);
  // And one that breaks between two statements of a transaction says so here; the next statement then fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

const tlsOf = ({ ca, cert, key, serverName }: TlsOptions) => ({
  rejectUnauthorized: true,
  ...(ca === undefined ? {} : { ca }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
  ...(serverName === undefined ? {} : { servername: serverName }),
});

const addressOf = ({ connectionString, tls }: PostgresOptions): string => {
  const address = URL.canParse(connectionString) ? new URL(connectionString) : undefined;
  if (!address || !/^postgres(ql)?:$/.test(address.protocol))
    throw new PostgresAddressError('not an address of the form postgres://user:password@host:port/database');
  // Whatever the address says about TLS would go before what was set.
  if (tls) for (const name of ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey']) address.searchParams.delete(name);
  return address.href;
};

/** SQLSTATE classes: connection, too many of them, shut down or being started. */
const DOWN = /^(08|53|57P|25P03|58)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN']);

/**
 * Whether an error of a query says that the server can't be reached, is being restarted, or ended our connection: what
 * failed may be tried again. For the edge: 503 instead of 500.
 */
export const isDatabaseDown = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errors, message } = error as { code?: unknown; errors?: unknown; message?: unknown };
  // One for each address of a host that has several.
  if (Array.isArray(errors)) return errors.some(isDatabaseDown);
  if (typeof code === 'string') return DOWN.test(code) || NETWORK.has(code);
  return /^Connection terminated|timeout exceeded when trying to connect|not queryable/.test(String(message));
};
