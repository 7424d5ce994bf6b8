import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import type { RecordedEvent } from '@aftercare/domain';
import { openSqliteStore, systemClock, type EventStore } from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { buildInChild, openProjections, openSqliteViews, sqliteBuildSource, ticketQueue } from '@aftercare/projections';
import { Journal, matters } from '@aftercare/projections/testing';
import { atLeast, atMost, interleaved, median, type BenchRow } from '../bench';

const TICKETS = 8_900;
const EVENTS = 200_000;

/** The queue from 200,000 events, in a process of its own, against JSON.parse of the same data and metadata. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'events.db');
  const store = openSqliteStore({ path, clock: systemClock() });
  try {
    const events = await fill(store);
    process.stderr.write(`  ${events} events written\n`);
    const peaks: number[] = [];
    const figures = await interleaved(
      async () => {
        const file = join(folder.path, 'built.db');
        const built = await buildInChild({ source: sqliteBuildSource(path), model: ticketQueue.projector.name, file });
        peaks.push(built.peakBytes / 1e6);
        return (events * 1_000) / built.millis;
      },
      () => parseOnly(store, events),
    );
    const delay = await delayWhileServing(store, path, folder.path);
    process.stderr.write(`  event loop of the serving process during a rebuild: p99 ${delay.toFixed(1)} ms\n`);
    const memory = { ours: median(peaks), rival: 300 };
    return [
      atLeast(
        0.35,
        `the queue from ${events} events, against JSON.parse of the same data and metadata`,
        'events/s',
        figures,
      ),
      { ...atMost(1, 'peak memory of the building process, against the limit', 'MB', memory), target: '≤ 300 MB' },
    ];
  } finally {
    await store.close();
    folder.remove();
  }
}

/** Events per second of the parsing alone: the texts are at hand. */
const parseOnly = async (store: EventStore, events: number): Promise<number> => {
  let millis = 0;
  for await (const page of store.subscribe({ signal: new AbortController().signal })) {
    const start = performance.now();
    for (const { data, metadata } of page.events) {
      JSON.parse(data);
      JSON.parse(metadata);
    }
    millis += performance.now() - start;
    if (page.caughtUp) break;
  }
  return (events * 1_000) / millis;
};

/** p99 of the event loop's delay, in ms, in a process that serves while its queue is rebuilt and copied in. */
const delayWhileServing = async (store: EventStore, path: string, folder: string): Promise<number> => {
  const views = openSqliteViews(join(folder, 'views.db'));
  const { codec } = new Journal(store);
  const decode = (stored: Parameters<typeof codec.decode>[0]): RecordedEvent => codec.decode(stored);
  const source = sqliteBuildSource(path);
  const models = [ticketQueue];
  const projections = await openProjections({ views, store, decode, clock: systemClock(), models, source });
  const stopping = new AbortController();
  const ended = projections.run(stopping.signal);
  const head = await store.head();
  await projections.waitFor(ticketQueue.projector.name, head!, 60_000);
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  await projections.rebuild(ticketQueue.projector.name);
  delays.disable();
  stopping.abort();
  await ended;
  await views.close();
  return delays.percentile(99) / 1e6;
};

/** Writes until there are enough events: side by side where they belong to different streams. */
const fill = async (store: EventStore): Promise<number> => {
  const journal = new Journal(store);
  const entries = matters({ seed: 1, tickets: TICKETS });
  let events = 0;
  for (let next = 0; next < entries.length && events < EVENTS;) {
    const group: (typeof entries)[number][] = [];
    const streams = new Set<string>();
    for (; next < entries.length && group.length < 64 && !streams.has(entries[next]!.stream); next += 1) {
      streams.add(entries[next]!.stream);
      group.push(entries[next]!);
      events += entries[next]!.events.length;
    }
    await Promise.all(group.map((entry) => journal.write(entry)));
  }
  return events;
};
