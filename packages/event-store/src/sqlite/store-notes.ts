import type { Database } from 'better-sqlite3';
import type { StoreNote } from '../port/movable-store';

/** Made with the first note: most stores are never moved. */
const SCHEMA = 'CREATE TABLE IF NOT EXISTS store_notes (number INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT';

/** What happened to the store as a whole, in order. */
export const readNotes = (db: Database): readonly StoreNote[] => {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'store_notes'").get();
  if (!table) return [];
  const rows = db.prepare('SELECT note FROM store_notes ORDER BY number').pluck().all() as string[];
  return rows.map((row) => JSON.parse(row) as StoreNote);
};

export const addNote = (db: Database, note: StoreNote): void => {
  db.transaction(() => {
    db.exec(SCHEMA);
    db.prepare('INSERT INTO store_notes (note) VALUES (?)').run(JSON.stringify(note));
  })();
};
