import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadMasterKey, openSqliteKeys, openSqliteStore, systemClock, verifyStore } from '@aftercare/event-store';
import type { Config } from '../composition/config';
import { configFromEnvironment } from '../composition/environment';
import { subjectsIn } from '../erasure/register';
import { mustBeFiles } from './backup.command';
import { CliError } from './cli-error';

const FILES = ['events.db', 'keys.db'] as const;

/**
 * Puts a backup into an empty data directory, after it was checked in a directory beside it: that it is whole, that the
 * master key opens its keys, and that every hash matches. A wrong key or a damaged copy leaves nothing behind.
 */
export const restoreCommand = async (
  directory: string,
  { erasures }: { readonly erasures?: string },
  say: (line: string) => void,
): Promise<void> => {
  const config = configFromEnvironment();
  mustBeFiles(config);
  const source = resolve(directory);
  mustBeRestorable(source, config, erasures);
  const forgotten = subjectsIn(erasures ?? config.erasureRegister);
  const masterKey = loadMasterKey({ ...config.masterKey, generate: false });
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const beside = mkdtempSync(join(config.dataDir, '.restore-'));
  try {
    for (const name of FILES) copyFileSync(join(source, name), join(beside, name));
    const clock = systemClock();
    const keys = openSqliteKeys({ path: join(beside, 'keys.db'), masterKey, clock });
    for (const subject of forgotten) await keys.erase(subject);
    await keys.close();
    const events = await checkedEvents(beside);
    // Copied views would still find who was forgotten since; without them they are built anew at the first start.
    if (forgotten.size === 0 && existsSync(join(source, 'views.db')))
      copyFileSync(join(source, 'views.db'), join(config.dataDir, 'views.db'));
    if (existsSync(join(source, 'attachments')))
      cpSync(join(source, 'attachments'), config.attachmentDir, { recursive: true });
    for (const name of FILES) renameSync(join(beside, name), join(config.dataDir, name));
    if (erasures !== undefined) copyFileSync(erasures, config.erasureRegister);
    say(`restored ${events} events into ${config.dataDir}; start the server with the same master key`);
    say(
      erasures === undefined && forgotten.size === 0
        ? 'No register of erasures was given: who was forgotten after this backup was made is readable again. Give it with --erasures.'
        : `${forgotten.size} forgotten persons stay forgotten`,
    );
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
};

/** Throws `CliError` saying what is missing or in the way; nothing was touched then. */
const mustBeRestorable = (source: string, { dataDir, masterKey }: Config, erasures: string | undefined): void => {
  if (!existsSync(join(source, 'backup.json')))
    throw new CliError(`${source} is no whole backup: backup.json is missing`);
  if (FILES.some((file) => existsSync(join(dataDir, file))))
    throw new CliError(`${dataDir} holds a store already: set DATA_DIR to an empty directory`);
  if (masterKey.value === undefined && !existsSync(masterKey.file))
    throw new CliError('restore needs the master key: set MASTER_KEY or MASTER_KEY_FILE');
  if (erasures !== undefined && !existsSync(erasures)) throw new CliError(`there is no register at ${erasures}`);
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
