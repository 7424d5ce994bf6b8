import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { oneAtATime, type Connection } from './one-at-a-time';

/** A value of a query parameter. Instants go in as milliseconds or text, days as `YYYY-MM-DD`: never as a Date. */
export type Parameter = string | number | readonly string[] | readonly number[];

/** ClickHouse as analytics uses it: the engine in process or a server, same SQL. */
export interface Database {
  query<T>(sql: string, parameters?: Readonly<Record<string, Parameter>>): Promise<readonly T[]>;
  command(sql: string): Promise<void>;
  /** Resolves once the rows are stored; no rows, no request. */
  insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  close(): Promise<void>;
}

/** Where the database is: a folder for the engine in process (chDB), or a server's address. */
export type Place = { readonly dir: string } | { readonly url: string };

/** Analytics can't run here; `reason` is a sentence for people. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly reason: string;
}

export type Opened = { readonly status: 'available'; readonly database: Database } | Unavailable;

/** How a module is loaded by name: a seam for the test that has no chDB. */
export type LoadModule = (name: string) => Promise<unknown>;

interface ChdbModule {
  readonly createChdbConnection: (options: { readonly path: string }) => Connection;
}

/** The client's own settings: 64-bit integers as text everywhere, or those above 2^53 would lose digits unseen. */
const settings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_input_format: 'best_effort',
} as const;

/** The client would print queries and rows to the console; what fails is thrown to us anyway. */
const log = { level: ClickHouseLogLevel.OFF };

/** Opens the database. A missing chDB is an answer, not an error; anything else that fails throws. */
export const openDatabase = async (
  place: Place,
  load: LoadModule = (name) => import(name) as Promise<unknown>,
): Promise<Opened> => {
  if ('url' in place) {
    // Below the server's own keep-alive of 10 s, or a socket that it has just closed would be reused.
    const client = createClient({
      url: place.url,
      log,
      clickhouse_settings: { ...settings, wait_end_of_query: 1 },
      keep_alive: { enabled: true, idle_socket_ttl: 2_500 },
    });
    return { status: 'available', database: databaseOn(client) };
  }
  const chdb = await chdbOr(load);
  if (!chdb)
    return {
      status: 'unavailable',
      reason:
        'Analytics is off: the optional package chdb is not installed (there is none for Windows). ' +
        'Install it, or give the address of a ClickHouse server.',
    };
  const connection = oneAtATime(chdb.createChdbConnection({ path: place.dir }), new Set(Object.keys(settings)));
  return {
    status: 'available',
    database: databaseOn(createClient({ connection, log, clickhouse_settings: settings })),
  };
};

const chdbOr = async (load: LoadModule): Promise<ChdbModule | undefined> => {
  try {
    const found = (await load('chdb/connection')) as Partial<ChdbModule> & { readonly default?: ChdbModule };
    return found.createChdbConnection ? (found as ChdbModule) : found.default;
  } catch {
    return undefined;
  }
};

const databaseOn = (client: ClickHouseClient): Database => ({
  query: async <T>(sql: string, parameters: Readonly<Record<string, Parameter>> = {}) => {
    const result = await client.query({ query: sql, format: 'JSONEachRow', query_params: parameters });
    return result.json<T>();
  },
  command: async (sql) => {
    await client.command({ query: sql });
  },
  insert: async (table, rows) => {
    if (rows.length > 0) await client.insert({ table, values: rows, format: 'JSONEachRow' });
  },
  close: () => client.close(),
});
