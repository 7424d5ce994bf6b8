import { performance } from 'node:perf_hooks';

/** What follows the log may be so far behind before creating requests wait; a page under way takes about as long again. */
const BEHIND_MS = 300;
/** Nobody waits longer: a read model that stands still must not keep commands out (architecture §7). */
const LONGEST_WAIT_MS = 1_000;
const STEP_MS = 20;
/** Let in per step: all at once would be the next burst. */
const AT_ONCE = 16;

/** A door before which those who come wait in a line while `behind()` (ms) is too much. */
export class Admission {
  private readonly line: { readonly since: number; readonly enter: () => void }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly behind: () => number) {}

  /** How many wait. */
  get waiting(): number {
    return this.line.length;
  }

  /** Resolves when it is one's turn; undefined: nobody waits, go on. */
  enter(): Promise<void> | undefined {
    if (this.line.length === 0 && this.behind() <= BEHIND_MS) return undefined;
    return new Promise((resolve) => {
      this.line.push({ since: performance.now(), enter: resolve });
      this.timer ??= setInterval(() => this.step(), STEP_MS);
    });
  }

  private step(): void {
    const now = performance.now();
    let free = this.behind() <= BEHIND_MS ? AT_ONCE : 0;
    for (let first = this.line[0]; first && (free > 0 || now - first.since >= LONGEST_WAIT_MS); first = this.line[0]) {
      free -= 1;
      this.line.shift();
      first.enter();
    }
    if (this.line.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
