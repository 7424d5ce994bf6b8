import { randomInt } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { StoredEvent, SubscriptionPage } from '../port/event-store';
import { EsdbBuffer } from './esdb-buffer';
import { failureOf, readError } from './esdb-errors';
import type { EsdbLink, LogPosition } from './esdb-link';
import { comparePositions, START, type EsdbPositions } from './esdb-positions';
import type { EsdbLog } from './esdb-log';
import { fromServer, isOurs, placeOf } from './esdb-record';

/** Pauses between two tries to subscribe again; it is tried for ever. */
export interface Patience {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** In a quiet stretch a checkpoint that moved on is handed out this often. */
  readonly moveOnMs: number;
}

export const PATIENCE: Patience = { firstPauseMs: 100, longestPauseMs: 5_000, moveOnMs: 10_000 };

/** How long a page that is not full waits for more while the subscriber still catches up. */
const FILL_MS = 50;

export interface SubscriptionParts {
  readonly link: Pick<EsdbLink, 'subscribeToAll'>;
  readonly log: Pick<EsdbLog, 'lastBeyond' | 'saw'>;
  readonly positions: EsdbPositions;
  readonly patience: Patience;
}

export interface SubscriptionOptions {
  readonly after: LogPosition;
  readonly pageSize: number;
  readonly signal: AbortSignal;
}

/** A checkpoint and how many events must have been taken before it may be saved. */
interface Mark {
  readonly behind: number;
  readonly place: LogPosition;
}

/**
 * One subscription to everything, for ever: whatever ends it but a refusal, it is begun again behind the last event
 * that was taken. What the server says of checkpoints counts only when every event before them has been taken, because
 * it says so while those still lie in the client's buffer.
 */
export class EsdbSubscription {
  #place: LogPosition;
  #page: StoredEvent[] = [];
  #told = false;
  #failures = 0;

  constructor(
    private readonly parts: SubscriptionParts,
    private readonly options: SubscriptionOptions,
  ) {
    this.#place = options.after;
  }

  async *pages(): AsyncGenerator<SubscriptionPage, void, undefined> {
    const { signal } = this.options;
    while (!signal.aborted) {
      let failure: unknown;
      try {
        failure = yield* this.#once();
      } catch (error) {
        failure = error;
      }
      if (signal.aborted) return;
      if (failure !== undefined && failureOf(failure) !== 'transient') throw readError(failure);
      if (this.#page.length > 0) yield this.#turn(false);
      await this.#pause();
    }
  }

  /** One connection; returns why it ended. */
  async *#once(): AsyncGenerator<SubscriptionPage, unknown, undefined> {
    const { pageSize, signal } = this.options;
    const marks: Mark[] = [];
    const buffer = this.#subscribe(marks);
    let handedOut = this.#place;
    try {
      while (!signal.aborted) {
        this.#fill(buffer, marks);
        if (this.#page.length >= pageSize) {
          handedOut = this.#place;
          yield this.#turn(false);
          // A long catch-up must not starve everything else.
          await setImmediate();
        } else if (buffer.ended && buffer.ready === 0) {
          return buffer.error;
        } else if (this.#told && this.#page.length === 0) {
          const woken = await buffer.changed(this.parts.patience.moveOnMs);
          if (woken || comparePositions(this.#place, handedOut) <= 0) continue;
          handedOut = this.#place;
          yield this.#turn(true);
        } else if (await this.#moreToCome(buffer)) {
          if (this.#page.length === 0) continue;
          handedOut = this.#place;
          yield this.#turn(false);
        } else if (buffer.ready === 0) {
          handedOut = this.#place;
          yield this.#turn(true);
        }
      }
      return undefined;
    } finally {
      buffer.cancel();
    }
  }

  #subscribe(marks: Mark[]): EsdbBuffer {
    const reading = this.parts.link.subscribeToAll({
      after: this.#place === START ? 'start' : this.#place,
      checkpointReached: (place) => marks.push({ behind: buffer.taken + buffer.ready, place }),
    });
    const buffer = new EsdbBuffer(reading, this.options.signal);
    return buffer;
  }

  /** Takes what is ready, up to a full page, and passes the checkpoints that lie behind it. */
  #fill(buffer: EsdbBuffer, marks: Mark[]): void {
    const { positions, log } = this.parts;
    while (this.#page.length < this.options.pageSize) {
      const event = buffer.take();
      if (event === undefined) break;
      this.#failures = 0;
      const place = placeOf(event);
      if (comparePositions(place, this.#place) <= 0) continue;
      this.#place = place;
      if (isOurs(event.streamId)) this.#page.push(fromServer(event, positions));
    }
    for (let mark = marks[0]; mark !== undefined && mark.behind <= buffer.taken; mark = marks[0]) {
      if (comparePositions(mark.place, this.#place) > 0) this.#place = mark.place;
      marks.shift();
    }
    log.saw(this.#place);
  }

  /** Waits for more if more is on its way: while catching up, or when events stand behind the last one taken. */
  async #moreToCome(buffer: EsdbBuffer): Promise<boolean> {
    if (this.#page.length > 0 && !this.#told && (await buffer.changed(FILL_MS))) return false;
    if ((await this.parts.log.lastBeyond(this.#place)) === undefined) return false;
    return !(await buffer.changed(FILL_MS));
  }

  #turn(caughtUp: boolean): SubscriptionPage {
    const events = this.#page;
    this.#page = [];
    this.#told = caughtUp;
    return { events, caughtUp, ...(this.#place === START ? {} : { upTo: this.parts.positions.format(this.#place) }) };
  }

  async #pause(): Promise<void> {
    const { firstPauseMs, longestPauseMs } = this.parts.patience;
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    // Half of it by chance, so that many subscribers do not come back in the same moment.
    const ms = pause / 2 + randomInt(0, Math.ceil(pause / 2) + 1);
    await setTimeout(ms, undefined, { signal: this.options.signal }).catch(() => undefined);
  }
}
