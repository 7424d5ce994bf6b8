import { StoreBusyError } from '../port/event-store';
import type { Delivered, IncomingEvent, Reading } from './esdb-link';

/**
 * What a reading stream has ready, taken in turns of our own: no handler runs while another still works, which
 * `on('data', async …)` would allow. Nothing is ever thrown inside a callback of the client.
 */
export class EsdbBuffer {
  #error: Error | undefined;
  #ended = false;
  #taken = 0;
  #wake: ((happened: boolean) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #timerMs = 0;
  #every: (() => void) | undefined;

  /** `signal`: whoever waits is woken when it aborts. */
  constructor(
    private readonly reading: Reading,
    private readonly signal?: AbortSignal,
  ) {
    const { stream } = reading;
    const ring = this.#ring;
    signal?.addEventListener('abort', ring, { once: true });
    stream.on('readable', ring);
    stream.on('caughtUp', ring);
    // Stays attached for good: an error without a listener would end the process.
    stream.on('error', (error: Error) => {
      this.#error ??= error;
      this.#ring();
    });
    const end = () => {
      this.#ended = true;
      this.#ring();
    };
    stream.on('end', end);
    stream.on('close', end);
  }

  /** Events taken so far. */
  get taken(): number {
    return this.#taken;
  }

  /** Events that lie ready, not taken yet. */
  get ready(): number {
    return this.reading.stream.readableLength;
  }

  get error(): Error | undefined {
    return this.#error;
  }

  get ended(): boolean {
    return this.#ended || this.#error !== undefined;
  }

  /** The next event that is ready; undefined when none is. */
  take(): IncomingEvent | undefined {
    for (;;) {
      const next = this.reading.stream.read() as Delivered | null;
      if (next === null) return undefined;
      this.#taken += 1;
      if (next.event !== undefined) return next.event;
    }
  }

  /** Resolves when something may have changed, at the latest after `ms`; true when it did. One waits at a time. */
  changed(ms: number): Promise<boolean> {
    if (this.ended || this.ready > 0 || this.signal?.aborted === true) return Promise.resolve(true);
    this.#startTimer(ms);
    return new Promise((resolve) => {
      this.#wake = (happened) => {
        this.#wake = undefined;
        resolve(happened);
      };
    });
  }

  /** Lets the rest of a short read run out: calling it off costs the server more than sending it. */
  letGo(): void {
    this.reading.stream.resume();
  }

  /** Calls `taking` whenever something may have changed, until the end; resolves then, or when `signal` aborts. Rejects with what `taking` throws. */
  whileOpen(taking: () => void, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.#every = undefined;
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#every = () => {
        try {
          taking();
        } catch (error) {
          // Never thrown into a callback of the client.
          reject(error instanceof Error ? error : new Error(String(error)));
          done();
        }
        if (this.ended) done();
      };
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
      else this.#every();
    });
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.signal?.removeEventListener('abort', this.#ring);
    if (!this.ended) this.reading.cancel();
  }

  /** The same timer, put back at every wait: one is made for every few events otherwise. Between two waits it rings for nobody. */
  #startTimer(ms: number): void {
    if (this.#timer && this.#timerMs === ms) return void this.#timer.refresh();
    clearTimeout(this.#timer);
    this.#timerMs = ms;
    // What keeps the process alive is the stream.
    this.#timer = setTimeout(() => this.#wake?.(false), ms).unref();
  }

  readonly #ring = (): void => {
    this.#wake?.(true);
    this.#every?.();
  };
}

/** Reads carry no deadline of the client's; one that brings nothing for so long is given up. */
const SILENCE_MS = 10_000;

/**
 * Hands every event of a finite read to `take` until it answers false. Throws the client's error, or `StoreBusyError`
 * when the server has gone quiet.
 */
export const drain = async (reading: Reading, take: (event: IncomingEvent) => boolean): Promise<void> => {
  const buffer = new EsdbBuffer(reading);
  for (;;) {
    for (let event = buffer.take(); event !== undefined; event = buffer.take()) if (!take(event)) return buffer.letGo();
    if (buffer.error !== undefined) throw buffer.error;
    if (buffer.ended) return;
    if (!(await buffer.changed(SILENCE_MS))) {
      buffer.cancel();
      throw new StoreBusyError('EventStoreDB has gone quiet in the middle of a read: try again in a second');
    }
  }
};
