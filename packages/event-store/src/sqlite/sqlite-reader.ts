import type { Database, Statement } from 'better-sqlite3';
import type { Positions } from '../adapter/positions';
import { headAfter } from '../codec/hash-chain';
import type {
  AllPage,
  Head,
  Position,
  ReadAllOptions,
  ReadOptions,
  StoredEvent,
  StreamPage,
} from '../port/event-store';

/** A row as SQLite hands it over fastest: an array in the order of COLUMNS. */
type Row = readonly [number, string, number, string, string, string, string];

const COLUMNS = 'global_position, stream, revision, event_id, type, data, metadata';

/** A filtered read looks at so many times its limit, then answers with what it found: no read may take seconds. */
const FILTER_WINDOW = 20;

/** All reading, on a connection of its own, in whole pages: no cursor stays open across an await. */
export class SqliteReader {
  readonly #forward: Statement;
  readonly #backward: Statement;
  readonly #last: Statement;
  readonly #end: Statement;
  readonly #allForward: Statement;
  readonly #allBackward: Statement;
  readonly #typesForward: Statement;
  readonly #typesBackward: Statement;

  constructor(
    db: Database,
    private readonly positions: Positions,
  ) {
    const rows = (rest: string) => db.prepare(`SELECT ${COLUMNS} FROM events WHERE ${rest}`).raw();
    const ofTypes = 'type IN (SELECT value FROM json_each(?))';
    this.#forward = rows('stream = ? AND revision >= ? ORDER BY revision LIMIT ?');
    this.#backward = rows('stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?');
    this.#last = db.prepare('SELECT revision, metadata FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.#end = db.prepare('SELECT max(global_position) FROM events').pluck();
    this.#allForward = rows('global_position > ? ORDER BY global_position LIMIT ?');
    this.#allBackward = rows('global_position < ? ORDER BY global_position DESC LIMIT ?');
    this.#typesForward = rows(
      `global_position > ? AND global_position <= ? AND ${ofTypes} ORDER BY global_position LIMIT ?`,
    );
    this.#typesBackward = rows(
      `global_position >= ? AND global_position < ? AND ${ofTypes} ORDER BY global_position DESC LIMIT ?`,
    );
  }

  /** Place of the last event; 0 in an empty store. */
  end(): number {
    return (this.#end.get() as number | null) ?? 0;
  }

  read(stream: string, options: ReadOptions = {}): StreamPage {
    const { limit = 1_000, direction = 'forward' } = options;
    const backward = direction === 'backward';
    const from = options.from ?? (backward ? Number.MAX_SAFE_INTEGER : 0);
    const rows = (backward ? this.#backward : this.#forward).all(stream, from, limit) as Row[];
    if (rows.length === 0 && !backward && from === 0) return { events: [], head: 'none' };
    const events = rows.map((row) => this.#stored(row));
    // The head stands in the page itself, unless the page ends early or starts late.
    const seen = backward ? options.from === undefined && events[0] : events.length < limit && events.at(-1);
    return { events, head: seen ? headAfter(seen) : this.#head(stream) };
  }

  readAll(options: ReadAllOptions = {}): AllPage {
    const end = this.end();
    const after = this.positions.parse(options.after, end);
    return options.direction === 'backward'
      ? this.#allBefore(options.after === undefined ? end + 1 : after, end, options)
      : this.#allBehind(after, end, options);
  }

  #allBehind(after: number, end: number, { limit = 1_000, types }: ReadAllOptions): AllPage {
    const edge = types === undefined ? end : Math.min(end, after + limit * FILTER_WINDOW);
    const rows = (
      types === undefined
        ? this.#allForward.all(after, limit)
        : this.#typesForward.all(after, edge, JSON.stringify(types), limit)
    ) as Row[];
    // Another process may have appended since `end` was asked for.
    const place = rows.length === limit ? rows.at(-1)![0] : Math.max(edge, rows.at(-1)?.[0] ?? 0);
    return this.#page(rows, place, { end: place >= end, last: Math.max(end, place) });
  }

  #allBefore(before: number, end: number, { limit = 1_000, types }: ReadAllOptions): AllPage {
    const edge = types === undefined ? 1 : Math.max(1, before - limit * FILTER_WINDOW);
    const rows = (
      types === undefined
        ? this.#allBackward.all(before, limit)
        : this.#typesBackward.all(edge, before, JSON.stringify(types), limit)
    ) as Row[];
    const place = rows.length === limit ? rows.at(-1)![0] : edge;
    return this.#page(rows, place, { end: place <= 1, last: end });
  }

  #page(rows: readonly Row[], place: number, at: { readonly end: boolean; readonly last: number }): AllPage {
    const events = rows.map((row) => this.#stored(row));
    return place > 0 && place <= at.last
      ? { events, upTo: this.positions.format(place), end: at.end }
      : { events, end: at.end };
  }

  /** For subscriptions: the events behind `place`. */
  page(place: number, limit: number): { readonly events: readonly StoredEvent[]; readonly last: number } {
    const rows = this.#allForward.all(place, limit) as Row[];
    return { events: rows.map((row) => this.#stored(row)), last: rows.at(-1)?.[0] ?? place };
  }

  #head(stream: string): Head {
    const row = this.#last.get(stream) as { revision: number; metadata: string } | undefined;
    return row ? headAfter(row) : 'none';
  }

  #stored(row: Row): StoredEvent {
    return new StoredRow(row, this.positions.format(row[0]));
  }
}

/** A class and not a literal, for the same reason as a decoded event (`decode.ts`). */
class StoredRow implements StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;

  constructor(
    row: Row,
    readonly position: Position,
  ) {
    this.stream = row[1];
    this.revision = row[2];
    this.eventId = row[3];
    this.type = row[4];
    this.data = row[5];
    this.metadata = row[6];
  }
}
