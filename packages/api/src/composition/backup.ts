import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, SqliteEventStore, SqliteSubjectKeys } from '@aftercare/event-store';

/** What is copied; without `views`, read models are rebuilt after a restore. */
export interface BackupSources {
  readonly views?: { backup(target: string): Promise<void> };
  readonly store: SqliteEventStore;
  readonly keys: SqliteSubjectKeys;
  /** Directory of attachments' contents, encrypted as they lie. */
  readonly attachments?: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** The directory is not one that a backup may be written to. */
export class BackupTargetError extends Error {
  override readonly name = 'BackupTargetError';
}

/**
 * Views, then events, then keys (architecture §10): a read model's position may lag behind the copied events but never
 * lead, and no event is copied without its key or without the contents that it names, which are older than it. The master key is never part of it. The note is written last: a copy
 * without it is not whole.
 */
export const writeBackup = async (
  target: string,
  { views, store, keys, attachments, clock }: BackupSources,
): Promise<void> => {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new BackupTargetError(`${target} is not empty: a backup needs a directory of its own`);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  await views?.backup(join(target, 'views.db'));
  await store.backup(join(target, 'events.db'));
  await keys.backup(join(target, 'keys.db'));
  if (attachments !== undefined && existsSync(attachments))
    await cp(attachments, join(target, 'attachments'), { recursive: true });
  const { storeId, lineageId, formatVersion } = store.meta;
  const note = { takenAt: clock.now(), storeId, lineageId, formatVersion, masterKey: 'not part of this backup' };
  writeFileSync(join(target, 'backup.json'), `${JSON.stringify(note, null, 2)}\n`, { flush: true });
};
