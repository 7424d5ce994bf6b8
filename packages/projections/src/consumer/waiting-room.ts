import type { Position } from '@aftercare/event-store';

interface Waiter {
  readonly position: Position;
  readonly done: (reached: boolean) => void;
}

/** Those who wait until a consumer has reached a position (`Aftercare-Min-Position`). */
export class WaitingRoom {
  readonly #waiters = new Set<Waiter>();

  /**
   * True as soon as `reached(position)` was called with this position or a later one, false after `timeoutMs`. The time
   * is the machine's, not the Clock's: somebody is holding a connection open.
   */
  wait(position: Position, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        done: (reached) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => waiter.done(false), timeoutMs);
      timer.unref();
      this.#waiters.add(waiter);
    });
  }

  reached(position: Position): void {
    for (const waiter of [...this.#waiters]) if (waiter.position <= position) waiter.done(true);
  }

  /** Nothing will be reached any more: everybody is told so. */
  close(): void {
    for (const waiter of [...this.#waiters]) waiter.done(false);
  }
}
