import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMemoryKeys,
  createMemoryStore,
  loadMasterKey,
  openSqliteKeys,
  openSqliteStore,
  type Clock,
  type EventStore,
  type MemoryContents,
  type SqliteEventStore,
  type SqliteSubjectKeys,
  type SubjectKeys,
} from '@aftercare/event-store';
import type { Config } from './config';

/** Where events and keys lie. */
export interface Stores {
  readonly store: EventStore;
  readonly keys: SubjectKeys;
  /** Key of tracking links; follows from the master key, so that links outlive a restart. */
  readonly trackingKey: Uint8Array;
  /** Directory of the files; undefined in memory. */
  readonly dataDir?: string;
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
    const trackingKey = createHmac('sha256', masterKey).update('aftercare tracking links').digest();
    return { store, keys, trackingKey, dataDir: config.dataDir, files: { store, keys } };
  } catch (error) {
    void store.close();
    throw error;
  }
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
