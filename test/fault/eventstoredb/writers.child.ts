import {
  openEventStoreDb,
  OutcomeUnknownError,
  StoreBusyError,
  systemClock,
  type EventStore,
} from '@aftercare/event-store';
import { newStream, sampleNoted, sampleOpened, SampleWriter } from '@aftercare/event-store/testing';
import { setTimeout } from 'node:timers/promises';

/**
 * `writers.child.ts <connection string> <writers> <characters per event>`: appends and follows until SIGTERM, whatever becomes of the
 * server. Prints "ack <stream> <revision>" for each append and at the end one line of JSON.
 */
const [connectionString = '', count = '64', characters = '100'] = process.argv.slice(2);

const note = () => sampleNoted('x'.repeat(Number(characters)));

let stopping = false;
const counts = { acknowledged: 0, repeated: 0, unknown: 0, busy: 0, conflicts: 0, doubled: 0, disordered: 0 };
process.on('SIGTERM', () => (stopping = true));

/** Tries for ever; an append is repeated with the same bytes. */
const surely = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof OutcomeUnknownError) counts.unknown += 1;
      else if (error instanceof StoreBusyError) counts.busy += 1;
      else throw error;
      await setTimeout(200);
    }
  }
};

const write = async (store: EventStore): Promise<void> => {
  const writer = new SampleWriter(store);
  while (!stopping) {
    const stream = newStream();
    for (let n = 0; n < 5 && !stopping; n += 1) {
      const { head } = await surely(() => store.read(stream, { direction: 'backward', limit: 1 }));
      const events = writer.encode(stream, head, n === 0 ? [sampleOpened(), note()] : [note()]);
      const result = await surely(() => store.append(stream, events, { expected: head }));
      if (result.status === 'conflict') {
        counts.conflicts += 1;
        break;
      }
      counts.acknowledged += 1;
      if (result.status === 'repeated') counts.repeated += 1;
      process.stdout.write(`ack ${stream} ${result.revision}\n`);
    }
  }
};

/** Follows from `after`; checks that nothing comes twice and each stream in order. */
const follow = (store: EventStore, after: string | undefined) => {
  const ending = new AbortController();
  const revisions = new Map<string, number>();
  let last = after ?? '';
  let seen = 0;
  const done = (async () => {
    const start = after === undefined ? {} : { after };
    for await (const page of store.subscribe({ ...start, signal: ending.signal }))
      for (const event of page.events) {
        if (event.position <= last) counts.doubled += 1;
        last = event.position;
        if (event.revision !== (revisions.get(event.stream) ?? -1) + 1) counts.disordered += 1;
        revisions.set(event.stream, event.revision);
        seen += 1;
      }
  })();
  const reach = async (position: string) => {
    while (last < position) await Promise.race([setTimeout(20), done]);
    ending.abort();
    await done;
    return seen;
  };
  return { reach };
};

const main = async (): Promise<void> => {
  const store = await openEventStoreDb({ connectionString, clock: systemClock() });
  const start = await store.head();
  const follower = follow(store, start);
  process.stdout.write(`start ${start ?? ''}\n`);
  await Promise.all(Array.from({ length: Number(count) }, () => write(store)));
  const head = (await surely(() => store.head()))!;
  const followed = await follower.reach(head);
  process.stdout.write(`${JSON.stringify({ ...counts, followed })}\n`);
  await store.close();
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
