import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  openEventStoreDb,
  openSqliteStore,
  StoreRefusedError,
  systemClock,
  type MovableStore,
  type StoreMeta,
} from '@aftercare/event-store';
import { eventStoreUser } from './environment';
import { isEventStoreAddress, withUser } from './event-store-address';
import { eventsFile } from './stores';

/** Where a store is: the file of an embedded one, or the address of a server. */
export type StorePlace =
  | { readonly kind: 'file'; readonly file: string; readonly folder: string }
  | { readonly kind: 'server'; readonly address: string };

/** `esdb://…`, a data directory, or its `events.db`. */
export const placeOf = (text: string): StorePlace => {
  if (isEventStoreAddress(text)) return { kind: 'server', address: withUser(text, eventStoreUser()) };
  const path = resolve(text);
  const isFile = text.endsWith('.db') || (existsSync(path) && statSync(path).isFile());
  return isFile ? { kind: 'file', file: path, folder: dirname(path) } : inFolder(path);
};

const inFolder = (folder: string): StorePlace => ({ kind: 'file', file: eventsFile(folder), folder });

/** Opens the store to be copied, alone where that can be had. Throws `StoreRefusedError`. */
export const openSource = async (place: StorePlace): Promise<MovableStore> => {
  if (place.kind === 'server') return openServer(place.address);
  const looking = openSqliteStore({ path: place.file, clock: systemClock(), readOnly: true });
  const { meta } = looking;
  await looking.close();
  // A demonstration can be copied as well as business: both are opened as what they were written.
  return openSqliteStore({ path: place.file, clock: { simulated: meta.simulated }, moving: true });
};

/** Opens the store to be filled, makes it when there is none: another one of the same lineage. */
export const openTarget = async (place: StorePlace, meta: StoreMeta): Promise<MovableStore> => {
  const { lineageId, simulated } = meta;
  const clock = { simulated };
  return place.kind === 'server'
    ? openEventStoreDb({ connectionString: place.address, clock, lineageId, moving: true })
    : openSqliteStore({ path: place.file, clock, lineageId, moving: true });
};

const openServer = async (connectionString: string): Promise<MovableStore> => {
  const open = (simulated: boolean) =>
    openEventStoreDb({ connectionString, clock: { simulated }, moving: true, existing: true });
  return open(false).catch((error: unknown) => {
    if (error instanceof StoreRefusedError && error.code === 'SIMULATED') return open(true);
    throw error;
  });
};

/** What of a data directory does not move with the events. */
export const STAYS = ['keys.db', 'views.db', 'master.key', 'token.key', 'anchor.key'] as const;

/** Those that are there. */
export const staysIn = (folder: string): readonly string[] => STAYS.filter((name) => existsSync(join(folder, name)));
