import type { Give } from '../store-under-test';
import { sampleNoted, sampleOpened } from '../sample';
import { newStream, SampleWriter } from '../sample-writer';
import { UnknownPositionError, type EventStore, type Position, type StoredEvent } from '../../src/index';

/** Everything behind `after`, page by page. */
const all = async (store: EventStore, after: Position | undefined, limit = 7): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for (let from = after; ;) {
    const page = await store.readAll({ limit, ...(from === undefined ? {} : { after: from }) });
    events.push(...page.events);
    if (page.end) return events;
    from = page.upTo!;
  }
};

const names = (events: readonly StoredEvent[]) => events.map((event) => `${event.stream}@${event.revision}`);

/** Streams and the whole store, both ways, filtered. */
export const readingKit = (give: Give): void => {
  let stream: string;
  const twenty = async (store: EventStore) => {
    stream = newStream();
    const events = [sampleOpened(), ...Array.from({ length: 19 }, (_, n) => sampleNoted(`note ${n}`))];
    await new SampleWriter(store).write(stream, events);
  };

  describe('a stream read page by page', () => {
    it('goes forward from any revision', async () => {
      const { store } = give();
      await twenty(store);
      const page = async (from: number) =>
        (await store.read(stream, { from, limit: 8 })).events.map((event) => event.revision);
      expect(await page(0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(await page(16)).toEqual([16, 17, 18, 19]);
      expect(await page(20)).toEqual([]);
    });

    it('goes backward from the head or from any revision', async () => {
      const { store } = give();
      await twenty(store);
      const page = async (options: { from?: number }) =>
        (await store.read(stream, { ...options, limit: 3, direction: 'backward' })).events.map((e) => e.revision);
      expect(await page({})).toEqual([19, 18, 17]);
      expect(await page({ from: 1 })).toEqual([1, 0]);
      expect(await page({ from: 99 })).toEqual([19, 18, 17]);
    });

    it('is empty where nothing was written', async () => {
      const { store } = give();
      expect(await store.read(newStream())).toEqual({ events: [], head: 'none' });
      expect(await store.read(newStream(), { direction: 'backward' })).toEqual({ events: [], head: 'none' });
    });
  });

  describe('the whole store', () => {
    const spread = async (store: EventStore) => {
      const before = await store.head();
      const writer = new SampleWriter(store);
      const streams = Array.from({ length: 5 }, newStream);
      const written: string[] = [];
      for (let round = 0; round < 4; round += 1)
        for (const one of streams) {
          await writer.write(one, [round === 0 ? sampleOpened() : sampleNoted()]);
          written.push(`${one}@${round}`);
        }
      return { before, written };
    };

    it('is in the order of the appends, with positions that sort as text', async () => {
      const { store } = give();
      const { before, written } = await spread(store);
      const events = await all(store, before);
      expect(names(events)).toEqual(written);
      const positions = events.map((event) => event.position);
      expect([...positions].sort()).toEqual(positions);
      expect(new Set(positions.map((position) => position.length)).size).toBe(1);
      expect(positions.at(-1)).toBe(await store.head());
    });

    it('keeps appends sent at once in one order for every reader', async () => {
      const { store } = give();
      const before = await store.head();
      const writer = new SampleWriter(store);
      await Promise.all(Array.from({ length: 100 }, () => writer.write(newStream(), [sampleOpened(), sampleNoted()])));
      const events = await all(store, before);
      expect(events).toHaveLength(200);
      expect(names(await all(store, before, 33))).toEqual(names(events));
    });

    it('is read backward from the end and from a position, which it leaves out', async () => {
      const { store } = give();
      const { written } = await spread(store);
      const last = await store.readAll({ direction: 'backward', limit: 6 });
      expect(names(last.events)).toEqual(written.slice(-6).reverse());
      expect(last.upTo).toBe(last.events.at(-1)!.position);
      const next = await store.readAll({ direction: 'backward', limit: 6, after: last.upTo! });
      expect(names(next.events)).toEqual(written.slice(-12, -6).reverse());
    });

    it('goes on where a page stopped, and says when nothing lies beyond', async () => {
      const { store } = give();
      const { before, written } = await spread(store);
      const start = before === undefined ? {} : { after: before };
      const whole = await store.readAll({ ...start, limit: 1_000 });
      expect(whole).toMatchObject({ end: true, upTo: await store.head() });
      expect(await store.readAll({ ...start, limit: written.length - 1 })).toMatchObject({ end: false });
      expect(await store.readAll({ after: whole.upTo! })).toEqual({ events: [], upTo: whole.upTo, end: true });
    });

    it('can be filtered by type, and moves on also where nothing matches', async () => {
      const { store } = give();
      const { before } = await spread(store);
      const types = ['sample.Opened'];
      const found: StoredEvent[] = [];
      for (let after = before; ;) {
        const page = await store.readAll({ types, limit: 2, ...(after === undefined ? {} : { after }) });
        found.push(...page.events);
        if (page.end) break;
        expect(page.upTo! > (after ?? '')).toBe(true);
        after = page.upTo;
      }
      expect(found.map((event) => event.type)).toEqual(Array<string>(5).fill('sample.Opened'));
      const back = await store.readAll({ types, limit: 2, direction: 'backward' });
      expect(back.events.map((event) => event.type).every((type) => type === 'sample.Opened')).toBe(true);
      const none = await store.readAll({
        types: ['sample.Unheard'],
        ...(before === undefined ? {} : { after: before }),
      });
      expect(none).toEqual({ events: [], upTo: await store.head(), end: true });
    });
  });

  describe('positions', () => {
    it('of another store or beyond the end are refused, never guessed at', async () => {
      const { store } = give();
      await new SampleWriter(store).write(newStream(), [sampleOpened()]);
      const known = (await store.head())!;
      const foreign = (known.startsWith('a') ? 'b' : 'a') + known.slice(1);
      const beyond = known.replace(/\d{20}/g, `0${'9'.repeat(19)}`);
      for (const after of [foreign, beyond, 'nonsense', '', `${known}0`]) {
        await expect(store.readAll({ after })).rejects.toThrow(UnknownPositionError);
        const pages = store.subscribe({ after, signal: new AbortController().signal })[Symbol.asyncIterator]();
        await expect(pages.next()).rejects.toThrow(UnknownPositionError);
      }
    });
  });
};
