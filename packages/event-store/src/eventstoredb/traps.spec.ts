import { setTimeout } from 'node:timers/promises';
import { sampleNoted, sampleOpened } from '../../testing/sample';
import { bytesOf, headOf, newStream, SampleWriter } from '../../testing/sample-writer';
import { systemClock } from '../clock/system-clock';
import { OutcomeUnknownError, StoreFailedError, type EventStore, type SubscriptionPage } from '../port/event-store';
import { appendForSure } from '../runner/append-for-sure';
import { verifyStore } from '../verify/verify';
import { takeLink } from './client-link';
import { openOn } from './esdb-store';
import { clientError, FakeServer } from './fake-server';

const clock = systemClock();
const QUICK = { firstPauseMs: 1, longestPauseMs: 5, moveOnMs: 30 };

const opened: EventStore[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});

const open = async (server = new FakeServer(), deadlineMs = 80) => {
  const store = await openOn(server, { clock, patience: QUICK, deadlineMs });
  opened.push(store);
  return { server, store, writer: new SampleWriter(store) };
};

/** Collects pages until told to stop. */
const follow = (store: EventStore, options: { after?: string; pageSize?: number } = {}) => {
  const ending = new AbortController();
  const pages: SubscriptionPage[] = [];
  const done = (async () => {
    for await (const page of store.subscribe({ ...options, signal: ending.signal })) pages.push(page);
  })();
  const until = async (met: () => boolean) => {
    while (!met()) await Promise.race([setTimeout(2), done]);
  };
  const ids = () => pages.flatMap((page) => page.events.map((event) => event.eventId));
  return { pages, done, ids, until, stop: () => (ending.abort(), done) };
};

describe('trap: subscriptions never resubscribe by themselves', () => {
  it.each([
    ['unavailable', clientError('unavailable', { code: 14 })],
    ['cancelled by the server', clientError('cancelled', { code: 1 })],
    ['a deadline', clientError('deadline-exceeded', { code: 4 })],
    ['another leader', clientError('not-leader')],
    ['a raw gRPC error of code 14', Object.assign(new Error('14 UNAVAILABLE'), { code: 14 })],
    ['no leader found', new Error('Failed to discover after 10 attempts.')],
  ])('ours is begun again behind the last event taken, after %s', async (_, error) => {
    const { server, store, writer } = await open();
    const before = server.subscriptions.length;
    const follower = follow(store);
    await writer.write(newStream(), [sampleOpened(), sampleNoted()]);
    await follower.until(() => follower.ids().length === 2);
    const own = server.subscriptions.slice(before).find((one) => one.asked.after === 'start')!;
    server.refusals.push(error, error, error, error);
    own.fail(error);
    await writer.write(newStream(), [sampleOpened(), sampleNoted()]);
    await follower.until(() => follower.ids().length === 4);
    await follower.stop();
    expect(follower.ids()).toEqual((await store.readAll()).events.map((event) => event.eventId));
  });

  it('what is refused for good is thrown', async () => {
    const { server, store } = await open();
    server.refusals.push(clientError('access-denied'));
    await expect(follow(store).done).rejects.toThrow(StoreFailedError);
  });
});

describe('trap: a position is commit and prepare', () => {
  it('both are kept, 20 digits each, behind the store’s id, and both are sent when going on', async () => {
    const { server, store, writer } = await open();
    const { position } = (await writer.write(newStream(), [sampleOpened()])) as { position: string };
    const { commit, prepare } = server.log.at(-1)!.position!;
    expect(commit).not.toBe(prepare);
    const id = store.meta.storeId.replaceAll('-', '').slice(0, 12);
    expect(position).toBe(`${id}-${String(commit).padStart(20, '0')}-${String(prepare).padStart(20, '0')}`);
    const follower = follow(store, { after: position });
    await follower.until(() => follower.pages.length > 0);
    await follower.stop();
    expect(server.subscriptions.at(-1)!.asked.after).toEqual({ commit, prepare });
  });
});

describe('trap: checkpointReached and caughtUp fire before buffered events reach the consumer', () => {
  it('a checkpoint that is ahead of buffered events is not handed out before them', async () => {
    const { server, store, writer } = await open();
    await writer.write(newStream(), [sampleOpened(), ...Array.from({ length: 9 }, () => sampleNoted())]);
    server.live = false;
    const pages = store.subscribe({ pageSize: 4, signal: new AbortController().signal });
    const opening = new Promise((resolve) => server.opened.once('subscription', resolve));
    const first = pages[Symbol.asyncIterator]();
    const page = first.next();
    await opening;
    const subscription = server.subscriptions.at(-1)!;
    const events = server.log.filter((event) => event.streamId.startsWith('sample'));
    events.forEach((event) => subscription.deliver(event));
    const ahead = { commit: 999_999n, prepare: 999_999n };
    subscription.asked.checkpointReached(ahead);
    subscription.stream.emit('caughtUp');
    const seen = [(await page).value, (await first.next()).value, (await first.next()).value] as SubscriptionPage[];
    expect(seen.map(({ events: { length } }) => length)).toEqual([4, 4, 2]);
    expect(seen.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
    for (const { events: inPage, upTo } of seen.slice(0, 2)) expect(upTo).toBe(inPage.at(-1)!.position);
    expect(seen[2]!.upTo).toContain('-00000000000000999999-00000000000000999999');
    await first.return?.(undefined);
  });

  it('checkpoints of a long quiet stretch move on', async () => {
    const { server, store, writer } = await open();
    await writer.write(newStream(), [sampleOpened()]);
    const follower = follow(store);
    await follower.until(() => follower.pages.at(-1)?.caughtUp === true);
    const before = follower.pages.length;
    for (let n = 0; n < 50; n += 1) server.put('$stats-1', { id: 'x', type: '$stats', data: {}, metadata: {} });
    const { position } = server.log.at(-1)!;
    server.subscriptions.forEach((one) => one.asked.checkpointReached(position!));
    await follower.until(() => follower.pages.length > before);
    await follower.stop();
    expect(follower.pages.at(-1)).toMatchObject({ events: [], caughtUp: true });
    expect(follower.pages.at(-1)!.upTo).toContain(`-${String(position!.commit).padStart(20, '0')}-`);
    const again = follow(store, { after: follower.pages.at(-1)!.upTo! });
    await again.until(() => again.pages.length > 0);
    await again.stop();
    expect(again.ids()).toEqual([]);
  });
});

describe('trap: what the server answers to an append', () => {
  it('actualVersion "no_stream" is the head "none"', async () => {
    const { store, writer } = await open();
    const stream = newStream();
    const head = { revision: 3, hash: 'a'.repeat(64), recordedAt: '2026-03-01T09:00:00.000Z' };
    const events = writer.encode(stream, head, [sampleNoted()]);
    expect(await store.append(stream, events, { expected: head })).toEqual({ status: 'conflict', actual: 'none' });
  });

  it('ids are ours and the expected revision is always given, never left to chance or to "any"', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    await writer.write(stream, [sampleOpened()]);
    await writer.write(stream, [sampleNoted()]);
    const { events } = await store.read(stream);
    const sent = server.appends.filter((one) => one.stream === stream);
    expect(sent.map(({ expected }) => expected)).toEqual(['no_stream', 0n]);
    expect(sent.flatMap((one) => one.events.map(({ id }) => id))).toEqual(events.map(({ eventId }) => eventId));
  });

  it('it compares revisions only: a head of another history is a conflict, also in a process that never read it', async () => {
    const { server, writer } = await open();
    const stream = newStream();
    await writer.write(stream, [sampleOpened()]);
    const { store } = await open(server);
    const { head } = await store.read(stream);
    const forged = { ...(head as Exclude<typeof head, 'none'>), hash: 'f'.repeat(64) };
    const fresh = await open(server);
    const events = fresh.writer.encode(stream, forged, [sampleNoted()]);
    expect(await fresh.store.append(stream, events, { expected: forged })).toEqual({
      status: 'conflict',
      actual: head,
    });
  });

  it('"written" for ids that another process wrote under other bytes is a repeat, not a first append', async () => {
    const { server, writer } = await open();
    const other = await open(server);
    const stream = newStream();
    const theirs = other.writer.encode(stream, 'none', [sampleOpened()], 'command-1');
    const ours = writer.encode(stream, 'none', [sampleOpened()], 'command-1');
    const first = await other.store.append(stream, theirs, { expected: 'none' });
    expect(await opened[0]!.append(stream, ours, { expected: 'none' })).toEqual({ ...first, status: 'repeated' });
    expect((await other.store.read(stream)).events.map(bytesOf)).toEqual(theirs);
  });

  it('an error that says nothing of the outcome is an unknown outcome, raw code 14 included', async () => {
    const { server, store, writer } = await open();
    for (const error of [
      Object.assign(new Error('14 UNAVAILABLE'), { code: 14 }),
      clientError('unavailable'),
      clientError('cancelled'),
      clientError('deadline-exceeded'),
      clientError('unknown'),
    ]) {
      const stream = newStream();
      const events = writer.encode(stream, 'none', [sampleOpened()]);
      server.fates.push({ write: true, answer: error });
      await expect(store.append(stream, events, { expected: 'none' })).rejects.toThrow(OutcomeUnknownError);
    }
    server.fates.push({ write: false, answer: clientError('access-denied') });
    await expect(writer.write(newStream(), [sampleOpened()])).rejects.toThrow(StoreFailedError);
  });
});

describe('trap: a deadline leaves the outcome unknown', () => {
  it.each([true, false])(
    'the same bytes are sent again and stand there once (first one written: %s)',
    async (write) => {
      const { server, store, writer } = await open();
      const stream = newStream();
      const events = writer.encode(stream, 'none', [sampleOpened(), sampleNoted()]);
      server.fates.push({ write, answer: 'silence' });
      const result = await appendForSure(store, stream, events, 'none');
      expect(result).toMatchObject({ status: write ? 'repeated' : 'appended', revision: 1 });
      const sent = server.appends.filter((one) => one.stream === stream);
      expect(sent).toEqual(sent.map(() => sent[0]));
      expect(sent).toHaveLength(write ? 1 : 2);
      expect((await store.read(stream)).events.map(bytesOf)).toEqual(events);
      expect(server.renewed).toBe(1);
    },
  );

  it('a repeat is known by its ids at their places, also when another write came between', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    const events = writer.encode(stream, 'none', [sampleOpened(), sampleNoted()]);
    server.fates.push({ write: true, answer: clientError('unavailable') });
    await expect(store.append(stream, events, { expected: 'none' })).rejects.toThrow(OutcomeUnknownError);
    const other = await open(server);
    await other.writer.write(stream, [sampleNoted('from elsewhere')]);
    expect(await store.append(stream, events, { expected: 'none' })).toMatchObject({ status: 'repeated', revision: 1 });
    expect((await store.read(stream)).events).toHaveLength(3);
  });

  it('a lost answer after which somebody else wrote there is a conflict', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    const events = writer.encode(stream, 'none', [sampleOpened()]);
    server.fates.push({ write: false, answer: clientError('unavailable') });
    await expect(store.append(stream, events, { expected: 'none' })).rejects.toThrow(OutcomeUnknownError);
    await (await open(server)).writer.write(stream, [sampleOpened()]);
    expect(await store.append(stream, events, { expected: 'none' })).toMatchObject({ status: 'conflict' });
  });
});

describe('trap: the client stringifies what goes and parses what comes', () => {
  it('metadata goes as a plain Uint8Array, data as what makes the same text again', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    const events = writer.encode(stream, 'none', [sampleOpened(), sampleNoted('𠮷 \u2028 "\\')]);
    await store.append(stream, events, { expected: 'none' });
    const sent = server.appends.at(-1)!.events;
    sent.forEach(({ data, metadata, contentType }, index) => {
      expect(contentType).toBe('application/json');
      expect(metadata.constructor).toBe(Uint8Array);
      expect(Buffer.from(metadata).toString()).toBe(events[index]!.metadata);
      expect(JSON.stringify(data)).toBe(events[index]!.data);
    });
    expect((await store.read(stream)).events.map(bytesOf)).toEqual(events);
  });

  it.each(['{"a": 1}', '{"a":1.0}', '{"a":1,"a":2}', '{"2":1,"1":2}', '{"a":"\\u0041"}', '[', '"text"', 'null'])(
    'a text that would not come back the same is refused before it is stored: %s',
    async (data) => {
      const { server, store, writer } = await open();
      const [event] = writer.encode(newStream(), 'none', [sampleNoted()]);
      const events = [{ ...event!, data }];
      await expect(store.append(event!.stream, events, { expected: 'none' })).rejects.toMatchObject({
        code: 'NOT_STORABLE',
      });
      expect(server.appends.some(({ stream }) => stream === event!.stream)).toBe(false);
    },
  );

  it('malformed JSON comes as a string: it is handed on as it lies there and refused by whoever reads it', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    const metadata = new Uint8Array(Buffer.from('{"broken'));
    server.put(stream, { id: 'a', type: 'sample.Noted', data: '{"note":"x', metadata });
    const [event] = (await store.read(stream)).events;
    expect(event).toMatchObject({ data: '{"note":"x', metadata: '{"broken' });
    expect(() => writer.codec.decode(event!)).toThrow(/is no JSON/);
  });

  it('revisions are bigint on the wire and numbers everywhere else', async () => {
    const { store, writer } = await open();
    const stream = newStream();
    await writer.write(stream, [sampleOpened()]);
    const page = await store.read(stream);
    expect(page.events[0]!.revision).toBe(0);
    expect(() => JSON.stringify([page, store.meta])).not.toThrow();
  });
});

describe('trap: the client’s stream of appends', () => {
  it('an append whose ids are just being written waits: the server would drop it', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    const events = writer.encode(stream, 'none', [sampleOpened()]);
    const send = () => store.append(stream, events, { expected: 'none' });
    const results = await Promise.all([send(), send(), send()]);
    expect(results.map(({ status }) => status)).toEqual(['appended', 'repeated', 'repeated']);
    expect(server.appends.filter((one) => one.stream === stream)).toHaveLength(1);
  });

  it('never holds so many that senders wait inside the client, where a broken connection ends the process', async () => {
    const { server, store, writer } = await open(new FakeServer(), 1_000);
    const large = sampleNoted('x'.repeat(60_000));
    const before = server.appends.length;
    for (let n = 0; n < 40; n += 1) server.fates.push({ write: false, answer: 'silence' });
    const sent = Array.from({ length: 40 }, newStream).map((stream) =>
      store.append(stream, writer.encode(stream, 'none', [large]), { expected: 'none' }).catch(() => undefined),
    );
    await setTimeout(20);
    expect(server.appends.length - before).toBe(15);
    await Promise.all(sent);
  });
});

describe('trap: the server’s own streams', () => {
  it('streams that begin with $ and the store’s description are in no reading', async () => {
    const { server, store, writer } = await open();
    expect(await store.head()).toBeUndefined();
    const noise = () => server.put('$ce-sample', { id: 'x', type: '$>', data: '0@sample-1', metadata: {} });
    for (let n = 0; n < 120; n += 1) noise();
    const first = await writer.write(newStream(), [sampleOpened()]);
    for (let n = 0; n < 700; n += 1) noise();
    expect(first).toMatchObject({ position: await store.head() });
    expect(await store.readAll({ limit: 1 })).toMatchObject({ events: [{ revision: 0 }], end: true });
    expect((await store.readAll({ limit: 1, direction: 'backward' })).events).toHaveLength(1);
    const follower = follow(store);
    await follower.until(() => follower.pages.at(-1)?.caughtUp === true);
    await follower.stop();
    expect(follower.ids()).toHaveLength(1);
  });

  it('two starters make one store', async () => {
    const server = new FakeServer();
    const stores = await Promise.all([open(server), open(server), open(server)]);
    expect(new Set(stores.map(({ store }) => store.meta.storeId)).size).toBe(1);
    await expect(openOn(server, { clock, lineageId: 'other' })).rejects.toMatchObject({ code: 'OTHER_LINEAGE' });
    await expect(openOn(server, { clock: { simulated: true } })).rejects.toMatchObject({ code: 'SIMULATED' });
  });
});

describe('the server’s own stamp', () => {
  it('stands beside recordedAt, is not hashed, and verify tells when it is far from it', async () => {
    const { server, store } = await open();
    const writer = new SampleWriter(store, new Date(60_000).toISOString());
    const stream = newStream();
    await writer.write(stream, [sampleOpened(), sampleNoted()]);
    expect((await store.read(stream)).events[0]).toMatchObject({ storedAt: '1970-01-01T00:00:00.000Z' });
    expect(await verifyStore(store)).not.toHaveProperty('storedApart');
    Object.assign(server.log.at(-1)!, { created: 3_600_000 });
    expect(await verifyStore(store)).toMatchObject({ ok: true, storedApart: { events: 1, first: { revision: 1 } } });
  });
});

describe('trap: one client per process, disposed of', () => {
  const url =
    'esdb://user:pass%40word@node1.invalid:2113,node2.invalid:2113,node3.invalid?tls=true&nodePreference=leader';

  it('is shared by whoever opens the same server, cluster strings included; another server is refused', async () => {
    const one = takeLink(url);
    const two = takeLink(url);
    expect(() => takeLink('esdb://elsewhere.invalid:2113')).toThrow(/one client per process/);
    await one.dispose();
    await one.dispose();
    expect(() => takeLink('esdb://elsewhere.invalid:2113')).toThrow(/one client per process/);
    await two.dispose();
    await takeLink('esdb://elsewhere.invalid:2113').dispose();
  });

  it('a connection string that can’t be read is refused without repeating the password', () => {
    expect(() => takeLink('esdb://user:secret@')).toThrow(expect.not.objectContaining({ message: /secret/ }) as Error);
    expect(() => takeLink('nonsense')).toThrow(StoreFailedError);
  });

  it('closing ends subscriptions, waits for appends under way and disposes of the client', async () => {
    const { server, store, writer } = await open();
    const stream = newStream();
    const follower = follow(store);
    await follower.until(() => follower.pages.length > 0);
    const events = writer.encode(stream, 'none', [sampleOpened()]);
    const append = store.append(stream, events, { expected: 'none' });
    await store.close();
    expect(await append).toMatchObject({ status: 'appended' });
    await follower.done;
    expect(server.disposed).toBe(1);
    expect(server.subscriptions.every((one) => one.cancelled)).toBe(true);
    await expect(store.append(stream, events, { expected: headOf(events) })).rejects.toThrow();
  });
});
