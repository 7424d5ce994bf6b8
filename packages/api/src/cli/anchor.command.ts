import {
  AnchorRefusedError,
  isReplacement,
  LedgerConflictError,
  openEventStoreDb,
  openSqliteStore,
  SigningKeyError,
  systemClock,
  type AnchorEntry,
  type EventStore,
  type KeyEntry,
} from '@aftercare/event-store';
import pino from 'pino';
import type { Config } from '../composition/config';
import { configFromEnvironment } from '../composition/environment';
import { eventsFile, openEventsToRead } from '../composition/stores';
import { Anchoring } from '../evidence/anchoring';
import { servingHere } from './admin-client';
import { CliError } from './cli-error';

type Say = (line: string) => void;

/** Anchors everything that is stored now, through the running server or straight in the store. */
export const anchorNowCommand = async (say: Say): Promise<void> => {
  const config = configFromEnvironment();
  const server = await servingHere(config);
  const anchor = server
    ? ((await server.ask('POST', '/admin/anchors', {})) as AnchorEntry)
    : await withAnchors(config, (anchoring) => anchoring.take());
  say(
    `anchor ${anchor.number} of ${anchor.time}: ${anchor.events} events in ${anchor.streams} streams, ${anchor.moved} moved\n` +
      `root ${anchor.root}\ncopied to ${config.anchors.folder}; keep a copy where nobody who holds the database can change it`,
  );
};

/** A new signing key; the old one signs it in and is gone afterwards. */
export const anchorRotateCommand = async (say: Say): Promise<void> => {
  const config = configFromEnvironment();
  const server = await servingHere(config);
  const key = server
    ? ((await server.ask('POST', '/admin/anchor-keys', {})) as KeyEntry)
    : await withAnchors(config, (anchoring) => anchoring.rotate());
  say(`key ${key.keyId} signs from now on, introduced by ${key.signedBy}; publish it, and keep a copy of the new file`);
};

/** A new signing key in place of one that is lost; nothing but itself signs it in. */
export const anchorReplaceKeyCommand = async (lost: string, say: Say): Promise<void> => {
  const config = configFromEnvironment();
  const server = await servingHere(config);
  const key = server
    ? ((await server.ask('POST', '/admin/anchor-key-replacements', { lost })) as KeyEntry)
    : await withAnchors(config, (anchoring) => anchoring.replaceKey(lost));
  say(
    `key ${key.keyId} signs from now on, in place of ${lost}, which did not sign it in: \`verify\` and every export say so.\n` +
      'Publish it, tell where and when the old one was lost, and keep a copy of the new file',
  );
};

/** Public keys with their fingerprints, and how new the last anchor is. */
export const anchorKeysCommand = async (say: Say): Promise<void> => {
  const config = configFromEnvironment();
  const store = await openEventsToRead(config, systemClock());
  try {
    const { anchors } = anchoringOn(store, config);
    const entries = await anchors.entriesFrom(0);
    const keys = entries.filter((entry): entry is KeyEntry => entry.kind === 'key');
    const newest = entries.filter(({ kind }) => kind === 'anchor').at(-1);
    if (keys.length === 0) throw new CliError('no key was made yet: the first anchor makes it (`anchor now`)');
    keys.forEach((key, index) => {
      const { keyId, time, publicKey } = key;
      const how = isReplacement(key) ? '  (not signed in by the key before it, which was lost)' : '';
      say(
        `${index === keys.length - 1 ? 'in force' : 'retired '}  since ${time}  ${keyId}${how}\n          ${publicKey}`,
      );
    });
    say(newest ? `newest anchor: ${newest.number} of ${newest.time}` : 'no anchor was taken yet');
  } finally {
    await store.close();
  }
};

const withAnchors = async <T>(config: Config, work: (anchoring: Anchoring) => Promise<T>): Promise<T> => {
  const clock = systemClock();
  const store =
    config.eventStoreDb === undefined
      ? openSqliteStore({ path: eventsFile(config.dataDir), clock })
      : await openEventStoreDb({ connectionString: config.eventStoreDb, clock });
  try {
    return await work(anchoringOn(store, config));
  } catch (error) {
    if ([AnchorRefusedError, SigningKeyError, LedgerConflictError].some((kind) => error instanceof kind))
      throw new CliError((error as Error).message);
    throw error;
  } finally {
    await store.close();
  }
};

/** Faults of copies are told on standard error. */
const anchoringOn = (store: EventStore, config: Config): Anchoring =>
  new Anchoring({
    config,
    clock: systemClock(),
    stores: { store, dataDir: config.dataDir },
    logger: pino({ level: 'warn' }, pino.destination(2)),
  });
