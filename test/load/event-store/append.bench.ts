import { openSqliteKeys, openSqliteStore, systemClock } from '@aftercare/event-store';
import { SampleWriter, temporaryFolder } from '@aftercare/event-store/testing';
import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { atLeast, interleaved, perSecond, type BenchRow } from '../bench';
import { benchEvent, encodeCreation, plainEncode, plainJson } from './bench-events';

const CONCURRENT = 64;
const MANY = CONCURRENT * 40;
const ALONE = 500;
/** Many short rounds: what else the machine does then hits both sides. */
const ROUNDS = 9;
const NOW = '2026-03-01T09:00:00.000Z';
const SUBJECTS = Array.from({ length: 200 }, (_, n) => `customer-${n}`);
const EVENTS = SUBJECTS.map((subject, n) => benchEvent(n, subject));

const newStream = () => `sample-${randomUUID()}`;

/** Durable appends against one plain row per commit with the same pragmas. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const clock = systemClock();
  const store = openSqliteStore({ path: join(folder.path, 'ours', 'events.db'), clock });
  const plain = openSqliteStore({ path: join(folder.path, 'plain', 'events.db'), clock });
  const keys = openSqliteKeys({ path: join(folder.path, 'ours', 'keys.db'), masterKey: Buffer.alloc(32, 1), clock });
  const rival = openRival(join(folder.path, 'rival.db'));
  const writer = new SampleWriter(store);
  await keys.ensure(SUBJECTS);

  const appendOurs = async (n: number) => {
    const event = EVENTS[n % EVENTS.length]!;
    const stream = newStream();
    const encoded = encodeCreation(writer, stream, event, await keys.ensure([event.personal![0]!.subject]));
    await store.append(stream, encoded, { expected: 'none' });
  };
  const appendPlain = async (n: number) => {
    const stream = newStream();
    await plain.append(stream, [plainEncode(stream, EVENTS[n % EVENTS.length]!, NOW)], { expected: 'none' });
  };
  const rivalRows = (count: number) => () => {
    for (let n = 0; n < count; n += 1) rival.insert(newStream(), plainJson(EVENTS[n % EVENTS.length]!));
  };

  try {
    await together(MANY, appendOurs);
    await together(MANY, appendPlain);
    rivalRows(ALONE)();
    const at64 = await interleaved(
      () => perSecond(MANY, () => together(MANY, appendOurs)),
      () => perSecond(ALONE, rivalRows(ALONE)),
      ROUNDS,
    );
    const alone = await interleaved(
      () => perSecond(ALONE, () => oneByOne(ALONE, appendOurs)),
      () => perSecond(ALONE, rivalRows(ALONE)),
      ROUNDS,
    );
    const codec = await interleaved(
      () => perSecond(MANY, () => together(MANY, appendOurs)),
      () => perSecond(MANY, () => together(MANY, appendPlain)),
      ROUNDS,
    );
    return [
      atLeast(4, `append, ${CONCURRENT} concurrent, against one plain row per commit`, 'events/s', at64),
      atLeast(0.8, 'append, one at a time, against one plain row per commit', 'events/s', alone),
      atLeast(0.6, `append, ${CONCURRENT} concurrent, against our adapter with a plain codec`, 'events/s', codec),
    ];
  } finally {
    await Promise.all([store.close(), plain.close(), keys.close()]);
    rival.close();
    folder.remove();
  }
}

const openRival = (path: string) => {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, stream TEXT NOT NULL, data TEXT NOT NULL)');
  const statement = db.prepare('INSERT INTO rows (stream, data) VALUES (?, ?)');
  return { insert: (stream: string, data: string) => statement.run(stream, data), close: () => db.close() };
};

/** `CONCURRENT` callers, each sending its next append when the one before was answered. */
const together = async (count: number, append: (n: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const caller = async () => {
    while (next < count) await append(next++);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, caller));
};

const oneByOne = async (count: number, append: (n: number) => Promise<void>): Promise<void> => {
  for (let n = 0; n < count; n += 1) await append(n);
};
