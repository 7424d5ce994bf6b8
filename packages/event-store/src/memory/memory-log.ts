import type { AppendRequest } from '../adapter/append-queue';
import type { StreamLookup } from '../adapter/judge-append';
import { Positions } from '../adapter/positions';
import { headAfter } from '../codec/hash-chain';
import type { StoreNote } from '../port/movable-store';
import type {
  AllPage,
  AppendResult,
  Head,
  ReadAllOptions,
  ReadOptions,
  StoredEvent,
  StoreMeta,
  StreamPage,
} from '../port/event-store';

/** What outlives a memory store, so that a test can "restart" it: hand the same contents to a new one. */
export interface MemoryContents {
  readonly meta: StoreMeta;
  readonly events: StoredEvent[];
  readonly notes?: StoreNote[];
}

/** The events in global order and by stream. */
export class MemoryLog implements StreamLookup {
  readonly positions: Positions;
  readonly #all: StoredEvent[];
  readonly #streams = new Map<string, StoredEvent[]>();

  constructor(contents: MemoryContents) {
    this.positions = new Positions(contents.meta.storeId);
    this.#all = contents.events;
    this.#all.forEach((event) => this.#streamOf(event.stream).push(event));
  }

  /** Place of the last event; 0 when there is none. */
  get end(): number {
    return this.#all.length;
  }

  head(stream: string): Head {
    const last = this.#streams.get(stream)?.at(-1);
    return last ? headAfter(last) : 'none';
  }

  idsFrom(stream: string, from: number, count: number): readonly StoredEvent[] {
    return this.#streams.get(stream)?.slice(from, from + count) ?? [];
  }

  write({ stream, events }: AppendRequest): AppendResult {
    for (const event of events) {
      const stored = { ...event, position: this.positions.format(this.end + 1) };
      this.#all.push(stored);
      this.#streamOf(stream).push(stored);
    }
    return { status: 'appended', revision: events.at(-1)!.revision, position: this.positions.format(this.end) };
  }

  read(stream: string, { from, limit = 1_000, direction = 'forward' }: ReadOptions = {}): StreamPage {
    const all = this.#streams.get(stream) ?? [];
    const head = this.head(stream);
    if (direction === 'forward') return { events: all.slice(from ?? 0, (from ?? 0) + limit), head };
    const to = Math.min(from ?? all.length - 1, all.length - 1) + 1;
    return { events: all.slice(Math.max(0, to - limit), to).reverse(), head };
  }

  readAll({ after, limit = 1_000, direction = 'forward', types }: ReadAllOptions = {}): AllPage {
    const backward = direction === 'backward';
    const start = backward && after === undefined ? this.end + 1 : this.positions.parse(after, this.end);
    const last = backward ? Math.min(1, this.end) : this.end;
    const events: StoredEvent[] = [];
    let left = Math.max(0, backward ? start - last : last - start);
    let place = start;
    for (; left > 0 && events.length < limit; left -= 1) {
      place += backward ? -1 : 1;
      const event = this.#all[place - 1]!;
      if (types?.includes(event.type) ?? true) events.push(event);
    }
    return { events, end: left === 0, ...this.#upTo(place) };
  }

  #upTo(place: number): Pick<AllPage, 'upTo'> {
    return this.end === 0 || place === 0 ? {} : { upTo: this.positions.format(place) };
  }

  page(place: number, limit: number): { readonly events: readonly StoredEvent[]; readonly last: number } {
    const events = this.#all.slice(place, place + limit);
    return { events, last: place + events.length };
  }

  #streamOf(stream: string): StoredEvent[] {
    const known = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, known);
    return known;
  }
}
