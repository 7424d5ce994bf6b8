import { performance } from 'node:perf_hooks';
import { problem } from './problem';

const EVERY_MS = 100;
const TOO_LATE_MS = 500;

/** How much the latest look counts: one long step is no overload, and refusing after it would help nobody. */
const WEIGHT = 0.3;

/** Watches how late the event loop runs its timers; over 500 ms new commands are refused with 503 (architecture §5). */
export class LoopLag {
  private lastTick = performance.now();
  private lagMs = 0;
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    this.timer = setInterval(() => {
      const now = performance.now();
      const late = Math.max(0, now - this.lastTick - EVERY_MS);
      this.lagMs = WEIGHT * late + (1 - WEIGHT) * this.lagMs;
      this.lastTick = now;
    }, EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Milliseconds behind, a moving average of the last looks. */
  get lag(): number {
    return this.lagMs;
  }

  mustKeepUp(): void {
    if (this.lagMs > TOO_LATE_MS) throw problem('SERVICE.BUSY');
  }
}
