import type { SubjectId } from '@aftercare/domain/kernel';
import type Database from 'better-sqlite3';
import { setImmediate } from 'node:timers/promises';
import { promised } from '../adapter/promised';
import type { Clock } from '../port/clock';
import type { SubjectKeys } from '../port/subject-keys';
import { openDurable } from '../sqlite/open-database';
import { takeWriterLock } from '../sqlite/writer-lock';
import { KeyCache } from './key-cache';
import { mustBeUnder } from './rotate-master-key';
import { freshKey, keyCheckValue, unwrapKey, wrapKey } from './wrapped-key';

export interface SqliteKeysOptions {
  readonly path: string;
  readonly masterKey: Uint8Array;
  readonly clock: Pick<Clock, 'now'>;
}

/** Subject keys in a file of their own, so that a copy of the events never carries the keys along. */
export interface SqliteSubjectKeys extends SubjectKeys {
  /** A consistent copy of the file; the keys in it stay wrapped. */
  backup(target: string): Promise<void>;
}

type Key = Uint8Array | 'erased';
type Row = { readonly wrapped: Buffer | null };

/** A tombstone is a row without a key: it is never replaced, so the subject never gets another one. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS key_meta (only INTEGER PRIMARY KEY CHECK (only = 1), key_check TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS subject_keys (subject TEXT PRIMARY KEY, wrapped BLOB) STRICT, WITHOUT ROWID;`;

/** Opens keys.db, makes it when there is none. Throws `MasterKeyError` WRONG_MASTER_KEY, `StoreRefusedError` LOCKED. */
export const openSqliteKeys = (options: SqliteKeysOptions): SqliteSubjectKeys => {
  const lock = takeWriterLock(options.path);
  let db: Database.Database | undefined;
  try {
    db = openDurable(options.path);
    // Overwrites what is deleted: an erased key must not be found in a free page.
    db.pragma('secure_delete = ON');
    db.exec(SCHEMA);
    checkMasterKey(db, options);
    return new SqliteKeys(db, options, () => lock.release());
  } catch (error) {
    db?.close();
    lock.release();
    throw error;
  }
};

const checkMasterKey = (db: Database.Database, { path, masterKey }: SqliteKeysOptions): void => {
  const value = keyCheckValue(masterKey);
  db.prepare('INSERT OR IGNORE INTO key_meta VALUES (1, ?)').run(value);
  mustBeUnder(value, db.prepare('SELECT key_check FROM key_meta').pluck().get() as string, path);
};

class SqliteKeys implements SqliteSubjectKeys {
  readonly #cache: KeyCache;
  readonly #select: Database.Statement;
  readonly #insert: Database.Statement;
  #wanted = new Set<SubjectId>();
  #round: Promise<void> | undefined;

  constructor(
    private readonly db: Database.Database,
    private readonly options: SqliteKeysOptions,
    private readonly release: () => void,
  ) {
    this.#cache = new KeyCache(options.clock);
    this.#select = db.prepare('SELECT wrapped FROM subject_keys WHERE subject = ?');
    this.#insert = db.prepare('INSERT INTO subject_keys (subject, wrapped) VALUES (?, ?)');
  }

  async ensure(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Key>> {
    const found = new Map<SubjectId, Key>();
    const missing = subjects.filter((subject) => {
      const key = this.#look(subject);
      if (key !== undefined) found.set(subject, key);
      return key === undefined;
    });
    if (missing.length === 0) return found;
    missing.forEach((subject) => this.#wanted.add(subject));
    await (this.#round ??= this.#nextRound());
    // Read again: only what is durable counts, and it may have been erased meanwhile.
    for (const subject of missing) found.set(subject, this.#look(subject)!);
    return found;
  }

  find(subject: SubjectId): Promise<Key | undefined> {
    return promised(() => this.#look(subject));
  }

  erase(subject: SubjectId): Promise<void> {
    return promised(() => {
      this.db
        .prepare('INSERT INTO subject_keys VALUES (?, NULL) ON CONFLICT (subject) DO UPDATE SET wrapped = NULL')
        .run(subject);
      this.#cache.set(subject, 'erased');
      // The old page still stands in the write-ahead log until it is emptied.
      this.db.pragma('wal_checkpoint(TRUNCATE)');
    });
  }

  async backup(target: string): Promise<void> {
    await this.db.backup(target);
  }

  close(): Promise<void> {
    return promised(() => {
      if (!this.db.open) return;
      this.#cache.clear();
      this.db.close();
      this.release();
    });
  }

  #look(subject: SubjectId): Key | undefined {
    const cached = this.#cache.get(subject);
    if (cached !== undefined) return cached;
    const row = this.#select.get(subject) as Row | undefined;
    if (!row) return undefined;
    const key = row.wrapped === null ? 'erased' : unwrapKey(row.wrapped, subject, this.options.masterKey);
    this.#cache.set(subject, key);
    return key;
  }

  /** All subjects first seen in one turn of the event loop get their keys in one transaction, one flush to disk. */
  async #nextRound(): Promise<void> {
    await setImmediate();
    const wanted = [...this.#wanted];
    this.#wanted = new Set();
    this.#round = undefined;
    this.#make(wanted);
  }

  #make(subjects: readonly SubjectId[]): void {
    const made = new Map<SubjectId, Uint8Array>();
    this.db.transaction(() => {
      for (const subject of subjects) {
        if (this.#select.get(subject)) continue;
        const key = freshKey();
        this.#insert.run(subject, wrapKey(key, subject, this.options.masterKey));
        made.set(subject, key);
      }
    })();
    made.forEach((key, subject) => this.#cache.set(subject, key));
  }
}
