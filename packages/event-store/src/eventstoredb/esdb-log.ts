import {
  UnknownPositionError,
  type AllPage,
  type Position,
  type ReadAllOptions,
  type StoredEvent,
} from '../port/event-store';
import { drain } from './esdb-buffer';
import type { AllRead, EsdbLink, IncomingEvent, LogPosition } from './esdb-link';
import { comparePositions, START, type EsdbPositions } from './esdb-positions';
import { fromServer, isOurs, placeOf } from './esdb-record';
import { patiently } from './esdb-retries';

/** A filtered read looks at so many times its limit, then answers with what it found: no read may take seconds. */
const FILTER_WINDOW = 20;

/** Events asked for beyond the limit, so that a few of the server's own in between cost no second read. */
const SLACK = 50;

/** Events looked at in one go when those at the end are none of ours. */
const LOOK_BACK = 500;

/** A page while it is gathered. */
interface Gathering {
  readonly limit: number;
  readonly wanted: ReadonlySet<string> | undefined;
  readonly events: StoredEvent[];
  /** The last event looked at, of ours or not. */
  at: LogPosition | undefined;
  /** The last event of ours that was looked at. */
  upTo: LogPosition | undefined;
  full: boolean;
}

/** Reading of the whole log, without the server's own streams. */
export class EsdbLog {
  #highest = START;

  constructor(
    private readonly link: Pick<EsdbLink, 'readAll'>,
    private readonly positions: EsdbPositions,
  ) {}

  /** Both halves of `after`, which must be of this store and not beyond its end; `START` for none. */
  async place(after: Position | undefined): Promise<LogPosition> {
    if (after === undefined) return START;
    const place = this.positions.parse(after);
    if (comparePositions(place, this.#highest) > 0 && comparePositions(place, await this.end()) > 0)
      throw new UnknownPositionError('the position lies beyond the end of this store');
    return place;
  }

  /** Where the log ends now, whoever wrote last. */
  async end(): Promise<LogPosition> {
    await this.#scan({ from: 'end', count: 1, backward: true }, () => true);
    return this.#highest;
  }

  /** A position that was seen: what lies before it is not beyond the end. */
  saw(position: LogPosition): void {
    if (comparePositions(position, this.#highest) > 0) this.#highest = position;
  }

  /** Position of the last event of ours; undefined when there is none. */
  async head(): Promise<Position | undefined> {
    const last = await this.lastBeyond(START);
    return last && this.positions.format(last);
  }

  /** The last event of ours behind `place`, undefined when none stands there. Looks at one event in most cases. */
  async lastBeyond(place: LogPosition): Promise<LogPosition | undefined> {
    let from: AllRead['from'] = 'end';
    for (let count = 1; ; count = LOOK_BACK) {
      let found: LogPosition | undefined;
      let at = START;
      const seen = await this.#scan({ from, count, backward: true }, (event) => {
        at = placeOf(event);
        const beyond = comparePositions(at, place) > 0;
        if (beyond && isOurs(event.streamId)) found = at;
        return beyond && found === undefined;
      });
      if (found !== undefined || seen < count || comparePositions(at, place) <= 0) return found;
      from = at;
    }
  }

  async readAll(options: ReadAllOptions = {}): Promise<AllPage> {
    const { limit = 1_000, types, after, direction = 'forward' } = options;
    const backward = direction === 'backward';
    const start = after === undefined ? undefined : await this.place(after);
    const page: Gathering = {
      limit,
      wanted: types && new Set(types),
      events: [],
      at: start,
      upTo: start,
      full: false,
    };
    for (let left = (limit + SLACK) * FILTER_WINDOW; left > 0;) {
      const count = Math.min(limit - page.events.length + SLACK, left);
      const seen = await this.#scan({ from: page.at ?? (backward ? 'end' : 'start'), count, backward }, (event) =>
        this.#gather(page, event, backward),
      );
      if (page.full || seen < count) return this.#page(page, page.upTo, !page.full);
      left -= seen;
    }
    return this.#page(page, page.at, false);
  }

  /** False when the page is full and one more of ours stands behind it. */
  #gather(page: Gathering, event: IncomingEvent, backward: boolean): boolean {
    const at = placeOf(event);
    // Forward the server begins with the event at the place itself.
    if (!backward && page.at !== undefined && comparePositions(at, page.at) <= 0) return true;
    page.full = page.events.length === page.limit && isOurs(event.streamId);
    if (page.full) return false;
    page.at = at;
    if (!isOurs(event.streamId)) return true;
    page.upTo = at;
    if (page.wanted?.has(event.type) ?? true) page.events.push(fromServer(event, this.positions));
    return true;
  }

  #page({ events }: Gathering, upTo: LogPosition | undefined, end: boolean): AllPage {
    return { events, end, ...(upTo === undefined ? {} : { upTo: this.positions.format(upTo) }) };
  }

  /** Part of the log; returns how many events were looked at. Not sent again once `take` has seen something. */
  async #scan(read: AllRead, take: (event: IncomingEvent) => boolean): Promise<number> {
    let seen = 0;
    const look = () =>
      drain(this.link.readAll(read), (event) => {
        seen += 1;
        this.saw(placeOf(event));
        return take(event);
      });
    await patiently(look, () => seen === 0);
    return seen;
  }
}
