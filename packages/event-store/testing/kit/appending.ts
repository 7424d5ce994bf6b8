import type { Give } from '../store-under-test';
import { sampleNoted, sampleOpened } from '../sample';
import { bytesOf, headOf, newStream, SampleWriter } from '../sample-writer';
import { nextLink, type ChainLink } from '../../src/index';

/** Heads, repeats, conflicts, bytes, restart. */
export const appendingKit = (give: Give): void => {
  describe('heads', () => {
    it('has none before the first event and the last event’s afterwards', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      expect((await store.read(stream)).head).toBe('none');
      const events = writer.encode(stream, 'none', [sampleOpened(), sampleNoted()]);
      await store.append(stream, events, { expected: 'none' });
      const { head } = await store.read(stream);
      expect(head).toEqual(headOf(events));
      expect((await store.read(stream, { limit: 1 })).head).toEqual(head);
      expect((await store.read(stream, { from: 5 })).head).toEqual(head);
      expect((await store.read(stream, { direction: 'backward', from: 0 })).head).toEqual(head);
    });

    it('counts revisions from 0 and answers with the last one and its position', async () => {
      const { store } = give();
      const stream = newStream();
      const first = await new SampleWriter(store).write(stream, [sampleOpened(), sampleNoted()]);
      expect(first).toMatchObject({ status: 'appended', revision: 1 });
      const { events } = await store.read(stream);
      expect(events.map((event) => event.revision)).toEqual([0, 1]);
      expect(first).toMatchObject({ position: events[1]!.position });
    });

    it('takes a head of the same revision but another history for a conflict', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      await writer.write(stream, [sampleOpened()]);
      const { head } = await store.read(stream);
      const forged = { ...(head as Exclude<typeof head, 'none'>), hash: 'f'.repeat(64) };
      const events = writer.encode(stream, forged, [sampleNoted()]);
      expect(await store.append(stream, events, { expected: forged })).toEqual({ status: 'conflict', actual: head });
    });
  });

  describe('an append sent again', () => {
    it('is a repeat with the first answer, also when the stream has moved on', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      const events = writer.encode(stream, 'none', [sampleOpened(), sampleNoted()]);
      const first = await store.append(stream, events, { expected: 'none' });
      const repeated = { ...first, status: 'repeated' };
      expect(await store.append(stream, events, { expected: 'none' })).toEqual(repeated);
      await writer.write(stream, [sampleNoted('later')]);
      expect(await store.append(stream, events, { expected: 'none' })).toEqual(repeated);
      expect((await store.read(stream)).events).toHaveLength(3);
    });

    it('is recognised by its ids, whatever it was encrypted to this time', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      const once = writer.encode(stream, 'none', [sampleOpened()], 'command-1');
      const again = writer.encode(stream, 'none', [sampleOpened()], 'command-1');
      expect(again[0]!.data).not.toBe(once[0]!.data);
      await store.append(stream, once, { expected: 'none' });
      expect(await store.append(stream, again, { expected: 'none' })).toMatchObject({ status: 'repeated' });
      expect((await store.read(stream)).events.map(bytesOf)).toEqual(once);
    });

    it('is a conflict when only part of it stands there', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      const both = writer.encode(stream, 'none', [sampleOpened(), sampleNoted()], 'command-1');
      await store.append(stream, both.slice(0, 1), { expected: 'none' });
      const { head } = await store.read(stream);
      expect(await store.append(stream, both, { expected: 'none' })).toEqual({ status: 'conflict', actual: head });
      await writer.write(stream, [sampleNoted('other')]);
      expect(await store.append(stream, both, { expected: 'none' })).toMatchObject({ status: 'conflict' });
    });
  });

  describe('an append at another revision than the stream’s', () => {
    it('is a conflict that names the actual head and writes nothing', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      await writer.write(stream, [sampleOpened()]);
      const { head } = await store.read(stream);
      const late = writer.encode(stream, 'none', [sampleOpened()]);
      expect(await store.append(stream, late, { expected: 'none' })).toEqual({ status: 'conflict', actual: head });
      const beyond = { revision: 7, hash: 'a'.repeat(64), recordedAt: '2026-03-01T09:00:00.000Z' };
      const early = writer.encode(stream, beyond, [sampleNoted()]);
      expect(await store.append(stream, early, { expected: beyond })).toEqual({ status: 'conflict', actual: head });
      expect((await store.read(stream)).events).toHaveLength(1);
    });

    it('is a conflict on a stream that does not exist', async () => {
      const { store } = give();
      const stream = newStream();
      const head = { revision: 0, hash: 'a'.repeat(64), recordedAt: '2026-03-01T09:00:00.000Z' };
      const events = new SampleWriter(store).encode(stream, head, [sampleNoted()]);
      expect(await store.append(stream, events, { expected: head })).toEqual({ status: 'conflict', actual: 'none' });
    });
  });

  describe('bytes', () => {
    it('are read as they were hashed', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      const notes = [
        '不制冷',
        '𠮷野家 👩‍🔧',
        'a\u0000b\u001f',
        '\u2028 \u2029 \ufeff \uffff',
        '"\\/\b\f\n\r\t',
        '</script>',
        '',
      ];
      const events = writer.encode(stream, 'none', [sampleOpened(), ...notes.map((note) => sampleNoted(note))]);
      await store.append(stream, events, { expected: 'none' });
      const read = (await store.read(stream)).events;
      expect(read.map(bytesOf)).toEqual(events);
      let link: ChainLink | undefined;
      for (const event of read) {
        const next = nextLink(event, link);
        expect(next).toMatchObject({ revision: event.revision });
        link = next as ChainLink;
      }
      expect(read.slice(1).map((event) => writer.codec.decode(event).data)).toEqual(notes.map((note) => ({ note })));
    });
  });

  describe('a restart', () => {
    it('keeps events, heads, positions and what the store is', async () => {
      const { store, restart } = give();
      const stream = newStream();
      await new SampleWriter(store).write(stream, [sampleOpened(), sampleNoted()]);
      const before = { meta: store.meta, head: await store.head(), page: await store.read(stream) };
      const again = await restart();
      expect({ meta: again.meta, head: await again.head(), page: await again.read(stream) }).toEqual(before);
      expect(await new SampleWriter(again).write(stream, [sampleNoted()])).toMatchObject({ revision: 2 });
    });

    it('keeps what was answered, even when closing follows at once', async () => {
      const { store, restart } = give();
      const writer = new SampleWriter(store);
      const streams = Array.from({ length: 50 }, newStream);
      await Promise.all(streams.map((stream) => writer.write(stream, [sampleOpened()])));
      const again = await restart();
      for (const stream of streams) expect((await again.read(stream)).events).toHaveLength(1);
    });
  });
};
