import Database from 'better-sqlite3';
import { join } from 'node:path';
import { eventStoreKit } from '../../testing/event-store-kit';
import { sampleNoted, sampleOpened } from '../../testing/sample';
import { newStream, SampleWriter } from '../../testing/sample-writer';
import { temporaryFolder } from '../../testing/temporary-folder';
import { SimulatedClock } from '../clock/simulated-clock';
import { systemClock } from '../clock/system-clock';
import { StoreFailedError } from '../port/event-store';
import { openSqliteStore } from './sqlite-store';

const clock = systemClock();

eventStoreKit('the SQLite store', async () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'events.db');
  let store = openSqliteStore({ path, clock });
  return {
    store,
    restart: async () => {
      await store.close();
      store = openSqliteStore({ path, clock });
      return store;
    },
    dispose: async () => {
      await store.close();
      folder.remove();
    },
  };
});

describe('the SQLite store', () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'deep', 'events.db');
  afterAll(() => folder.remove());

  const withStore = async <T>(work: (store: ReturnType<typeof openSqliteStore>) => Promise<T>): Promise<T> => {
    const store = openSqliteStore({ path, clock });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  it('writes so that an acknowledgement means "on disk"', () =>
    withStore(async (store) => expect(store.pragmas()).toEqual({ journalMode: 'wal', synchronous: 2 })));

  it('has one writer: a second is refused at once and told why', () =>
    withStore(async () => {
      expect(() => openSqliteStore({ path, clock })).toThrow(/another process has .* open for writing/);
    }));

  it('can be read beside its writer, with new events coming in', () =>
    withStore(async (store) => {
      const reader = openSqliteStore({ path, clock, readOnly: true });
      const writer = new SampleWriter(store);
      const start = await reader.head();
      const ending = new AbortController();
      const pages = reader
        .subscribe({ signal: ending.signal, ...(start ? { after: start } : {}) })
        [Symbol.asyncIterator]();
      expect((await pages.next()).value).toMatchObject({ events: [], caughtUp: true });
      const stream = newStream();
      await writer.write(stream, [sampleOpened()]);
      expect((await pages.next()).value).toMatchObject({ events: [{ stream }] });
      await expect(new SampleWriter(reader).write(stream, [sampleNoted()])).rejects.toThrow(StoreFailedError);
      ending.abort();
      await reader.close();
    }));

  it('is not made by opening it for reading', () => {
    expect(() => openSqliteStore({ path: `${path}.none`, clock, readOnly: true })).toThrow(/there is no store/);
  });

  it('refuses a store of simulated time under a real clock, and the other way round', async () => {
    const demo = join(folder.path, 'demo.db');
    await openSqliteStore({ path: demo, clock: new SimulatedClock() }).close();
    expect(() => openSqliteStore({ path: demo, clock })).toThrow(/simulated clock/);
    await withStore(async () => undefined);
    expect(() => openSqliteStore({ path, clock: new SimulatedClock() })).toThrow(/real business/);
  });

  it('refuses another lineage', async () => {
    await withStore(async () => undefined);
    expect(() => openSqliteStore({ path, clock, lineageId: 'other' })).toThrow(/another lineage/);
  });

  it('refuses a format that it does not know, for writing and for reading', async () => {
    const future = join(folder.path, 'future.db');
    await openSqliteStore({ path: future, clock }).close();
    const db = new Database(future);
    db.exec('UPDATE store_meta SET format_version = 2');
    db.close();
    expect(() => openSqliteStore({ path: future, clock })).toThrow(/format 2/);
    expect(() => openSqliteStore({ path: future, clock, readOnly: true })).toThrow(/format 2/);
  });

  it('lets go of the lock when opening fails', async () => {
    await withStore(async () => undefined);
    expect(() => openSqliteStore({ path, clock, lineageId: 'other' })).toThrow();
    await withStore(async (store) => expect(store.meta.formatVersion).toBe(1));
  });

  it('is copied while it is written to', () =>
    withStore(async (store) => {
      const stream = newStream();
      await new SampleWriter(store).write(stream, [sampleOpened()]);
      const copy = join(folder.path, 'copy.db');
      await store.backup(copy);
      const restored = openSqliteStore({ path: copy, clock });
      expect(await restored.read(stream)).toEqual(await store.read(stream));
      await restored.close();
    }));

  it('ends waiting subscriptions and refuses appends once it is closed', async () => {
    const store = openSqliteStore({ path, clock });
    const writer = new SampleWriter(store);
    const events = writer.encode(newStream(), 'none', [sampleOpened()]);
    const pages = store.subscribe({ signal: new AbortController().signal })[Symbol.asyncIterator]();
    await pages.next();
    const next = pages.next();
    await store.close();
    expect(await next).toMatchObject({ done: true });
    await expect(store.append(events[0]!.stream, events, { expected: 'none' })).rejects.toThrow(/closed/);
  });
});
