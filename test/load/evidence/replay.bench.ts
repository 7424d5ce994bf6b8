import type { DomainEvent, RecordedEvent } from '@aftercare/domain/kernel';
import {
  createMemoryKeys,
  nextLink,
  openSqliteStore,
  systemClock,
  type ChainLink,
  type StoredEvent,
} from '@aftercare/event-store';
import { newStream, sampleDecider, sampleNoted, SampleWriter, temporaryFolder } from '@aftercare/event-store/testing';
import { join } from 'node:path';
import { atLeast, interleaved, type BenchRow } from '../bench';
import { benchEvent } from '../event-store/bench-events';
import { perCpuSecond } from './cpu';

const EVENTS = 10_000;
const BATCH = 100;
const PAGE = 1_000;
/** As long as what the others hold. */
const LONG_NOTE = 'P'.repeat(360);
const NOW = '2026-03-01T09:00:00.000Z';

/** Of so many events, how many hold something personal. */
interface Mix {
  readonly said: string;
  readonly personal: number;
  readonly events: number;
}

/** Counted in the demo's quarter (`playQuarter`): the events of all its complaints, and of all its tickets. */
const MIXES: readonly Mix[] = [
  { said: "384 of 1,047 personal as in the demo's complaints", personal: 384, events: 1_047 },
  { said: "552 of 7,762 personal as in the demo's tickets", personal: 552, events: 7_762 },
  { said: 'every one personal', personal: 1, events: 1 },
];

/**
 * A long stream read, its chain verified, personal parts decrypted, folded, against JSON.parse of the same texts in memory:
 * with something personal in as many events as business has it, and in each.
 */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const mix of MIXES) rows.push(await replayed(mix));
  return rows;
}

const replayed = async (mix: Mix): Promise<BenchRow> => {
  const folder = temporaryFolder();
  const store = openSqliteStore({ path: join(folder.path, 'events.db'), clock: systemClock() });
  const { codec } = new SampleWriter(store);
  const keys = createMemoryKeys();
  const stream = newStream();
  try {
    for (let from = 0; from < EVENTS; from += BATCH) {
      const { head } = await store.read(stream, { from, limit: 1 });
      const events = Array.from({ length: BATCH }, (_, n) => eventOf(from + n, mix));
      const subjects = await keys.ensure(subjectsIn(events));
      const writing = { stream, head, commandId: `c${from}`, commandDigest: '', correlationId: stream, now: NOW };
      const actor = { id: 'staff-1', role: 'agent' } as const;
      const encoded = codec.encode(events, { ...writing, causationId: 'c', actor }, subjects);
      await store.append(stream, encoded, { expected: head });
    }
    const replay = async (): Promise<void> => {
      let state: typeof sampleDecider.initial = sampleDecider.initial;
      let link: ChainLink | undefined;
      const verified = (stored: StoredEvent): RecordedEvent => {
        const next = nextLink(stored, link);
        if (typeof next === 'string') throw new Error(next);
        link = next;
        return codec.decode(stored);
      };
      for (let from = 0; from < EVENTS; from += PAGE) {
        const { events } = await store.read(stream, { from, limit: PAGE });
        // As the auditor's desk opens them.
        for (const opened of await codec.openAll(events.map(verified), keys))
          state = sampleDecider.evolve(state, opened as never);
      }
      if (link?.revision !== EVENTS - 1 || state.status !== 'open') throw new Error('the stream was not replayed');
    };
    const texts: string[] = [];
    for (let from = 0; from < EVENTS; from += 1_000)
      for (const { data, metadata } of (await store.read(stream, { from })).events) texts.push(data, metadata);
    const parse = (): void => {
      for (const text of texts) JSON.parse(text);
    };
    await replay();
    parse();
    const figures = await interleaved(
      () => perCpuSecond(EVENTS, replay),
      () => perCpuSecond(EVENTS, parse),
      9,
    );
    return atLeast(
      0.12,
      `replay of ${EVENTS} events, ${mix.said}: verified, decrypted, folded, against JSON.parse`,
      'events per s of CPU',
      figures,
    );
  } finally {
    await store.close();
    folder.remove();
  }
};

/** Spread evenly. */
const isPersonal = (n: number, { personal, events }: Mix): boolean =>
  Math.floor(((n + 1) * personal) / events) > Math.floor((n * personal) / events);

const eventOf = (n: number, mix: Mix): DomainEvent =>
  isPersonal(n, mix) ? benchEvent(n, `customer-${n % 50}`) : sampleNoted(LONG_NOTE);

const subjectsIn = (events: readonly DomainEvent[]): string[] =>
  events.flatMap(({ personal }) => personal?.map(({ subject }) => subject) ?? []);
