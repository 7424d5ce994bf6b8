import { between, type EventMetadata, type Instant, type RecordedEvent, type Role } from '@aftercare/domain';
import type { EventStore, StoredEvent } from '@aftercare/event-store';
import type { Platform } from '../composition/platform';
import { EntryWriter, type HistoryEntry } from './history-entry';

/** What is looked for in the whole store; everything given must hold. */
export interface Wanted {
  readonly actor?: string;
  readonly role?: string;
  /** recordedAt, from this instant on. */
  readonly from?: Instant;
  /** recordedAt, before this instant. */
  readonly to?: Instant;
  readonly types?: readonly string[];
  /** Id of a product unit, in the payload or as the stream. */
  readonly unit?: string;
  /** Streams whose data was shown or exported (access log). */
  readonly shown?: readonly string[];
}

/** A page of what was found, the latest first. */
export interface SearchPage {
  readonly entries: readonly HistoryEntry[];
  /** Cursor of the following page; a page may be short or empty and still have one. */
  readonly next?: string;
  /** How many events were looked at for this page, and how far back it came. */
  readonly looked: number;
  readonly backTo?: Instant;
}

/** No question may hold the process: one looks at so many pages of the log, then says where to go on. */
const PAGES = 20;
const PAGE = 1_000;
/** Several writers' clocks differ a little: an event may stand behind one that was recorded later. */
const SLACK_MS = 60 * 60_000;

/**
 * The same within one stream that is known: it is read whole. The cursor is a revision, so that pages don't shift when
 * something is appended meanwhile.
 *
 * @param cursor only what stands before this revision
 */
export const searchStream = async (
  { streams, registry, config }: Pick<Platform, 'streams' | 'registry' | 'config'>,
  name: string,
  wanted: Wanted,
  { limit, cursor, reader }: { readonly limit: number; readonly cursor?: number; readonly reader: Role },
): Promise<SearchPage> => {
  const { events } = await streams.load(name);
  const hits = events
    .filter(({ revision }) => cursor === undefined || revision < cursor)
    .filter((event) => holds(event.metadata, wanted) && (wanted.types?.includes(event.type) ?? true))
    .filter(({ data }) => wanted.unit === undefined || JSON.stringify(data).includes(`"${wanted.unit}"`))
    .reverse();
  const shown = hits.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: await entriesOf(shown, { streams, registry, config }, reader),
    ...(last !== undefined && hits.length > limit ? { next: String(last.revision) } : {}),
    looked: events.length,
  };
};

/**
 * Looks through the log from its end, or from the cursor, back to `from`. The streams answer, no read model.
 *
 * @throws UnknownPositionError for a cursor of another store
 */
export const searchLog = async (
  {
    stores: { store },
    codec,
    streams,
    registry,
    config,
  }: Pick<Platform, 'stores' | 'codec' | 'streams' | 'registry' | 'config'>,
  wanted: Wanted,
  { limit, cursor: start, reader }: { readonly limit: number; readonly cursor?: string; readonly reader: Role },
): Promise<SearchPage> => {
  let cursor = start;
  const hits: StoredEvent[] = [];
  let looked = 0;
  let backTo: Instant | undefined;
  const answer = async (next?: string): Promise<SearchPage> => ({
    entries: await entriesOf(
      hits.map((stored) => codec.decode(stored)),
      { streams, registry, config },
      reader,
    ),
    ...(next === undefined ? {} : { next }),
    looked,
    ...(backTo === undefined ? {} : { backTo }),
  });
  for await (const { events, upTo } of pagesBackward(store, wanted.types, cursor)) {
    for (const stored of events) {
      const metadata = JSON.parse(stored.metadata) as EventMetadata;
      if (wanted.from !== undefined && between(metadata.recordedAt, wanted.from) > SLACK_MS) return answer();
      looked += 1;
      backTo = metadata.recordedAt;
      if (!holds(metadata, wanted) || !names(stored, wanted)) continue;
      hits.push(stored);
      if (hits.length === limit) return answer(stored.position);
    }
    cursor = upTo;
  }
  return answer(cursor);
};

/** Pages of the log, the latest first. The last one has no `upTo` when the log's beginning was reached. */
async function* pagesBackward(
  store: Pick<EventStore, 'readAll'>,
  types: readonly string[] | undefined,
  after: string | undefined,
): AsyncGenerator<{ readonly events: readonly StoredEvent[]; readonly upTo?: string }> {
  let place = after;
  for (let count = 0; count < PAGES; count += 1) {
    const { events, upTo, end } = await store.readAll({
      direction: 'backward',
      limit: PAGE,
      ...(types ? { types: [...types] } : {}),
      ...(place === undefined ? {} : { after: place }),
    });
    if (end || upTo === undefined) {
      yield { events };
      return;
    }
    yield { events, upTo };
    place = upTo;
  }
}

const entriesOf = async (
  events: readonly RecordedEvent[],
  { streams, registry, config }: Pick<Platform, 'streams' | 'registry' | 'config'>,
  reader: Role,
): Promise<readonly HistoryEntry[]> => {
  const opened = await streams.openAll(events);
  const writer = new EntryWriter(registry, opened, reader, config.zone);
  return opened.map((event) => writer.entry(event));
};

const holds = ({ actor, recordedAt }: EventMetadata, wanted: Wanted): boolean =>
  (wanted.actor === undefined || actor.id === wanted.actor) &&
  (wanted.role === undefined || actor.role === wanted.role) &&
  (wanted.from === undefined || recordedAt >= wanted.from) &&
  (wanted.to === undefined || recordedAt < wanted.to);

/** Looked for in the stored text: parsing every payload of the store would take ten times as long. */
const names = ({ stream, data }: StoredEvent, { unit, shown }: Wanted): boolean =>
  (unit === undefined || stream === `product_unit-${unit}` || data.includes(`"${unit}"`)) &&
  (shown === undefined || shown.some((one) => data.includes(`"subject":"${one}"`)));
