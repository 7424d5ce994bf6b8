import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Place } from '../clickhouse/open-database';
import { openServer, type ServerPlace } from '../clickhouse/server';
import { ClickHouseFront } from './clickhouse-front/front';

/** A ClickHouse with nothing in it. */
export interface EmptyClickHouse {
  readonly place: Place;
  /** Throws away all that is in it, behind everybody's back. Nobody may have it open. */
  wipe(): Promise<void>;
  stop(): Promise<void>;
}

/** A kind of ClickHouse that the suite runs on. */
export interface ClickHouseKind {
  readonly name: string;
  start(): Promise<EmptyClickHouse>;
}

const inProcess: ClickHouseKind = {
  name: 'chDB in this process',
  start: () => {
    const dir = mkdtempSync(join(tmpdir(), 'aftercare-chdb-'));
    const remove = (): Promise<void> => Promise.resolve(rmSync(dir, { recursive: true, force: true }));
    return Promise.resolve({ place: { dir }, wipe: remove, stop: remove });
  },
};

/** A database of its own on a server; what else is there is not touched. */
const onServer = async (server: ServerPlace, stopServer: () => Promise<void>): Promise<EmptyClickHouse> => {
  const database = `aftercare_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const { database: _none, ...elsewhere } = server;
  const tell = async (...commands: readonly string[]): Promise<void> => {
    const admin = openServer(elsewhere);
    for (const command of commands) await admin.command(command);
    await admin.close();
  };
  const drop = `DROP DATABASE IF EXISTS ${database} SYNC`;
  const create = `CREATE DATABASE ${database}`;
  await tell(create);
  return {
    place: { ...server, database },
    wipe: () => tell(drop, create),
    stop: async () => {
      await tell(drop);
      await stopServer();
    },
  };
};

/** The server that `CLICKHOUSE_URL` names, with `CLICKHOUSE_USER` and `CLICKHOUSE_PASSWORD`; undefined: none. */
export const givenServer = (): ServerPlace | undefined => {
  const { CLICKHOUSE_URL: url, CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = process.env;
  if (url === undefined || url === '') return undefined;
  return { url, ...(user ? { user } : {}), ...(password ? { password } : {}) };
};

const byUrl = (): ClickHouseKind => {
  const server = givenServer();
  if (server) return { name: 'the server of CLICKHOUSE_URL', start: () => onServer(server, () => Promise.resolve()) };
  return {
    name: 'chDB behind HTTP',
    start: async () => {
      process.stderr.write(
        'ClickHouse by URL: no CLICKHOUSE_URL, so chDB behind an HTTP front of our own: the same engine, not the same server\n',
      );
      const dir = mkdtempSync(join(tmpdir(), 'aftercare-front-'));
      const front = await ClickHouseFront.start({ dir, user: 'aftercare', password: 'invented' });
      return onServer({ url: front.url, user: 'aftercare', password: 'invented' }, async () => {
        await front.stop();
        rmSync(dir, { recursive: true, force: true });
      });
    },
  };
};

/** The engine in process, and a server by URL: what analytics promises holds on both. */
export const clickHouses: readonly ClickHouseKind[] = [inProcess, byUrl()];
