import { openEventStoreDb, systemClock, type EventStore } from '@aftercare/event-store';
import { setTimeout } from 'node:timers/promises';
import { KillableServer, serverToKill } from './server';
import { WRITERS, writersThrough } from './writers-at-work';

const from = serverToKill();

jest.setTimeout(400_000);

if (from === undefined) {
  process.stderr.write('kill -9 of EventStoreDB: skipped: no ESDB_START with ESDB_START_URL\n');
  it.skip('EventStoreDB is killed under load (skipped: no ESDB_START with ESDB_START_URL)', () => undefined);
} else
  describe(`EventStoreDB with ${WRITERS} writers and a subscriber on it`, () => {
    const server = new KillableServer(from);
    beforeAll(() => server.start());
    afterAll(() => server.kill());

    const through = (trouble: () => Promise<void>, characters = 100) =>
      writersThrough({ url: from.url, characters }, trouble);

    it('loses nothing when it is killed and started again, four times', () =>
      through(async () => {
        for (let round = 0; round < 4; round += 1) {
          await server.kill();
          await server.start();
          await setTimeout(2_000 + round * 500);
        }
      }));

    it('loses nothing when it is away for a minute', () =>
      through(async () => {
        await server.kill();
        await setTimeout(60_000);
        await server.start();
      }));

    it('loses nothing when it stands still for half a minute with its connections open', () =>
      through(() => server.freeze(30_000)));

    it('does not take its writers with it when it is killed while large events are on their way', () =>
      through(async () => {
        for (let round = 0; round < 3; round += 1) {
          await server.kill();
          await server.start();
          await setTimeout(3_000);
        }
      }, 60_000));

    it('gives the same events in the same order to a subscriber that comes back with an older checkpoint', async () => {
      const store = await openEventStoreDb({ connectionString: from.url, clock: systemClock() });
      const pages = await firstPages(store, undefined, 6);
      const older = await firstPages(store, pages[2]!.upTo, 3);
      expect(older.flatMap(({ ids }) => ids)).toEqual(pages.slice(3).flatMap(({ ids }) => ids));
      await store.close();
    });
  });

/** Ids and end of the first `count` pages of 40 events behind `after`. */
const firstPages = async (store: EventStore, after: string | undefined, count: number) => {
  const pages: { readonly ids: readonly string[]; readonly upTo: string | undefined }[] = [];
  const options = { pageSize: 40, signal: new AbortController().signal };
  for await (const { events, upTo } of store.subscribe({ ...options, ...(after === undefined ? {} : { after }) })) {
    if (events.length > 0) pages.push({ ids: events.map(({ eventId }) => eventId), upTo });
    if (pages.length === count) break;
  }
  return pages;
};
