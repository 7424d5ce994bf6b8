import type { Give } from '../store-under-test';
import { sampleNoted } from '../sample';
import { newStream, SampleWriter } from '../sample-writer';
import { RefusedPayloadError, type EncodedEvent, type EventStore } from '../../src/index';

const KIB = 1_024;

const send = (store: EventStore, events: readonly EncodedEvent[]) =>
  store.append(events[0]!.stream, events, { expected: 'none' });

/** An event of exactly `bytes` bytes, data and metadata. */
const sized = (writer: SampleWriter, stream: string, bytes: number): readonly EncodedEvent[] => {
  const { data, metadata } = writer.encode(stream, 'none', [sampleNoted('')])[0]!;
  const rest = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  return writer.encode(stream, 'none', [sampleNoted('x'.repeat(bytes - rest))]);
};

/** What no adapter takes, so that a store can be copied into any other. */
export const limitsKit = (give: Give): void => {
  describe('limits', () => {
    const refuses = async (events: readonly EncodedEvent[], code: RefusedPayloadError['code']) => {
      const { store } = give();
      await expect(send(store, events)).rejects.toThrow(RefusedPayloadError);
      await expect(send(store, events)).rejects.toMatchObject({ code });
      expect((await store.read(events[0]!.stream)).head).toBe('none');
    };

    it('takes an event of 256 KiB and refuses one byte more', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      expect(await send(store, sized(writer, newStream(), 256 * KIB))).toMatchObject({ status: 'appended' });
      await refuses(sized(writer, newStream(), 256 * KIB + 1), 'EVENT_TOO_LARGE');
    });

    it('counts bytes, not characters', async () => {
      const writer = new SampleWriter(give().store);
      await refuses(writer.encode(newStream(), 'none', [sampleNoted('冷'.repeat(90 * KIB))]), 'EVENT_TOO_LARGE');
    });

    it('takes 100 events and refuses 101', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const many = (count: number) =>
        writer.encode(
          newStream(),
          'none',
          Array.from({ length: count }, () => sampleNoted()),
        );
      expect(await send(store, many(100))).toMatchObject({ status: 'appended', revision: 99 });
      await refuses(many(101), 'TOO_MANY_EVENTS');
    });

    it('refuses an append of over 900 KB', async () => {
      const writer = new SampleWriter(give().store);
      const note = sampleNoted('x'.repeat(225_000));
      await refuses(writer.encode(newStream(), 'none', [note, note, note, note]), 'APPEND_TOO_LARGE');
    });

    it('refuses text that would not come back the same', async () => {
      const writer = new SampleWriter(give().store);
      const [event] = writer.encode(newStream(), 'none', [sampleNoted()]);
      await refuses([{ ...event!, data: '{"note":"\ud800"}' }], 'NOT_STORABLE');
    });

    it('refuses an append of nothing', async () => {
      const { store } = give();
      await expect(store.append(newStream(), [], { expected: 'none' })).rejects.toMatchObject({ code: 'NOT_STORABLE' });
    });

    it('refuses events that were encoded for another stream or head', async () => {
      const { store } = give();
      const writer = new SampleWriter(store);
      const events = writer.encode(newStream(), 'none', [sampleNoted()]);
      await expect(store.append(newStream(), events, { expected: 'none' })).rejects.toThrow(/another head/);
    });
  });

  describe('a payload that does not survive JSON', () => {
    it.each([
      ['a lone surrogate', { note: 'x\ud800' }],
      ['a float', { note: 'x', weight: 1.5 }],
      ['minus zero', { note: 'x', weight: -0 }],
      ['a number beyond the safe integers', { note: 'x', weight: 2 ** 53 }],
      ['a date', { note: 'x', at: new Date(0) }],
      ['a hole in an array', { note: 'x', list: [1, undefined] }],
      ['a free key', { note: 'x', 'free key': 1 }],
    ])('is refused before it is stored: %s', (_, data) => {
      const { store } = give();
      const codec = new SampleWriter(store);
      const loose = { ...sampleNoted(), data };
      expect(() => codec.encode(newStream(), 'none', [loose])).toThrow();
    });
  });
};
