import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { StoreRefusedError } from '../port/store-refused';

/**
 * Opens a file that acknowledged writes must survive in: WAL, and `synchronous=FULL`, which better-sqlite3 is not
 * compiled with. Both are read back, because SQLite ignores what it can't do.
 */
export const openDurable = (path: string): Database.Database => {
  const db = new Database(path, { timeout: 0 });
  try {
    // Of a new file only. Twice SQLite's default: pages are read a quarter faster and written no slower.
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // 16 MB of log between checkpoints, four times the default: a page that changed often is copied back once.
    db.pragma('wal_autocheckpoint = 2000');
    assertDurable(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Throws unless a commit on this connection is on disk before it returns. */
export const assertDurable = (db: Database.Database, path: string): void => {
  const journal = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || synchronous !== 2)
    throw new StoreRefusedError(
      'NOT_DURABLE',
      `${path}: journal_mode=${String(journal)} synchronous=${String(synchronous)}`,
    );
};

/** A connection that can't write: reads go on beside a commit and when the disk is full. */
export const openReading = (path: string): Database.Database => {
  if (!existsSync(path)) throw new StoreRefusedError('NOT_FOUND', `there is no store at ${path}`);
  return new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
};
