import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadMasterKey, openSqliteKeys, openSqliteStore, systemClock } from '@aftercare/event-store';
import { openSqliteViews } from '@aftercare/projections';
import { BackupTargetError, writeBackup } from '../composition/backup';
import type { Config } from '../composition/config';
import { configFromEnvironment } from '../composition/environment';
import { eventsFile, keysFile, viewsFile } from '../composition/stores';
import { runningServer } from './admin-client';
import { CliError } from './cli-error';

/** Through the running server, which goes on serving; without one, straight from the files. */
export const backupCommand = async (directory: string, say: (line: string) => void): Promise<void> => {
  const config = configFromEnvironment();
  mustBeFiles(config);
  const target = resolve(directory);
  const server = await runningServer(config);
  if (server) await server.ask('POST', '/admin/backup', { directory: target });
  else await fromFiles(config, target);
  say(`backed up to ${target}; keep the master key somewhere else, a restore asks for it`);
};

/** A copy of one part without the others would be none; servers have tools of their own, and an order to use them in. */
export const mustBeFiles = ({ eventStoreDb, postgres }: Pick<Config, 'eventStoreDb' | 'postgres'>): void => {
  if (eventStoreDb === undefined && postgres === undefined) return;
  throw new CliError(
    'events or keys are on servers (EVENTSTORE_URL, POSTGRES_URL): back them up with the tools of the servers, see docs/runbook.md',
  );
};

const fromFiles = async (config: ReturnType<typeof configFromEnvironment>, target: string): Promise<void> => {
  const clock = systemClock();
  const store = openSqliteStore({ path: eventsFile(config.dataDir), clock });
  try {
    const masterKey = loadMasterKey({ ...config.masterKey, generate: false });
    const keys = openSqliteKeys({ path: keysFile(config.dataDir), masterKey, clock });
    // They hold what process managers wait for, so they are part of a backup also while nothing runs.
    const file = viewsFile(config.dataDir);
    const views = existsSync(file) ? openSqliteViews(file) : undefined;
    try {
      await writeBackup(target, { store, keys, clock, attachments: config.attachmentDir, ...(views ? { views } : {}) });
    } finally {
      await views?.close();
      await keys.close();
    }
  } catch (error) {
    if (error instanceof BackupTargetError) throw new CliError(error.message);
    throw error;
  } finally {
    await store.close();
  }
};
