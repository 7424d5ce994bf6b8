import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { databaseOn, settings, type Opened } from './database';
import { oneAtATime, type Connection } from './one-at-a-time';

/** How a module is loaded by name: a seam for the test that has no chDB. */
export type LoadModule = (name: string) => Promise<unknown>;

interface ChdbModule {
  readonly createChdbConnection: (options: { readonly path: string }) => Connection;
}

/** The engine in this process, its files in `dir`. A missing chDB is an answer, not an error. */
export const openChdb = async (dir: string, load: LoadModule): Promise<Opened> => {
  const chdb = await chdbOr(load);
  if (!chdb)
    return {
      status: 'unavailable',
      lasting: true,
      reason:
        'Analytics is off: the optional package chdb is not installed (there is none for Windows). ' +
        'Install it, or give the address of a ClickHouse server.',
    };
  const connection = oneAtATime(chdb.createChdbConnection({ path: dir }), new Set(Object.keys(settings)));
  // The client would print queries and rows to the console; what fails is thrown to us anyway.
  const client = createClient({ connection, log: { level: ClickHouseLogLevel.OFF }, clickhouse_settings: settings });
  return { status: 'available', database: databaseOn(client) };
};

const chdbOr = async (load: LoadModule): Promise<ChdbModule | undefined> => {
  try {
    const found = (await load('chdb/connection')) as Partial<ChdbModule> & { readonly default?: ChdbModule };
    return found.createChdbConnection ? (found as ChdbModule) : found.default;
  } catch {
    return undefined;
  }
};
