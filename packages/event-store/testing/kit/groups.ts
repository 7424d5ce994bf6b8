import type { Give } from '../store-under-test';
import { sampleNoted, sampleOpened } from '../sample';
import { headOf, newStream, SampleWriter } from '../sample-writer';
import { StoreBusyError } from '../../src/index';

const statuses = (results: readonly { status: string }[]) => results.map((result) => result.status).sort();

/** Many appends at once: each fails or succeeds on its own. */
export const groupKit = (give: Give): void => {
  describe('appends sent at once', () => {
    it('lets one of 64 at the same revision through, and 64 unrelated ones undisturbed', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const contested = newStream();
      const unrelated = Array.from({ length: 64 }, newStream);
      const results = await Promise.all(
        unrelated.flatMap((stream) =>
          [contested, stream].map((one) =>
            store.append(one, writer.encode(one, 'none', [sampleOpened()]), { expected: 'none' }),
          ),
        ),
      );
      expect(statuses(results)).toEqual([...Array<string>(65).fill('appended'), ...Array<string>(63).fill('conflict')]);
      expect((await store.read(contested)).events).toHaveLength(1);
      for (const stream of unrelated) expect((await store.read(stream)).events).toHaveLength(1);
    });

    it('lets two to one stream see each other', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      const first = writer.encode(stream, 'none', [sampleOpened()]);
      const second = writer.encode(stream, headOf(first), [sampleNoted()]);
      const results = await Promise.all([
        store.append(stream, first, { expected: 'none' }),
        store.append(stream, second, { expected: headOf(first) }),
      ]);
      expect(results).toMatchObject([
        { status: 'appended', revision: 0 },
        { status: 'appended', revision: 1 },
      ]);
    });

    it('writes one of two identical ones and calls the other a repeat', async () => {
      const { store } = give();
      const stream = newStream();
      const events = new SampleWriter(store).encode(stream, 'none', [sampleOpened()]);
      const send = () => store.append(stream, events, { expected: 'none' });
      const [one, other] = await Promise.all([send(), send()]);
      expect(statuses([one, other])).toEqual(['appended', 'repeated']);
      expect({ ...one, status: '' }).toEqual({ ...other, status: '' });
    });

    it('writes all events of an append or none', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const stream = newStream();
      const tries = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.append(stream, writer.encode(stream, 'none', [sampleOpened(), sampleNoted(), sampleNoted()]), {
            expected: 'none',
          }),
        ),
      );
      expect(tries.filter((result) => result.status === 'appended')).toHaveLength(1);
      const { events } = await store.read(stream);
      const commands = new Set(events.map((event) => writer.codec.decode(event).metadata.commandId));
      expect([events.length, commands.size]).toEqual([3, 1]);
    });
  });

  describe('back-pressure', () => {
    it('refuses what does not fit the queue, keeps the rest, and takes more afterwards', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const streams = Array.from({ length: 1_200 }, newStream);
      const results = await Promise.allSettled(
        streams.map((stream) =>
          store.append(stream, writer.encode(stream, 'none', [sampleNoted()]), { expected: 'none' }),
        ),
      );
      const refused = results.flatMap((result, index) => (result.status === 'rejected' ? [{ result, index }] : []));
      expect(refused.length).toBeGreaterThan(0);
      for (const { result, index } of refused) {
        expect(result.reason).toBeInstanceOf(StoreBusyError);
        expect((await store.read(streams[index]!)).head).toBe('none');
      }
      for (const [index, result] of results.entries())
        if (result.status === 'fulfilled') expect((await store.read(streams[index]!)).events).toHaveLength(1);
      expect(await writer.write(streams[refused[0]!.index]!, [sampleNoted()])).toMatchObject({ status: 'appended' });
    });

    it('counts bytes too', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const large = sampleNoted('x'.repeat(200_000));
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, newStream).map((stream) =>
          store.append(stream, writer.encode(stream, 'none', [large]), { expected: 'none' }),
        ),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused.length).toBeGreaterThanOrEqual(20);
      for (const { reason } of refused) expect(reason).toBeInstanceOf(StoreBusyError);
    });
  });
};
