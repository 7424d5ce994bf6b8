import {
  anchorStream,
  Anchors,
  copiesInFolder,
  keyInMemory,
  openSqliteStore,
  createMemoryStore,
  systemClock,
  type AnchorCopies,
  type EventStore,
  type KeyPlace,
  type StoredEvent,
} from '@aftercare/event-store';
import { newStream, sampleNoted, sampleOpened, SampleWriter, temporaryFolder } from '@aftercare/event-store/testing';
import Database from 'better-sqlite3';
import { join } from 'node:path';

const clock = systemClock();

/** A store whose rows can be changed behind its back, by whoever holds the file. */
export interface OpenHanded {
  readonly store: EventStore;
  /** Hands all rows in global order to `change` and opens what came of them. */
  tamper(change: (rows: StoredEvent[]) => StoredEvent[]): Promise<EventStore>;
  dispose(): Promise<void>;
}

export const inMemory = async (): Promise<OpenHanded> => {
  const first = createMemoryStore({ clock });
  return {
    store: first,
    tamper: async (change) =>
      createMemoryStore({
        clock,
        contents: { meta: first.meta, events: change(first.contents.events.map((event) => ({ ...event }))) },
      }),
    dispose: () => first.close(),
  };
};

/** The rows are changed in the file itself, with SQLite alone. */
export const inSqlite = async (): Promise<OpenHanded> => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'events.db');
  let open: EventStore = openSqliteStore({ path, clock });
  return {
    store: open,
    tamper: async (change) => {
      const { events } = await open.readAll({ limit: 10_000 });
      await open.close();
      const db = new Database(path);
      db.exec('DELETE FROM events');
      const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
      for (const { position, stream, revision, eventId, type, data, metadata } of change([...events]))
        insert.run(Number(position.slice(-20)), stream, revision, eventId, type, data, metadata);
      db.close();
      return (open = openSqliteStore({ path, clock }));
    },
    dispose: async () => {
      await open.close();
      folder.remove();
    },
  };
};

/** What a server would hand out that holds other rows: enough of a store for whoever verifies. */
export const handingOut = (store: EventStore, rows: readonly StoredEvent[]): EventStore => ({
  ...store,
  meta: store.meta,
  read: (stream, { from = 0, limit = 1_000 } = {}) => {
    const own = rows.filter((row) => row.stream === stream).sort((one, two) => one.revision - two.revision);
    const last = own.at(-1);
    if (!last) return Promise.resolve({ events: [], head: 'none' });
    const { hash, recordedAt } = JSON.parse(last.metadata) as { hash: string; recordedAt: string };
    const events = own.filter(({ revision }) => revision >= from).slice(0, limit);
    return Promise.resolve({ events, head: { revision: last.revision, hash, recordedAt } });
  },
  readAll: ({ after, limit = 1_000 } = {}) => {
    const all = rows.filter(({ position }) => after === undefined || position > after);
    const events = all.slice(0, limit);
    const upTo = events.at(-1)?.position ?? after;
    return Promise.resolve({ events, end: events.length === all.length, ...(upTo === undefined ? {} : { upTo }) });
  },
});

/** A store with a little history: three streams written in turn, two anchors, and two events that none covers yet. */
export interface History {
  readonly streams: readonly [string, string, string];
  readonly ledger: string;
  readonly writer: SampleWriter;
  readonly anchors: Anchors;
  readonly key: KeyPlace;
  readonly copies: AnchorCopies;
}

export const written = async (store: EventStore, folder: string): Promise<History> => {
  const writer = new SampleWriter(store);
  const key = keyInMemory();
  const copies = copiesInFolder(folder);
  const anchors = new Anchors({ store, clock, key, copies });
  const streams = [newStream(), newStream(), newStream()] as const;
  for (const [n, stream] of streams.entries()) await writer.write(stream, [sampleOpened(n)]);
  for (const stream of streams) await writer.write(stream, [sampleNoted('first'), sampleNoted('second')]);
  await anchors.take();
  await writer.write(streams[0], [sampleNoted('third')]);
  await writer.write(streams[1], [sampleNoted('third'), sampleNoted('fourth')]);
  await anchors.take();
  await writer.write(streams[0], [sampleNoted('late'), sampleNoted('later')]);
  return { streams, ledger: anchorStream(store.meta.lineageId), writer, anchors, key, copies };
};

/** The place of an event among the rows. */
export const rowOf = (rows: readonly StoredEvent[], stream: string, revision: number): number => {
  const at = rows.findIndex((row) => row.stream === stream && row.revision === revision);
  if (at < 0) throw new Error(`there is no ${stream}@${revision}`);
  return at;
};

/** The rows with one of them changed. */
export const edited = (
  rows: StoredEvent[],
  [stream, revision]: readonly [string, number],
  change: (row: StoredEvent) => Partial<StoredEvent>,
): StoredEvent[] => {
  const at = rowOf(rows, stream, revision);
  return rows.map((row, index) => (index === at ? { ...row, ...change(row) } : row));
};

export const without = (rows: StoredEvent[], ...gone: readonly (readonly [string, number])[]): StoredEvent[] =>
  rows.filter((row) => !gone.some(([stream, revision]) => row.stream === stream && row.revision === revision));

/** Replaces one character and fails when there is none to replace. */
export const flipped = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`no ${from} in it`);
  return text.replace(from, to);
};

/** A stream chained anew with the product's own code, other words in one of its notes: what a forger would do. */
export const forged = (rows: StoredEvent[], stream: string, writer: SampleWriter): StoredEvent[] => {
  const own = rows.filter((row) => row.stream === stream);
  let head: Parameters<SampleWriter['encode']>[1] = 'none';
  const anew = own.map((row, index) => {
    const event = index === 0 ? sampleOpened(9) : sampleNoted(index === 1 ? 'never said' : 'as before');
    const [encoded] = writer.encode(stream, head, [event]);
    const { hash, recordedAt } = JSON.parse(encoded!.metadata) as { hash: string; recordedAt: string };
    head = { revision: row.revision, hash, recordedAt };
    return { ...encoded!, position: row.position };
  });
  return rows.map((row) => anew.find(({ position }) => position === row.position) ?? row);
};
