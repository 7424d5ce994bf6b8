import { openSqliteStore, systemClock, verifyStore } from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import Database from 'better-sqlite3';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { atLeast, interleaved, perCpuSecond, type BenchRow } from '../bench';
import { fillApart } from './bench-events';

const EVENTS = 60_000;

/** The whole chain against reading the same rows and one SHA-256 per event. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'events.db');
  fillApart(path, EVENTS);
  const store = openSqliteStore({ path, clock: systemClock() });
  const db = new Database(path, { readonly: true });
  try {
    const verify = async () => {
      const verdict = await verifyStore(store);
      if (!verdict.ok || verdict.events !== EVENTS) throw new Error('the bench store does not verify');
    };
    const figures = await interleaved(
      () => perCpuSecond(EVENTS, verify),
      () => perCpuSecond(EVENTS, () => readAndHash(db)),
      9,
    );
    return [
      atLeast(0.5, 'verify, whole store, against reading the rows and one SHA-256 each', 'events/cpu-s', figures),
    ];
  } finally {
    db.close();
    await store.close();
    folder.remove();
  }
}

type Row = readonly [number, string, number, string, string, string, string];

const readAndHash = (db: Database.Database): void => {
  const page = db
    .prepare(
      `SELECT global_position, stream, revision, event_id, type, data, metadata FROM events
       WHERE global_position > ? ORDER BY global_position LIMIT 1000`,
    )
    .raw();
  for (let place = 0; ;) {
    const rows = page.all(place) as Row[];
    for (const row of rows) hash('sha256', row[5] + row[6], 'hex');
    if (rows.length < 1_000) return;
    place = rows.at(-1)![0];
  }
};
