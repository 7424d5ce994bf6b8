import { setImmediate } from 'node:timers/promises';
import type { Give } from '../store-under-test';
import { sampleNoted, sampleOpened } from '../sample';
import { newStream, SampleWriter } from '../sample-writer';
import type { EventStore, Position, StoredEvent, SubscriptionPage } from '../../src/index';

interface Follower {
  readonly events: StoredEvent[];
  readonly pages: SubscriptionPage[];
  /** Resolves when so many events have come. */
  seen(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Follows a store from `after` on, as a consumer would. */
const follow = (
  store: EventStore,
  after: Position | undefined,
  pageSize = 7,
  delay?: () => Promise<unknown>,
): Follower => {
  const ending = new AbortController();
  const events: StoredEvent[] = [];
  const pages: SubscriptionPage[] = [];
  const done = (async () => {
    const options = { pageSize, signal: ending.signal, ...(after === undefined ? {} : { after }) };
    for await (const page of store.subscribe(options)) {
      pages.push(page);
      events.push(...page.events);
      await delay?.();
    }
  })();
  const seen = async (count: number) => {
    while (events.length < count) await Promise.race([setImmediate(), done]);
  };
  return { events, pages, seen, stop: () => (ending.abort(), done) };
};

const ids = (events: readonly StoredEvent[]) => events.map((event) => event.eventId);

const everythingAfter = async (store: EventStore, after: Position | undefined) =>
  (await store.readAll({ limit: 5_000, ...(after === undefined ? {} : { after }) })).events;

/** Catching up, staying live, stopping. */
export const subscribingKit = (give: Give): void => {
  describe('a subscription', () => {
    it('catches up and stays live under concurrent appends, with no gap and no duplicate', async () => {
      const { store } = give();
      const before = await store.head();
      const writer = new SampleWriter(store);
      const write = () => writer.write(newStream(), [sampleOpened(), sampleNoted()]);
      await Promise.all(Array.from({ length: 40 }, write));
      const eager = follow(store, before);
      const slow = follow(store, before, 13, () => setImmediate());
      for (let round = 0; round < 20; round += 1) {
        await Promise.all(Array.from({ length: 1 + (round % 7) }, write));
        if (round % 3 === 0) await setImmediate();
      }
      const expected = ids(await everythingAfter(store, before));
      await Promise.all([eager.seen(expected.length), slow.seen(expected.length)]);
      await setImmediate();
      await Promise.all([eager.stop(), slow.stop()]);
      expect(ids(eager.events)).toEqual(expected);
      expect(ids(slow.events)).toEqual(expected);
    });

    it('goes on from a saved position, also after a restart', async () => {
      const { store, restart } = give();
      const before = await store.head();
      await new SampleWriter(store).write(newStream(), [
        sampleOpened(),
        ...Array.from({ length: 19 }, () => sampleNoted()),
      ]);
      const first = follow(store, before, 6);
      await first.seen(12);
      await first.stop();
      const saved = first.pages[1]!.upTo!;
      expect(saved).toBe(first.events[11]!.position);
      const again = await restart();
      await new SampleWriter(again).write(newStream(), [sampleOpened()]);
      const second = follow(again, saved);
      await second.seen(9);
      await second.stop();
      expect(ids([...first.events.slice(0, 12), ...second.events])).toEqual(ids(await everythingAfter(again, before)));
    });

    it('says when it has caught up, also when there was nothing to catch up with', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      await writer.write(newStream(), [sampleOpened(), sampleNoted()]);
      const start = (await store.head())!;
      const idle = follow(store, start);
      while (idle.pages.length === 0) await setImmediate();
      expect(idle.pages[0]).toEqual({ events: [], upTo: start, caughtUp: true });
      await writer.write(
        newStream(),
        Array.from({ length: 14 }, (_, n) => (n === 0 ? sampleOpened() : sampleNoted())),
      );
      await idle.seen(14);
      while (!idle.pages.at(-1)!.caughtUp) await setImmediate();
      await idle.stop();
      expect(idle.pages.map((page) => page.caughtUp).slice(1, 2)).toEqual([false]);
      expect(idle.pages.at(-1)!.upTo).toBe(await store.head());
    });

    it('ends quietly when it is told to, waiting or not', async () => {
      const { store } = give();
      const waiting = follow(store, await store.head());
      await setImmediate();
      await waiting.stop();
      const stopped = new AbortController();
      stopped.abort();
      const pages = store.subscribe({ signal: stopped.signal })[Symbol.asyncIterator]();
      expect(await pages.next()).toEqual({ done: true, value: undefined });
    });

    it('leaves other work its turn while it catches up', async () => {
      const { store } = give();
      const before = await store.head();
      const writer = new SampleWriter(store);
      await Promise.all(Array.from({ length: 50 }, () => writer.write(newStream(), [sampleOpened(), sampleNoted()])));
      const follower = follow(store, before, 1);
      let turns = 0;
      while (follower.events.length < 100) {
        turns += 1;
        await setImmediate();
      }
      await follower.stop();
      expect(turns).toBeGreaterThan(20);
    });
  });
};
