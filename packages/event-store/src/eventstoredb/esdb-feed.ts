import { setTimeout as sleep } from 'node:timers/promises';
import { storedHash } from '../codec/hash-chain';
import { EsdbBuffer } from './esdb-buffer';
import type { EsdbLink, LogPosition } from './esdb-link';
import { comparePositions } from './esdb-positions';
import { META_STREAM, metadataText, placeOf } from './esdb-record';

/** Events remembered whose acknowledgement is still to come. */
const REMEMBERED = 4_000;

/** How long an acknowledged event may take to come by before it is looked up. */
const PATIENCE_MS = 1_000;

const PAUSE_MS = 500;

interface Waiting {
  readonly position: LogPosition;
  readonly resolve: (hash: string | undefined) => void;
}

/**
 * What the server really wrote, as it comes by: the hash of each event at its place. The server answers "written" also
 * for ids that stand there already, even under other bytes, as when two processes work on the same command: only the
 * event itself tells whose it is. Following costs a fraction of reading each one back.
 */
export class EsdbFeed {
  readonly #hashes = new Map<bigint, string | undefined>();
  readonly #waiting = new Set<Waiting>();
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #up = false;

  /** `reached`: what lies up to here will not come by any more. `noted`: something was noted of the store as a whole. */
  constructor(
    private readonly link: Pick<EsdbLink, 'subscribeToAll'>,
    private reached: LogPosition,
    private readonly noted: () => void = () => undefined,
  ) {}

  /** Hash of the event at `position`; undefined when it does not come by, so that it has to be read. */
  hashAt(position: LogPosition): Promise<string | undefined> {
    this.#running ??= this.#run();
    if (comparePositions(position, this.reached) <= 0) return Promise.resolve(this.#hashes.get(position.commit));
    if (!this.#up && this.#hashes.size > 0) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        position,
        resolve: (hash) => {
          clearTimeout(timer);
          this.#waiting.delete(waiting);
          resolve(hash);
        },
      };
      const timer = setTimeout(() => waiting.resolve(undefined), PATIENCE_MS);
      this.#waiting.add(waiting);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#follow(signal).catch(() => undefined);
      this.#up = false;
      this.#waiting.forEach((one) => one.resolve(undefined));
      if (!signal.aborted) await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const buffer = new EsdbBuffer(
      this.link.subscribeToAll({ after: this.reached, checkpointReached: () => undefined }),
    );
    try {
      // Without a promise and a timer for each of them: something comes by as often as something is written.
      await buffer.whileOpen(() => this.#take(buffer), signal);
    } finally {
      buffer.cancel();
    }
  }

  #take(buffer: EsdbBuffer): void {
    for (let event = buffer.take(); event !== undefined; event = buffer.take()) {
      this.#up = true;
      this.reached = placeOf(event);
      if (event.streamId === META_STREAM) this.noted();
      this.#hashes.set(this.reached.commit, storedHash(metadataText(event)));
      if (this.#hashes.size > REMEMBERED) this.#hashes.delete(this.#hashes.keys().next().value!);
    }
    for (const one of this.#waiting)
      if (comparePositions(one.position, this.reached) <= 0) one.resolve(this.#hashes.get(one.position.commit));
  }
}
