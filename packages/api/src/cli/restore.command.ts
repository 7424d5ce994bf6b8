import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadMasterKey, openSqliteKeys, openSqliteStore, systemClock, verifyStore } from '@aftercare/event-store';
import { configFromEnvironment } from '../composition/environment';
import { CliError } from './cli-error';

const FILES = ['events.db', 'keys.db'] as const;

/**
 * Puts a backup into an empty data directory, after it was checked in a directory beside it: that it is whole, that the
 * master key opens its keys, and that every hash matches. A wrong key or a damaged copy leaves nothing behind.
 */
export const restoreCommand = async (directory: string, say: (line: string) => void): Promise<void> => {
  const config = configFromEnvironment();
  const source = resolve(directory);
  if (!existsSync(join(source, 'backup.json')))
    throw new CliError(`${source} is no whole backup: backup.json is missing`);
  if (FILES.some((file) => existsSync(join(config.dataDir, file))))
    throw new CliError(`${config.dataDir} holds a store already: set DATA_DIR to an empty directory`);
  const { value, file } = config.masterKey;
  if (value === undefined && !existsSync(file))
    throw new CliError('restore needs the master key: set MASTER_KEY or MASTER_KEY_FILE');
  const masterKey = loadMasterKey({ ...config.masterKey, generate: false });
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const beside = mkdtempSync(join(config.dataDir, '.restore-'));
  try {
    for (const name of FILES) copyFileSync(join(source, name), join(beside, name));
    const clock = systemClock();
    const keys = openSqliteKeys({ path: join(beside, 'keys.db'), masterKey, clock });
    await keys.close();
    const events = await checkedEvents(beside);
    if (existsSync(join(source, 'views.db'))) copyFileSync(join(source, 'views.db'), join(config.dataDir, 'views.db'));
    for (const name of FILES) renameSync(join(beside, name), join(config.dataDir, name));
    say(`restored ${events} events into ${config.dataDir}; start the server with the same master key`);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
};

const checkedEvents = async (directory: string): Promise<number> => {
  const store = openSqliteStore({ path: join(directory, 'events.db'), clock: systemClock() });
  try {
    const verdict = await verifyStore(store);
    if (!verdict.ok)
      throw new CliError(`the backup is damaged at ${verdict.firstBad!.stream}: ${verdict.firstBad!.reason}`);
    return verdict.events;
  } finally {
    await store.close();
  }
};
