import { openSqliteStore, systemClock, type EventStore } from '@aftercare/event-store';
import { SampleWriter, temporaryFolder } from '@aftercare/event-store/testing';
import { join } from 'node:path';
import { atLeast, interleaved, perSecond, type BenchRow } from '../bench';
import { fill } from './bench-events';

const EVENTS = 60_000;

/** A subscriber from the beginning, each event decoded, against JSON.parse of the same data and metadata. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  const store = openSqliteStore({ path: join(folder.path, 'events.db'), clock: systemClock() });
  try {
    await fill(store, EVENTS);
    const texts = await textsOf(store);
    const parse = () => {
      for (const [data, metadata] of texts) {
        JSON.parse(data);
        JSON.parse(metadata);
      }
    };
    const figures = await interleaved(
      () => perSecond(EVENTS, () => catchUp(store)),
      () => perSecond(EVENTS, parse),
      5,
    );
    return [
      atLeast(0.5, 'catch-up through port and decoder, against JSON.parse of the same texts', 'events/s', figures),
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

const textsOf = async (store: EventStore): Promise<[string, string][]> => {
  const texts: [string, string][] = [];
  for (let after: string | undefined; ;) {
    const page = await store.readAll({ limit: 5_000, ...(after === undefined ? {} : { after }) });
    texts.push(...page.events.map(({ data, metadata }): [string, string] => [data, metadata]));
    if (page.end) return texts;
    after = page.upTo;
  }
};
