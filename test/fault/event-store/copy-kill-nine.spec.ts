import {
  openEventStoreDb,
  openSqliteStore,
  standingOf,
  systemClock,
  verifyStore,
  type CopyReport,
  type EventStore,
  type MovableStore,
  type StoredEvent,
} from '@aftercare/event-store';
import {
  bytesOf,
  newStream,
  sampleNoted,
  sampleOpened,
  SampleWriter,
  temporaryFolder,
} from '@aftercare/event-store/testing';
import { join } from 'node:path';
import { startChild } from '../../support/child';

const CHILD = join(__dirname, 'copier.child.ts');
const STREAMS = 300;
const EVENTS = 6_000;
const clock = systemClock();

/** An EventStoreDB that holds nothing and may be filled. */
const emptyServer = process.env['ESDB_EMPTY_URL'];
if (emptyServer === undefined)
  process.stderr.write(
    'kill -9 of a copy into EventStoreDB: skipped: no ESDB_EMPTY_URL (a server that holds nothing)\n',
  );

jest.setTimeout(300_000);

const targets: readonly (readonly [string, (folder: string) => string])[] = [
  ['SQLite', (folder: string) => join(folder, 'target.db')],
  ...(emptyServer === undefined ? [] : [['EventStoreDB', () => emptyServer] as const]),
];

describe.each(targets)('a copy into %s that is killed again and again', (name, targetIn) => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('goes on where it was: nothing lost, nothing twice, nothing in another order', async () => {
    const path = join(folder.path, 'source.db');
    const before = await filled(path);
    const to = targetIn(folder.path);

    const kills: string[] = [];
    // Among the first steps, in the middle of copying, and while both stores are compared.
    const deaths = [
      ['checking', 0],
      ['copying', 0],
      ['copying', 1_500],
      ['copying', 3_200],
      ['copying', 5_000],
      ['comparing', 1_000],
      ['heads', 0],
    ] as const;
    for (const [phase, done] of deaths) kills.push(await killedAt(startChild(CHILD, [path, to]), phase, done));
    const child = startChild(CHILD, [path, to]);
    expect([await child.ended, child.errors()]).toEqual([0, '']);
    const report = JSON.parse(child.lines.at(-1)!) as CopyReport;

    const target = await opened(to);
    const after = await all(target);
    process.stderr.write(
      `copy into ${name}: ${before.length} events, killed at [${kills.join(', ')}], the last run went on behind ${report.resumedAfter}, ${after.length} arrived\n`,
    );
    expect(after.map(bytesOf)).toEqual(before.map(bytesOf));
    expect(report.bridge.from.headsDigest).toBe(report.bridge.to.headsDigest);
    expect(await verifyStore(target)).toMatchObject({ ok: true, events: before.length, streams: STREAMS });
    expect(standingOf(await target.notes()).filledFrom).toEqual(report.bridge);
    expect((await target.notes()).length).toBe(2);
    await target.close();
    expect(() => openSqliteStore({ path, clock })).toThrow(/was copied into store/);
  });
});

const filled = async (path: string): Promise<readonly StoredEvent[]> => {
  const source = openSqliteStore({ path, clock });
  const writer = new SampleWriter(source);
  const streams = Array.from({ length: STREAMS }, newStream);
  for (let n = 0; n < EVENTS; n += STREAMS)
    await Promise.all(
      streams.map((stream) => writer.write(stream, [n === 0 ? sampleOpened(n) : sampleNoted(`note ${n}`)])),
    );
  const events = await all(source);
  await source.close();
  return events;
};

/** kill -9 as soon as it says that it is so far in this phase; returns the last line it printed. */
const killedAt = async (child: ReturnType<typeof startChild>, phase: string, done: number): Promise<string> => {
  for (let lines = 1; ; lines += 1) {
    await child.said(lines);
    const [name, at] = child.lines[lines - 1]!.split(' ');
    if (name === phase && Number(at) >= done) break;
  }
  child.process.kill('SIGKILL');
  await child.ended;
  return child.lines.at(-1)!.slice(0, 40);
};

const opened = async (to: string): Promise<MovableStore> =>
  to.startsWith('esdb:') ? openEventStoreDb({ connectionString: to, clock }) : openSqliteStore({ path: to, clock });

const all = async (store: EventStore): Promise<readonly StoredEvent[]> =>
  (await store.readAll({ limit: 100_000 })).events;
