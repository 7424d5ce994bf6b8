import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@aftercare/event-store';

/** With so few requests at once nobody waits for anybody. */
const FEW = 4;
/** A burst goes first for so long; then what follows the log gets its share again, so that its lag stays bounded. */
const LONGEST_BURST_MS = 3_000;
/** After so much quiet the next burst may go first again. */
const QUIET_MS = 500;
const STEP_MS = 20;

/**
 * Lets people go before machines: while many requests are being answered, read models and processes wait, for three
 * seconds at most. They lose nothing by it, since larger pages cost less each. Somebody who waits for a read model
 * (`Aftercare-Min-Position`) ends the wait.
 */
export class Pace {
  private inFlight = 0;
  private busySince: number | undefined;
  private quietSince = 0;
  private waiters = 0;

  /** Requests that are being answered. */
  get requests(): number {
    return this.inFlight;
  }

  requestStarted(): void {
    this.inFlight += 1;
    if (this.inFlight <= FEW || this.busySince !== undefined) return;
    this.busySince = performance.now();
  }

  requestEnded(): void {
    this.inFlight = Math.max(0, this.inFlight - 1);
    if (this.inFlight === 0) this.quietSince = performance.now();
  }

  /** While `work` runs, read models don't wait. */
  async urgently<T>(work: () => Promise<T>): Promise<T> {
    this.waiters += 1;
    try {
      return await work();
    } finally {
      this.waiters -= 1;
    }
  }

  /** Resolves when it is the turn of what follows the log. */
  async turn(signal?: AbortSignal): Promise<void> {
    while (this.goesFirst() && !signal?.aborted) await sleep(STEP_MS);
  }

  private goesFirst(): boolean {
    const now = performance.now();
    if (this.inFlight === 0 && now - this.quietSince > QUIET_MS) this.busySince = undefined;
    if (this.inFlight <= FEW || this.waiters > 0 || this.busySince === undefined) return false;
    return now - this.busySince < LONGEST_BURST_MS;
  }
}

/** The same store, whose subscription hands out its pages when it is their turn. */
export const paced = (store: EventStore, pace: Pace): EventStore => ({
  meta: store.meta,
  read: (stream, options) => store.read(stream, options),
  readAll: (options) => store.readAll(options),
  append: (stream, events, options) => store.append(stream, events, options),
  head: () => store.head(),
  close: () => store.close(),
  async *subscribe(options) {
    for await (const page of store.subscribe(options)) {
      await pace.turn(options.signal);
      yield page;
    }
  },
});
