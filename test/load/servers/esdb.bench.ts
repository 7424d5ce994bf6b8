import { openEventStoreDb, systemClock, type EventStore } from '@aftercare/event-store';
import { newStream, SAMPLE_KEY, sampleNoted, sampleOpened, SampleWriter } from '@aftercare/event-store/testing';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { atLeast, interleaved, perSecond, type BenchRow } from '../bench';
import { benchEvent, encodeCreation, fill } from '../event-store/bench-events';

const CONCURRENT = 64;
const APPENDS = 2_000;
const CATCH_UP = 15_000;
const STREAM = 10_000;
/** Many short rounds: what else the machine does then hits both sides. */
const ROUNDS = 9;
const SUBJECT = 'customer-1';
const KEYS = new Map([[SUBJECT, SAMPLE_KEY]]);

/** What the bare client is used for here. */
interface BareClient {
  appendToStream(stream: string, events: readonly object[], options: object): Promise<unknown>;
  readStream(stream: string, options?: object): AsyncIterable<unknown>;
  subscribeToAll(options: object): AsyncIterable<unknown> & { unsubscribe(): Promise<void> };
  dispose(): Promise<void>;
}

/** Our adapter on EventStoreDB against the bare client on the same server; nothing where `ESDB_URL` names none. */
export async function run(): Promise<BenchRow[]> {
  const connectionString = process.env['ESDB_URL'];
  if (connectionString === undefined) {
    process.stderr.write('EventStoreDB: skipped: no ESDB_URL\n');
    return [];
  }
  const bare = openBare(connectionString);
  const appended = await append(connectionString, bare);
  const store = await openEventStoreDb({ connectionString, clock: systemClock() });
  try {
    return [
      atLeast(0.75, `EventStoreDB: append, ${CONCURRENT} concurrent, against the bare client`, 'events/s', appended),
      atLeast(
        0.75,
        'EventStoreDB: catch-up, parsed and upcast, against the bare client',
        'events/s',
        await catchUp(store, bare),
      ),
      atLeast(
        0.7,
        `EventStoreDB: read of ${STREAM} events, parsed and upcast, against the bare client`,
        'events/s',
        await read(store, bare),
      ),
    ];
  } finally {
    await Promise.all([store.close(), bare.dispose()]);
  }
}

/** The client that the adapter itself is built on: a dependency of that package only. */
const openBare = (connectionString: string): BareClient => {
  const from = createRequire(join(__dirname, '../../../packages/event-store/package.json'));
  const { EventStoreDBClient } = from('@eventstore/db-client') as {
    EventStoreDBClient: { connectionString(text: string): BareClient };
  };
  return EventStoreDBClient.connectionString(connectionString);
};

const append = async (connectionString: string, bare: BareClient) => {
  const open = () => openEventStoreDb({ connectionString, clock: systemClock() });
  let store = await open();
  const writer = new SampleWriter(store);
  await store.close();
  const event = benchEvent(1, SUBJECT);
  // Both send the same encoded events: what is measured is the adapter.
  const ready = () => {
    const stream = newStream();
    return { stream, events: encodeCreation(writer, stream, event, KEYS) };
  };
  const ours = async ({ stream, events }: ReturnType<typeof ready>) => {
    await store.append(stream, events, { expected: 'none' });
  };
  const rival = async ({ stream, events }: ReturnType<typeof ready>) => {
    const sent = events.map(({ eventId, type, data, metadata }) => ({
      id: eventId,
      type,
      contentType: 'application/json',
      data: JSON.parse(data) as object,
      metadata: new Uint8Array(Buffer.from(metadata)),
    }));
    await bare.appendToStream(stream, sent, { expectedRevision: 'no_stream' });
  };
  const side = (send: (item: ReturnType<typeof ready>) => Promise<void>) => () => {
    const items = Array.from({ length: APPENDS }, ready);
    return perSecond(APPENDS, () => together(items, send));
  };
  // Open only while it is measured: what our adapter follows of the log would slow the rival too.
  const oursOpen = async () => {
    store = await open();
    try {
      return await side(ours)();
    } finally {
      await store.close();
    }
  };
  await oursOpen();
  await side(rival)();
  return interleaved(oursOpen, side(rival), ROUNDS);
};

const catchUp = async (store: EventStore, bare: BareClient) => {
  const start = await store.head();
  await fill(store, CATCH_UP);
  const { codec } = new SampleWriter(store);
  const ours = async () => {
    let seen = 0;
    const options = start === undefined ? {} : { after: start };
    for await (const page of store.subscribe({ ...options, signal: new AbortController().signal })) {
      for (const event of page.events) codec.decode(event);
      seen += page.events.length;
      if (seen >= CATCH_UP) break;
    }
  };
  const rival = async () => {
    let seen = 0;
    const [commit, prepare] = (start?.match(/\d{20}/g) ?? []).map(BigInt);
    const subscription = bare.subscribeToAll({
      fromPosition: commit === undefined ? 'start' : { commit, prepare },
      filter: { filterOn: 'streamName', regex: '^[^$]', checkpointInterval: 32 },
    });
    // The client has parsed data and metadata with JSON.parse already.
    for await (const _ of subscription) if (++seen >= CATCH_UP) break;
  };
  await ours();
  await rival();
  return interleaved(
    () => perSecond(CATCH_UP, ours),
    () => perSecond(CATCH_UP, rival),
    ROUNDS,
  );
};

const read = async (store: EventStore, bare: BareClient) => {
  const writer = new SampleWriter(store);
  const stream = newStream();
  for (let n = 0; n < STREAM; n += 100)
    await writer.write(
      stream,
      Array.from({ length: 100 }, (_, k) =>
        n + k === 0 ? sampleOpened() : sampleNoted(`note ${n + k}: ${'x'.repeat(200)}`),
      ),
    );
  const ours = async () => {
    const { events } = await store.read(stream, { limit: STREAM });
    for (const event of events) writer.codec.decode(event);
    if (events.length !== STREAM) throw new Error(`read ${events.length} of ${STREAM} events`);
  };
  const rival = async () => {
    let seen = 0;
    for await (const _ of bare.readStream(stream)) seen += 1;
    if (seen !== STREAM) throw new Error(`read ${seen} of ${STREAM} events`);
  };
  await ours();
  await rival();
  return interleaved(
    () => perSecond(STREAM, ours),
    () => perSecond(STREAM, rival),
    ROUNDS,
  );
};

/** `CONCURRENT` callers, each sending its next append when the one before was answered. */
const together = async <T>(items: T[], send: (item: T) => Promise<void>): Promise<void> => {
  const caller = async () => {
    for (let item = items.pop(); item !== undefined; item = items.pop()) await send(item);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, caller));
};
