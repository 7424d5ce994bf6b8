import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { saidByClickHouse } from './clickhouse-error';
import { databaseOn, settings, type Database } from './database';

/** A ClickHouse server over HTTP or HTTPS. */
export interface ServerPlace {
  /** `http(s)://host:port`, without user and password. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** PEM of the authority that signed the server's certificate; absent: those that Node trusts. */
  readonly ca?: Uint8Array;
  /** True: the server collects inserts of many senders before it writes. It still answers only when they are stored. */
  readonly asyncInserts?: boolean;
  /** How long a request may take, in milliseconds; 30 s. */
  readonly timeoutMs?: number;
}

/**
 * Below the server's own keep-alive (10 s; 3 s in older versions), or a socket that it has just closed would be used
 * again and the request be lost.
 */
const IDLE_SOCKET_MS = 2_500;

/** Waits before an insert whose outcome is unknown is sent again; after the last one its caller waits and repeats. */
const INSERT_AGAIN_MS: readonly number[] = [250, 1_000];

/** Makes the client; nothing is asked before the first call. */
export const openServer = (place: ServerPlace): Database => {
  const client = createClient({
    url: place.url,
    ...(place.user === undefined ? {} : { username: place.user }),
    ...(place.password === undefined ? {} : { password: place.password }),
    ...(place.database === undefined ? {} : { database: place.database }),
    ...(place.ca === undefined ? {} : { tls: { ca_cert: Buffer.from(place.ca) } }),
    application: 'aftercare',
    // The client would print queries and rows to the console; what fails is thrown to us anyway.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: place.timeoutMs ?? 30_000,
    clickhouse_settings: {
      ...settings,
      // The status tells whether a query succeeded only when the server knows before it begins to answer.
      wait_end_of_query: 1,
      // Said either way: the server's profile may have another default.
      async_insert: place.asyncInserts ? 1 : 0,
      wait_for_async_insert: 1,
    },
    keep_alive: { enabled: true, idle_socket_ttl: IDLE_SOCKET_MS, eagerly_destroy_stale_sockets: true },
  });
  let closed = false;
  return {
    ...databaseOn(client),
    remembersInserts: true,
    insert: async (table, rows, feed = '') => {
      if (rows.length === 0) return;
      const token = tokenOf(table, feed, rows);
      const clickhouse_settings = { insert_deduplication_token: token };
      await againWhileUnknown(
        () => client.insert({ table, values: rows, format: 'JSONEachRow', clickhouse_settings }),
        () => closed,
      );
    },
    close: async () => {
      closed = true;
      await client.close();
    },
  };
};

/**
 * From the rows themselves, so that the same rows have the same token whoever sends them again, also after a restart; and
 * from the feed, so that a feed from the beginning is stored although the server has seen these rows before.
 */
const tokenOf = (table: string, feed: string, rows: readonly object[]): string => {
  const hash = createHash('sha256').update(`${table}\n${feed}\n`);
  for (const row of rows) hash.update(JSON.stringify(row));
  return hash.digest('hex');
};

/** What ClickHouse itself refuses is not sent again here: it would refuse again. */
const againWhileUnknown = async (send: () => Promise<unknown>, closed: () => boolean): Promise<void> => {
  for (const wait of INSERT_AGAIN_MS) {
    try {
      return void (await send());
    } catch (error) {
      if (saidByClickHouse(error) || closed()) throw error;
      await pause(wait);
    }
  }
  await send();
};
