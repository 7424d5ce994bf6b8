import { performance } from 'node:perf_hooks';
import { problem } from '../http/problem';

const STEP_MS = 20;
/** Let in per step: all at once would be the next burst. */
const AT_ONCE = 8;
/** Who has waited so long is let in whatever is behind, but one by one: commands must go on (architecture §7). */
const LONG_MS = 1_000;
const ONE_PER_MS = 100;
/** So many wait, the next one is told to come again: a line of minutes helps nobody. */
const LONGEST_LINE = 1_000;

/** A door before which those who come wait in a line while it is `shut()`. */
export class Admission {
  private readonly line: { readonly since: number; readonly enter: () => void }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lastOverdue = 0;

  constructor(private readonly shut: () => boolean) {}

  /** How many wait. */
  get waiting(): number {
    return this.line.length;
  }

  /** Resolves when it is one's turn; undefined: nobody waits, go on. Throws 503 when the line is too long. */
  enter(): Promise<void> | undefined {
    if (this.line.length === 0 && !this.shut()) return undefined;
    if (this.line.length >= LONGEST_LINE) throw problem('SERVICE.BUSY');
    return new Promise((resolve) => {
      this.line.push({ since: performance.now(), enter: resolve });
      this.timer ??= setInterval(() => this.step(), STEP_MS);
    });
  }

  private step(): void {
    const free = this.shut() ? this.overdue() : AT_ONCE;
    for (const { enter } of this.line.splice(0, free)) enter();
    if (this.line.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** 1 when it is time to let somebody in who has waited for long, else 0. */
  private overdue(): number {
    const now = performance.now();
    const [first] = this.line;
    if (!first || now - first.since < LONG_MS || now - this.lastOverdue < ONE_PER_MS) return 0;
    this.lastOverdue = now;
    return 1;
  }
}
