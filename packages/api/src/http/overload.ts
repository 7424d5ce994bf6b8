import { performance } from 'node:perf_hooks';
import { problem } from './problem';

const EVERY_MS = 100;
const TOO_LATE_MS = 500;

/** Watches how late the event loop runs its timers; over 500 ms new commands are refused with 503 (architecture §5). */
export class LoopLag {
  private lastTick = performance.now();
  private lagMs = 0;
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    this.timer = setInterval(() => {
      const now = performance.now();
      this.lagMs = Math.max(0, now - this.lastTick - EVERY_MS);
      this.lastTick = now;
    }, EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Milliseconds behind, as of the last tick. */
  get lag(): number {
    return this.lagMs;
  }

  mustKeepUp(): void {
    if (this.lagMs > TOO_LATE_MS) throw problem('SERVICE.BUSY');
  }
}
