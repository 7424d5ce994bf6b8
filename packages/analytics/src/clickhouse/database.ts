import { type ClickHouseClient } from '@clickhouse/client';

/** A value of a query parameter. Instants go in as milliseconds or text, days as `YYYY-MM-DD`: never as a Date. */
export type Parameter = string | number | readonly string[] | readonly number[];

/** ClickHouse as analytics uses it: the engine in process or a server, same SQL. */
export interface Database {
  /** True: inserts go over a network, may be stored although they failed, and are sent again under the same token. */
  readonly remembersInserts: boolean;
  query<T>(sql: string, parameters?: Readonly<Record<string, Parameter>>): Promise<readonly T[]>;
  command(sql: string): Promise<void>;
  /**
   * Resolves once the rows are stored; no rows, no request. `feed` names the run of the log that the rows belong to: a
   * server takes the same rows of one feed once, and those of another again.
   */
  insert(table: string, rows: readonly Readonly<Record<string, unknown>>[], feed?: string): Promise<void>;
  close(): Promise<void>;
}

/** Analytics can't answer; `reason` is a sentence for people and holds no values of rows. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly reason: string;
  /** True: it stays so until somebody installs or changes something. */
  readonly lasting?: boolean;
}

export type Opened = { readonly status: 'available'; readonly database: Database } | Unavailable;

/** The client's own settings: 64-bit integers as text everywhere, or those above 2^53 would lose digits unseen. */
export const settings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_input_format: 'best_effort',
} as const;

/** The calls of a client; every result is read to its end, or its connection would never be free again. */
export const databaseOn = (client: ClickHouseClient): Database => ({
  remembersInserts: false,
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
