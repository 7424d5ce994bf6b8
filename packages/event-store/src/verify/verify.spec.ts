import { sampleNoted, sampleOpened } from '../../testing/sample';
import { newStream, SampleWriter } from '../../testing/sample-writer';
import { SimulatedClock } from '../clock/simulated-clock';
import { sha256 } from '../codec/hash-chain';
import { createMemoryStore } from '../memory/memory-store';
import type { StoredEvent } from '../port/event-store';
import { verifyStore, verifyStream } from './verify';

const clock = new SimulatedClock();

/** Three streams of three events, written in turn. */
const filled = async () => {
  const store = createMemoryStore({ clock });
  const writer = new SampleWriter(store);
  const streams = [newStream(), newStream(), newStream()];
  for (const event of [sampleOpened(), sampleNoted('a'), sampleNoted('b')])
    for (const stream of streams) await writer.write(stream, [event]);
  return { store, writer, streams };
};

/** The same store with its contents changed behind its back. */
const tampered = async (change: (events: StoredEvent[], streams: readonly string[]) => void) => {
  const { store, streams } = await filled();
  change(store.contents.events, streams);
  return { store: createMemoryStore({ clock, contents: store.contents }), streams };
};

const edit = (events: StoredEvent[], at: number, change: Partial<StoredEvent>) => {
  events[at] = { ...events[at]!, ...change };
};

describe('verifying the chain', () => {
  it('passes what was written, page by page, and tells how far it is', async () => {
    const { store } = await filled();
    const told: number[] = [];
    const verdict = await verifyStore(store, { pageSize: 4, onProgress: ({ events }) => told.push(events) });
    expect(verdict).toEqual({ ok: true, events: 9, streams: 3, upTo: await store.head() });
    expect(told).toEqual([4, 8, 9]);
  });

  it('passes an empty store and a stream that does not exist', async () => {
    const store = createMemoryStore({ clock });
    expect(await verifyStore(store)).toEqual({ ok: true, events: 0, streams: 0 });
    expect(await verifyStream(store, newStream())).toEqual({ ok: true, events: 0, streams: 0 });
  });

  it('checks one stream without looking at the others', async () => {
    const { store, streams } = await tampered((events) => edit(events, 4, { data: '{"note":"forged"}' }));
    expect(await verifyStream(store, streams[0]!, { pageSize: 2 })).toMatchObject({ ok: true, events: 3 });
    expect(await verifyStream(store, streams[1]!)).toMatchObject({ ok: false, firstBad: { revision: 1 } });
  });

  it.each<[string, (events: StoredEvent[]) => void, number, RegExp]>([
    [
      'a changed payload',
      (e) => edit(e, 4, { data: e[4]!.data.replace('"a"', '"c"') }),
      4,
      /not those that were hashed/,
    ],
    ['a changed type', (e) => edit(e, 4, { type: 'sample.Closed' }), 4, /not those that were hashed/],
    ['a changed id', (e) => edit(e, 4, { eventId: e[5]!.eventId }), 4, /not those that were hashed/],
    [
      'a changed actor',
      (e) => edit(e, 4, { metadata: e[4]!.metadata.replace('staff-1', 'staff-2') }),
      4,
      /not those that were hashed/,
    ],
    ['a missing hash', (e) => edit(e, 4, { metadata: '{}' }), 4, /does not end in a hash/],
    ['an event taken out', (e) => e.splice(4, 1), 6, /revision 1 is missing/],
    ['two events swapped between streams', (e) => edit(e, 4, { ...e[5]!, stream: e[4]!.stream }), 4, /does not name/],
  ])('names the first bad event: %s', async (_, change, at, reason) => {
    const { store } = await tampered(change);
    const bad = store.contents.events[at]!;
    const { ok, firstBad } = await verifyStore(store);
    expect(ok).toBe(false);
    expect(firstBad).toMatchObject({ stream: bad.stream, eventId: bad.eventId, position: bad.position });
    expect(firstBad!.reason).toMatch(reason);
  });

  it('finds an event that was hashed anew but not its successors', async () => {
    const { store } = await filled();
    const forged = new SampleWriter(store).encode(store.contents.events[0]!.stream, 'none', [sampleOpened(7)]);
    edit(store.contents.events, 0, forged[0]!);
    expect((await verifyStore(store)).firstBad).toMatchObject({
      revision: 1,
      reason: 'it does not name the event before it',
    });
  });

  it('finds time running backward within a stream', async () => {
    const store = createMemoryStore({ clock });
    const writer = new SampleWriter(store);
    const stream = newStream();
    const first = writer.encode(stream, 'none', [sampleOpened()]);
    const hash = (JSON.parse(first[0]!.metadata) as { hash: string }).hash;
    const head = { revision: 0, hash, recordedAt: '2026-01-01T00:00:00.000Z' };
    const earlier = new SampleWriter(store, '2026-02-01T00:00:00.000Z').encode(stream, head, [sampleNoted()]);
    await store.append(stream, first, { expected: 'none' });
    await store.append(stream, earlier, { expected: { ...head, recordedAt: '2026-03-01T09:00:00.000Z' } });
    expect((await verifyStore(store)).firstBad).toMatchObject({
      revision: 1,
      reason: expect.stringMatching(/recorded before/),
    });
  });

  it('can also read every event, and says which one this program does not understand', async () => {
    const { store, writer } = await filled();
    const codec = writer.codec;
    expect(await verifyStore(store, { decode: (event) => codec.decode(event) })).toMatchObject({ ok: true });
    const unread = createMemoryStore({ clock });
    const stream = newStream();
    const [event] = new SampleWriter(unread).encode(stream, 'none', [sampleNoted()]);
    const { firstBad } = await verifyStore(
      { readAll: async () => ({ events: [{ ...event!, position: 'p' }], end: true }) },
      { decode: (one) => codec.decode({ ...one, type: 'sample.Unheard' }) },
    );
    expect(firstBad!.reason).toMatch(/not registered/);
  });

  it('stops when it is told to', async () => {
    const { store } = await filled();
    const ending = new AbortController();
    ending.abort(new Error('enough'));
    await expect(verifyStore(store, { signal: ending.signal })).rejects.toThrow('enough');
  });
});

describe('the hash of format aftercare/1', () => {
  it('can be computed by anybody who has the stored bytes', async () => {
    const { store } = await filled();
    const { stream, revision, eventId, type, data, metadata } = store.contents.events[3]!;
    const { prev, hash } = JSON.parse(metadata) as { prev: string; hash: string };
    const cut = metadata.replace(`,"hash":"${hash}"`, '');
    const text = ['aftercare/1', prev, stream, revision, eventId, type, sha256(data), sha256(cut)].join('\n');
    expect(sha256(text)).toBe(hash);
  });
});
