import { join } from 'node:path';
import { sampleNoted, sampleOpened } from '../../testing/sample';
import { bytesOf, headOf, newStream, SampleWriter } from '../../testing/sample-writer';
import { temporaryFolder } from '../../testing/temporary-folder';
import { systemClock } from '../clock/system-clock';
import { openEventStoreDb, openOn } from '../eventstoredb/esdb-store';
import { FakeServer } from '../eventstoredb/fake-server';
import { createMemoryStore, type MemoryEventStore } from '../memory/memory-store';
import type { EventStore, StoredEvent } from '../port/event-store';
import { standingOf, type MovableStore } from '../port/movable-store';
import { openSqliteStore } from '../sqlite/sqlite-store';
import { verifyStore } from '../verify/verify';
import { bridgeText } from './bridge';
import { copyStore, giveUpCopy } from './copy-store';
import type { CopyProgress } from './remaining';

const clock = systemClock();
const LINEAGE = '7b1c0a52-0000-4000-8000-000000000001';

/** An EventStoreDB that holds nothing and may be filled: a copy takes a whole server. */
const emptyServer = process.env['ESDB_EMPTY_URL'];
if (emptyServer === undefined)
  process.stderr.write('a copy into a real EventStoreDB: skipped: no ESDB_EMPTY_URL (a server that holds nothing)\n');

type Open = () => Promise<MovableStore>;

const folders: { remove(): void }[] = [];
const opened: EventStore[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  folders.splice(0).forEach((folder) => folder.remove());
});

const remembered = <S extends EventStore>(store: S): S => {
  opened.push(store);
  return store;
};

const memory = (): Open => {
  const { contents } = createMemoryStore({ clock, lineageId: LINEAGE });
  return async () => remembered(createMemoryStore({ clock, contents, moving: true }));
};

const sqlite = (): Open => {
  const folder = temporaryFolder();
  folders.push(folder);
  const path = join(folder.path, 'events.db');
  return async () => remembered(openSqliteStore({ path, clock, lineageId: LINEAGE, moving: true }));
};

/** The adapter of EventStoreDB on a server that answers in this process. */
const fakeServer = (): Open => {
  const server = new FakeServer();
  return async () => remembered(await openOn(server, { clock, lineageId: LINEAGE, moving: true }));
};

const realServer = (): Open => {
  const options = { connectionString: emptyServer!, clock, lineageId: LINEAGE, moving: true };
  return async () => remembered(await openEventStoreDb(options));
};

/** Streams that grow in turns, so that the order across streams can go wrong; large events, and many in one append. */
const fill = async (store: EventStore): Promise<void> => {
  const writer = new SampleWriter(store);
  const streams = Array.from({ length: 7 }, newStream);
  for (const stream of streams) await writer.write(stream, [sampleOpened(1), sampleNoted()]);
  for (let n = 0; n < 40; n += 1)
    await writer.write(
      streams[(n * 3) % 7]!,
      Array.from({ length: (n % 4) + 1 }, () => sampleNoted(`第${n}次回访`)),
    );
  for (let n = 0; n < 5; n += 1) await writer.write(streams[0]!, [sampleNoted('长'.repeat(80_000))]);
};

const all = async (store: EventStore): Promise<readonly StoredEvent[]> =>
  (await store.readAll({ limit: 10_000 })).events;

/** Lets a target take so many appends and then fails all, as a process that was killed. */
const dyingAfter = (target: MovableStore, appends: number): MovableStore => {
  let left = appends;
  return Object.assign(Object.create(target) as MovableStore, {
    meta: target.meta,
    appendsInOrder: target.appendsInOrder,
    notes: () => target.notes(),
    note: (note: Parameters<MovableStore['note']>[0]) => target.note(note),
    head: () => target.head(),
    read: (...given: Parameters<MovableStore['read']>) => target.read(...given),
    readAll: (...given: Parameters<MovableStore['readAll']>) => target.readAll(...given),
    append: (...given: Parameters<MovableStore['append']>) =>
      left-- > 0 ? target.append(...given) : Promise.reject(new Error('the process died here')),
  });
};

const pairs: readonly (readonly [string, string, () => Open, () => Open])[] = [
  ['memory', 'SQLite', memory, sqlite],
  ['SQLite', 'memory', sqlite, memory],
  ['SQLite', 'SQLite', sqlite, sqlite],
  ['SQLite', 'EventStoreDB (its adapter)', sqlite, fakeServer],
  ['EventStoreDB (its adapter)', 'SQLite', fakeServer, sqlite],
  ...(emptyServer === undefined ? [] : [['SQLite', 'EventStoreDB', sqlite, realServer] as const]),
];

describe.each(pairs)('a store is copied from %s to %s', (_, __, from, to) => {
  it('with every byte, in the same order, resumed after each death, and both name each other afterwards', async () => {
    const openSource = from();
    const openTarget = to();
    const source = await openSource();
    await fill(source);
    const before = await all(source);
    const target = await openTarget();
    const deaths: number[] = [];
    for (const appends of [0, 1, 5, 11]) {
      await expect(copyStore(source, dyingAfter(target, appends), { clock })).rejects.toThrow('died here');
      deaths.push((await all(target)).length);
    }
    const report = await copyStore(source, target, { clock });
    expect(report).toMatchObject({ events: before.length, streams: 7, repeated: false });
    expect(report.resumedAfter).toBe(deaths.at(-1));
    expect((await all(target)).map(bytesOf)).toEqual(before.map(bytesOf));
    expect(await all(source)).toEqual(before);
    expect(await verifyStore(target)).toMatchObject({ ok: true, events: before.length });
    expect(target.meta).toMatchObject({ lineageId: source.meta.lineageId });
    expect(target.meta.storeId).not.toBe(source.meta.storeId);
    const { bridge } = report;
    expect(bridge.from).toMatchObject({ storeId: source.meta.storeId, position: await source.head() });
    expect(bridge.to).toMatchObject({ storeId: target.meta.storeId, position: await target.head() });
    expect(bridge.to.headsDigest).toBe(bridge.from.headsDigest);
    expect(standingOf(await source.notes()).movedTo).toEqual(bridge);
    expect(standingOf(await target.notes()).filledFrom).toEqual(bridge);
    const again = await copyStore(source, target, { clock });
    expect(again).toMatchObject({ repeated: true, bridge });
  });
});

describe('a store that is being moved', () => {
  let source: MemoryEventStore;
  let target: MovableStore;
  beforeEach(async () => {
    source = createMemoryStore({ clock, lineageId: LINEAGE });
    await fill(source);
    target = createMemoryStore({ clock, lineageId: LINEAGE });
  });

  const write = (store: EventStore) => new SampleWriter(store).write(newStream(), [sampleOpened()]);

  it('takes no events once it is sealed, and says why', async () => {
    await expect(copyStore(source, dyingAfter(target, 0), { clock })).rejects.toThrow('died here');
    await expect(write(source)).rejects.toThrow(/sealed while it is copied into store .*copy --unseal/);
    await copyStore(source, target, { clock });
    await expect(write(source)).rejects.toThrow(/was copied into store/);
    await expect(write(target)).resolves.toMatchObject({ status: 'appended' });
  });

  it('takes events again when the copy is given up, but not after it was finished', async () => {
    await expect(copyStore(source, dyingAfter(target, 3), { clock })).rejects.toThrow('died here');
    await giveUpCopy(source, clock);
    await write(source);
    await expect(giveUpCopy(source, clock)).rejects.toMatchObject({ code: 'NOT_BEGUN' });
    // What was copied meanwhile is still a beginning of it: the same target may be filled further.
    await copyStore(source, target, { clock });
    await expect(giveUpCopy(source, clock)).rejects.toMatchObject({ code: 'FINISHED' });
    expect((await all(target)).length).toBe((await all(source)).length);
  });

  it('is not opened by a server: neither what is sealed nor what is half filled', async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const path = join(folder.path, 'events.db');
    const half = openSqliteStore({ path, clock, lineageId: LINEAGE, moving: true });
    await expect(copyStore(source, dyingAfter(half, 3), { clock })).rejects.toThrow('died here');
    await half.close();
    expect(() => openSqliteStore({ path, clock })).toThrow(expect.objectContaining({ code: 'INCOMPLETE' }));
    const resumed = remembered(openSqliteStore({ path, clock, moving: true }));
    await copyStore(source, resumed, { clock });
    const next = createMemoryStore({ clock, lineageId: LINEAGE });
    await copyStore(resumed, next, { clock });
    await resumed.close();
    expect(() => openSqliteStore({ path, clock })).toThrow(expect.objectContaining({ code: 'SEALED' }));
    const beside = remembered(openSqliteStore({ path, clock, readOnly: true }));
    expect(await verifyStore(beside)).toMatchObject({ ok: true });
    const again = { contents: source.contents, clock };
    expect(() => createMemoryStore(again)).toThrow(expect.objectContaining({ code: 'SEALED' }));
  });

  it('is sealed for every process of an EventStoreDB, also one that goes on running', async () => {
    const server = new FakeServer();
    const running = remembered(await openOn(server, { clock, lineageId: LINEAGE }));
    await write(running);
    const copying = remembered(await openOn(server, { clock, moving: true }));
    await copyStore(copying, target, { clock });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(write(running)).rejects.toThrow(/sealed/);
    await expect(openOn(server, { clock })).rejects.toMatchObject({ code: 'SEALED' });
  });

  it('is not mixed with another: lineage, events of its own, another seal, a simulated clock', async () => {
    const stranger = createMemoryStore({ clock });
    await expect(copyStore(source, stranger, { clock })).rejects.toMatchObject({ code: 'OTHER_LINEAGE' });
    await expect(copyStore(source, source, { clock })).rejects.toMatchObject({ code: 'SAME_STORE' });
    const used = createMemoryStore({ clock, lineageId: LINEAGE });
    await write(used);
    await expect(copyStore(source, used, { clock })).rejects.toMatchObject({ code: 'TARGET_NOT_EMPTY' });
    const played = createMemoryStore({ clock: { simulated: true }, lineageId: LINEAGE });
    await expect(copyStore(source, played, { clock })).rejects.toMatchObject({ code: 'SIMULATED' });
    await expect(copyStore(source, dyingAfter(target, 0), { clock })).rejects.toThrow('died here');
    const other = createMemoryStore({ clock, lineageId: LINEAGE });
    await expect(copyStore(source, other, { clock })).rejects.toMatchObject({ code: 'SEALED_FOR_ANOTHER' });
    expect(await all(other)).toEqual([]);
  });

  it('is not taken for moved when it came back from a backup and went on by itself', async () => {
    const { contents } = source;
    const restore = () =>
      createMemoryStore({ clock, contents: { meta: contents.meta, events: [...contents.events], notes: [] } });
    const restored = restore();
    const alone = restore();
    await copyStore(source, target, { clock });
    expect(await copyStore(restored, target, { clock })).toMatchObject({ repeated: true });
    await expect(write(restored)).rejects.toThrow(/sealed/);
    await write(alone);
    await expect(copyStore(alone, target, { clock })).rejects.toMatchObject({ code: 'DIFFERENT' });
  });

  it('is not moved while a hash of it does not match, and stays unsealed', async () => {
    const at = 20;
    source.contents.events[at] = { ...source.contents.events[at]!, data: '{"note":"forged"}' };
    const broken = createMemoryStore({ clock, contents: source.contents });
    await expect(copyStore(broken, target, { clock })).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
    await write(broken);
  });

  it('is compared with what was copied: an event that somebody changed, added or wrote in between shows', async () => {
    await expect(copyStore(source, dyingAfter(target, 30), { clock })).rejects.toThrow('died here');
    const half = (target as MemoryEventStore).contents;
    const forged = half.events.map((event, at) => (at === 4 ? { ...event, data: '{"note":"forged"}' } : event));
    const changed = createMemoryStore({ clock, contents: { ...half, events: forged }, moving: true });
    await expect(copyStore(source, changed, { clock })).rejects.toThrow(/after 4 equal events .* with other bytes/);
    const added = createMemoryStore({ clock, contents: half, moving: true });
    await write(added);
    await expect(copyStore(source, added, { clock })).rejects.toMatchObject({ code: 'DIFFERENT' });
  });

  it('tells how far it is and how long it will take', async () => {
    const told: CopyProgress[] = [];
    await copyStore(source, target, { clock, onProgress: (at) => told.push(at) });
    const total = (await all(source)).length;
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['checking', 'copying', 'comparing', 'heads']);
    for (const phase of ['copying', 'comparing'])
      expect(told.filter((at) => at.phase === phase).at(-1)).toMatchObject({ done: total, total });
  });

  it('names both heads in a text that can be signed', async () => {
    const { bridge } = await copyStore(source, target, {
      clock,
      sign: async (text) => ({ algorithm: 'none', keyId: 'key-1', value: String(text.length) }),
    });
    expect(bridge.signature).toEqual({ algorithm: 'none', keyId: 'key-1', value: String(bridgeText(bridge).length) });
    expect(bridgeText(bridge)).toContain(bridge.to.headsDigest);
    expect(bridgeText(bridge)).not.toContain('key-1');
  });

  it('keeps chains that the next event continues', async () => {
    await copyStore(source, target, { clock });
    const [{ stream }] = (await all(target)) as readonly [StoredEvent];
    const { head } = await target.read(stream, { limit: 1 });
    const next = new SampleWriter(target).encode(stream, head, [sampleNoted('after the move')]);
    expect(await target.append(stream, next, { expected: head })).toMatchObject({ status: 'appended' });
    expect(headOf(next)).toEqual((await target.read(stream, { limit: 1 })).head);
    expect(await verifyStore(target)).toMatchObject({ ok: true });
  });
});
