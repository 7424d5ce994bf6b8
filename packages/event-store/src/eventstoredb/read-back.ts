import { storedHash } from '../codec/hash-chain';
import type { StoredEvent } from '../port/event-store';
import { drain } from './esdb-buffer';
import type { EsdbLink, LogPosition } from './esdb-link';
import { comparePositions, type EsdbPositions } from './esdb-positions';
import { fromServer, placeOf } from './esdb-record';

interface Waiting {
  readonly at: LogPosition;
  readonly resolve: (event: StoredEvent | undefined) => void;
  readonly reject: (reason: unknown) => void;
}

/** Records of others that may stand between ours before it is cheaper to look again. */
const SLACK = 20;

/**
 * Reads acknowledged events back, those of one moment together. The server says "written" also for ids that stand there
 * already, even under other bytes, when two processes work on the same command: only the event itself tells whose it is.
 */
export class ReadBack {
  #waiting: Waiting[] = [];
  #reading = false;

  constructor(
    private readonly link: Pick<EsdbLink, 'readAll'>,
    private readonly positions: EsdbPositions,
  ) {}

  /** The event at `position`; undefined when it was not met there. */
  at(position: LogPosition): Promise<StoredEvent | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ at: position, resolve, reject });
      if (!this.#reading) void this.#rounds();
    });
  }

  async #rounds(): Promise<void> {
    this.#reading = true;
    // What was acknowledged in the same turn shares the first round.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const round = this.#waiting;
      this.#waiting = [];
      await this.#round(round.sort((a, b) => comparePositions(a.at, b.at)));
    }
    this.#reading = false;
  }

  /** `round` is sorted by place. Whoever is not reached in one read is told so and looks for itself. */
  async #round(round: readonly Waiting[]): Promise<void> {
    let next = 0;
    const found: (StoredEvent | undefined)[] = [];
    try {
      const read = { from: round[0]!.at, count: round.length * 2 + SLACK };
      await drain(this.link.readAll(read), (event) => {
        const place = placeOf(event);
        while (next < round.length && comparePositions(round[next]!.at, place) < 0) next += 1;
        if (next < round.length && comparePositions(round[next]!.at, place) === 0)
          found[next] = fromServer(event, this.positions);
        return next < round.length - 1 || found[next] === undefined;
      });
      round.forEach((one, index) => one.resolve(found[index]));
    } catch (error) {
      round.forEach((one) => one.reject(error));
    }
  }
}

/** Whether an event read back is the one that was sent. */
export const isSame = (read: StoredEvent, metadata: string): boolean =>
  storedHash(read.metadata) !== undefined && storedHash(read.metadata) === storedHash(metadata);
