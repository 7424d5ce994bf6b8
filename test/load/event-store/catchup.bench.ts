import { openSqliteStore, systemClock, type EventStore } from '@aftercare/event-store';
import { SampleWriter, temporaryFolder } from '@aftercare/event-store/testing';
import { join } from 'node:path';
import { atLeast, cpuSecondsSince, interleaved, perCpuSecond, type BenchRow } from '../bench';
import { fillApart } from './bench-events';

const EVENTS = 60_000;

/** A subscriber from the beginning, each event decoded, against JSON.parse of the same data and metadata. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'events.db');
  fillApart(path, EVENTS);
  const store = openSqliteStore({ path, clock: systemClock() });
  try {
    const figures = await interleaved(
      () => perCpuSecond(EVENTS, () => catchUp(store)),
      () => parseOnly(store),
      9,
    );
    return [
      atLeast(0.5, 'catch-up through port and decoder, against JSON.parse of the same texts', 'events/cpu-s', figures),
    ];
  } finally {
    await store.close();
    folder.remove();
  }
}

const catchUp = async (store: EventStore): Promise<void> => {
  const { codec } = new SampleWriter(store);
  let seen = 0;
  for await (const page of store.subscribe({ signal: new AbortController().signal })) {
    for (const event of page.events) codec.decode(event);
    seen += page.events.length;
    if (page.caughtUp) break;
  }
  if (seen !== EVENTS) throw new Error(`saw ${seen} of ${EVENTS} events`);
};

/** The parsing alone, by processor time: the texts are at hand, page by page, as the subscriber has them. */
const parseOnly = async (store: EventStore): Promise<number> => {
  let seconds = 0;
  for await (const page of store.subscribe({ signal: new AbortController().signal })) {
    const start = process.cpuUsage();
    for (const { data, metadata } of page.events) {
      JSON.parse(data);
      JSON.parse(metadata);
    }
    seconds += cpuSecondsSince(start);
    if (page.caughtUp) break;
  }
  return EVENTS / seconds;
};
