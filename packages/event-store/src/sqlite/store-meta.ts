import type { Database } from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import type { StoreMeta } from '../port/event-store';
import { StoreRefusedError } from '../port/store-refused';

export const FORMAT_VERSION = 1;

/**
 * No AUTOINCREMENT: rows are never deleted, so the next row id is always one more than the last, without a second table
 * written in every commit.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS store_meta (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    store_id TEXT NOT NULL, lineage_id TEXT NOT NULL,
    format_version INTEGER NOT NULL, simulated INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    global_position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL, revision INTEGER NOT NULL, event_id TEXT NOT NULL, type TEXT NOT NULL,
    data TEXT NOT NULL, metadata TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;`;

interface MetaRow {
  readonly store_id: string;
  readonly lineage_id: string;
  readonly format_version: number;
  readonly simulated: number;
}

/** What a new store is to be; what an existing one is checked against. */
export interface MetaWish {
  readonly lineageId?: string;
  readonly simulated: boolean;
}

/** Makes the tables of a new store, or reads what an old one says of itself and refuses what does not fit. */
export const prepareMeta = (db: Database, path: string, wish: MetaWish): StoreMeta => {
  const known = readMeta(db);
  if (known) return admitted(known, path, wish);
  db.transaction(() => {
    db.exec(SCHEMA);
    db.prepare('INSERT INTO store_meta VALUES (1, ?, ?, ?, ?)').run(
      randomUUID(),
      wish.lineageId ?? randomUUID(),
      FORMAT_VERSION,
      wish.simulated ? 1 : 0,
    );
  })();
  return admitted(readMeta(db)!, path, wish);
};

/** The store's own description; undefined in a new file. */
export const readMeta = (db: Database): StoreMeta | undefined => {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'store_meta'").get();
  const row = table ? (db.prepare('SELECT * FROM store_meta').get() as MetaRow | undefined) : undefined;
  return row
    ? {
        storeId: row.store_id,
        lineageId: row.lineage_id,
        formatVersion: row.format_version,
        simulated: row.simulated === 1,
      }
    : undefined;
};

/** A format this program doesn't know could be misread without anybody noticing. */
export const checkFormat = (meta: StoreMeta, path: string): StoreMeta => {
  if (meta.formatVersion !== FORMAT_VERSION)
    throw new StoreRefusedError(
      'UNKNOWN_FORMAT',
      `${path} has format ${meta.formatVersion}, this program knows ${FORMAT_VERSION}: use the version that wrote it`,
    );
  return meta;
};

const admitted = (meta: StoreMeta, path: string, wish: MetaWish): StoreMeta => {
  checkFormat(meta, path);
  if (meta.simulated !== wish.simulated)
    throw new StoreRefusedError(
      'SIMULATED',
      meta.simulated
        ? `${path} was written under a simulated clock: it holds a demonstration, not business`
        : `${path} holds real business: a simulated clock must not write to it`,
    );
  if (wish.lineageId !== undefined && wish.lineageId !== meta.lineageId)
    throw new StoreRefusedError('OTHER_LINEAGE', `${path} belongs to another lineage of events`);
  return meta;
};
