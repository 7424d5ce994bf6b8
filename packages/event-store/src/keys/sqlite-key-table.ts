import { promised } from '../adapter/promised';
import { openDurable } from '../sqlite/open-database';
import { takeWriterLock } from '../sqlite/writer-lock';
import type { WrappedKeyTable, WrappedRow } from './rotate-master-key';

/** keys.db for a rotation. Throws `StoreRefusedError` LOCKED while a process uses it. */
export const openSqliteKeyTable = (path: string): WrappedKeyTable => {
  const lock = takeWriterLock(path);
  try {
    const db = openDurable(path);
    db.pragma('secure_delete = ON');
    const replace = db.prepare('UPDATE subject_keys SET wrapped = ? WHERE subject = ? AND wrapped IS NOT NULL');
    const write = db.transaction((rows: readonly WrappedRow[]) => {
      for (const { subject, wrapped } of rows) replace.run(wrapped, subject);
    });
    return {
      check: () => promised(() => db.prepare('SELECT key_check FROM key_meta').pluck().get() as string | undefined),
      setCheck: (value) => promised(() => void db.prepare('UPDATE key_meta SET key_check = ?').run(value)),
      page: (after, limit) =>
        promised(
          () =>
            db
              .prepare('SELECT subject, wrapped FROM subject_keys WHERE subject > ? ORDER BY subject LIMIT ?')
              .all(after ?? '', limit) as WrappedRow[],
        ),
      replace: (rows) => promised(() => write(rows)),
      count: () => promised(() => db.prepare('SELECT count(*) FROM subject_keys').pluck().get() as number),
      // The old pages still stand in the write-ahead log until it is emptied.
      sweep: () => promised(() => void db.pragma('wal_checkpoint(TRUNCATE)')),
      close: () =>
        promised(() => {
          db.close();
          lock.release();
        }),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};
