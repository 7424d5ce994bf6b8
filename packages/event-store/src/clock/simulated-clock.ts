import { plus, type Instant } from '@aftercare/domain/kernel';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../port/clock';

interface Sleeper {
  readonly until: Instant;
  readonly wake: () => void;
}

/** A clock that stands still until somebody moves it; who sleeps is woken when their instant has come. */
export class SimulatedClock implements Clock {
  readonly simulated = true;
  #now: Instant;
  #sleepers: Sleeper[] = [];

  constructor(start: Instant = '2026-01-05T08:00:00.000Z') {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  /** When the next sleeper is due; undefined when nobody sleeps. */
  nextWakeAt(): Instant | undefined {
    return this.#sleepers.map((sleeper) => sleeper.until).sort()[0];
  }

  sleepUntil(instant: Instant, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper: Sleeper = { until: instant, wake };
      if (signal?.aborted) return abort();
      if (instant <= this.#now) return wake();
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.push(sleeper);
    });
  }

  /** Jumps to `instant` (never back) and wakes whoever was due by then, earliest first. */
  set(instant: Instant): void {
    if (instant > this.#now) this.#now = instant;
    const due = this.#sleepers.filter((sleeper) => sleeper.until <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.until > this.#now);
    due.sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0)).forEach((sleeper) => sleeper.wake());
  }

  /** Moves on by `millis`, stopping at every sleeper's instant, so that each sees its own time on waking. */
  async advance(millis: number): Promise<void> {
    const goal = plus(this.#now, millis);
    for (let next = this.nextWakeAt(); next !== undefined && next <= goal; next = this.nextWakeAt()) {
      this.set(next);
      await setImmediate();
    }
    this.set(goal);
    await setImmediate();
  }
}
