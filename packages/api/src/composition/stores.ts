import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMemoryKeys,
  createMemoryStore,
  loadMasterKey,
  openEventStoreDb,
  openSqliteKeys,
  openSqliteStore,
  takeWriterLock,
  type Clock,
  type EventStore,
  type MovableStore,
  type MemoryContents,
  type SqliteEventStore,
  type SqliteSubjectKeys,
  type SubjectKeys,
} from '@aftercare/event-store';
import { openPostgresKeys } from '@aftercare/projections';
import type { Config } from './config';
import { onEventStore, onPostgres } from './server-unavailable';

/** Where events and keys lie. */
export interface Stores {
  readonly store: EventStore;
  readonly keys: SubjectKeys;
  /** Key of tracking links; follows from the master key, so that links outlive a restart. */
  readonly trackingKey: Uint8Array;
  /** Directory of the files; undefined in memory. */
  readonly dataDir?: string;
  /** The events, where they are a file. */
  readonly eventsFile?: string;
  /** Lets another process have the directory; after everything is closed. */
  readonly release?: () => void;
  /** Consistent copies while writing goes on; absent in memory. */
  readonly files?: { readonly store: SqliteEventStore; readonly keys: SqliteSubjectKeys };
}

export const eventsFile = (dataDir: string): string => join(dataDir, 'events.db');
export const keysFile = (dataDir: string): string => join(dataDir, 'keys.db');
export const viewsFile = (dataDir: string): string => join(dataDir, 'views.db');

/**
 * Opens the files of the data directory, makes them when there are none. Throws `StoreRefusedError` (another process has
 * them, a simulated store, an unknown format) or `MasterKeyError`; nothing is changed then.
 */
export const openStores = (config: Pick<Config, 'dataDir' | 'masterKey'>, clock: Clock): Stores => {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const masterKey = loadMasterKey(config.masterKey);
  // Events first: their lock decides which process may go on at all.
  const store = openSqliteStore({ path: eventsFile(config.dataDir), clock });
  try {
    const keys = openSqliteKeys({ path: keysFile(config.dataDir), masterKey, clock });
    return {
      store,
      keys,
      trackingKey: trackingKeyOf(masterKey),
      dataDir: config.dataDir,
      eventsFile: eventsFile(config.dataDir),
      files: { store, keys },
    };
  } catch (error) {
    void store.close();
    throw error;
  }
};

const trackingKeyOf = (masterKey: Uint8Array): Uint8Array =>
  createHmac('sha256', masterKey).update('aftercare tracking links').digest();

/**
 * Opens what the settings name: servers, files, or some of each in one process. Throws `StoreRefusedError`,
 * `MasterKeyError`, and what a server says that does not answer.
 */
export const openConfiguredStores = async (config: Config, clock: Clock): Promise<Stores> => {
  const { eventStoreDb, postgres, dataDir } = config;
  if (eventStoreDb === undefined && postgres === undefined) return openStores(config, clock);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const masterKey = loadMasterKey(config.masterKey);
  const opened: { close(): Promise<void> | void }[] = [];
  try {
    // Files are for one process; where the events are no file, whose lock would say so, another lock does.
    const lock = eventStoreDb === undefined || postgres ? undefined : takeWriterLock(viewsFile(dataDir));
    if (lock) opened.push({ close: () => lock.release() });
    const store =
      eventStoreDb === undefined
        ? openSqliteStore({ path: eventsFile(dataDir), clock })
        : await onEventStore(() => openEventStoreDb({ connectionString: eventStoreDb, clock }));
    opened.push(store);
    const keys = postgres
      ? await onPostgres(() => openPostgresKeys({ ...postgres, masterKey, clock }))
      : openSqliteKeys({ path: keysFile(dataDir), masterKey, clock });
    return {
      store,
      keys,
      trackingKey: trackingKeyOf(masterKey),
      dataDir,
      ...(eventStoreDb === undefined ? { eventsFile: eventsFile(dataDir) } : {}),
      ...(lock ? { release: () => lock.release() } : {}),
    };
  } catch (error) {
    for (const each of opened.reverse()) await Promise.resolve(each.close()).catch(() => undefined);
    throw error;
  }
};

/**
 * The events beside whoever writes them: nothing is locked, nothing is made. Throws `StoreRefusedError` where there are
 * none.
 */
export const openEventsToRead = (
  config: Pick<Config, 'dataDir' | 'eventStoreDb'>,
  clock: Clock,
): Promise<MovableStore> => {
  const { dataDir, eventStoreDb: connectionString } = config;
  return connectionString === undefined
    ? Promise.resolve(openSqliteStore({ path: eventsFile(dataDir), clock, readOnly: true }))
    : onEventStore(() => openEventStoreDb({ connectionString, clock, existing: true }));
};

/** Stores for tests: nothing is left when the process ends. `contents` lets a test restart on the same events. */
export const memoryStores = (
  clock: Clock,
  earlier?: { readonly contents: MemoryContents; readonly keys: SubjectKeys },
): Stores => ({
  store: createMemoryStore({ clock, ...(earlier ? { contents: earlier.contents } : {}) }),
  keys: earlier?.keys ?? createMemoryKeys(),
  trackingKey: randomBytes(32),
});
