import { existsSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadMasterKey, openSqliteKeyTable, rotateMasterKey, type WrappedKeyTable } from '@aftercare/event-store';
import { openPostgresKeyTable, openPostgresViews, openSqliteViews, outdateReadModel } from '@aftercare/projections';
import type { Config } from '../composition/config';
import { configFromEnvironment } from '../composition/environment';
import { keysFile, viewsFile } from '../composition/stores';
import { runningServer } from './admin-client';
import { CliError } from './cli-error';
import { progressBar } from './progress';

/**
 * Changes the master key while nothing runs. What follows from it changes with it: tracking links become invalid (a stolen
 * key must not go on signing them), and the look-up of customers is built anew at the next start.
 */
export const rotateMasterKeyCommand = async (
  { toFile }: { readonly toFile?: string },
  say: (line: string) => void,
): Promise<void> => {
  const config = configFromEnvironment();
  const { value, file } = config.masterKey;
  if (value !== undefined && toFile === undefined)
    throw new CliError('MASTER_KEY holds the key itself: name a file for the new one with --to-file');
  if (await runningServer(config)) throw new CliError('a server is running on this data directory: stop it first');
  const inPlace = toFile === undefined;
  const next = inPlace ? `${file}.next` : resolve(toFile);
  // Interrupted between the two renames at the end: the keys are under the new one, which lies beside still.
  if (inPlace && !existsSync(file) && existsSync(next)) renameSync(next, file);
  const from = loadMasterKey({ ...config.masterKey, generate: false });
  const to = loadMasterKey({ file: next, generate: true });
  const table = keyTableOf(config);
  try {
    const bar = progressBar('keys', await table.count());
    const rewrapped = await rotateMasterKey(table, { from, to, onProgress: ({ done }) => bar.at(done) }).finally(() =>
      bar.stop(),
    );
    await outdateLookUp(config);
    say(`${rewrapped} keys are wrapped with the new master key`);
  } finally {
    await table.close();
  }
  if (!inPlace) return say(`start with MASTER_KEY_FILE=${next}; ${BACKUPS}`);
  renameSync(file, `${file}.previous`);
  renameSync(next, file);
  say(`${file} is the new master key, ${file}.previous the old one; ${BACKUPS}`);
};

/** Its hashes were made with a key that follows from the master key: under the new one nobody would be found. */
const outdateLookUp = async ({ postgres, dataDir }: Config): Promise<void> => {
  if (!postgres && !existsSync(viewsFile(dataDir))) return;
  const views = postgres ? await openPostgresViews(postgres) : openSqliteViews(viewsFile(dataDir));
  try {
    await outdateReadModel(views.write, 'customer_lookup');
  } finally {
    await views.close();
  }
};

const BACKUPS = 'backups made before need the old one; tracking links given out before are invalid now';

const keyTableOf = ({ postgres, dataDir }: Config): WrappedKeyTable => {
  if (postgres) return openPostgresKeyTable(postgres);
  if (!existsSync(keysFile(dataDir))) throw new CliError(`there are no keys in ${dataDir}`);
  return openSqliteKeyTable(keysFile(dataDir));
};
