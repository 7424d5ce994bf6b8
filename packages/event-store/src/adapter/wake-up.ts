/** Wakes live readers of one process when something was appended. */
export class WakeUp {
  #version = 0;
  #waiting = new Set<() => void>();

  /** Ask before reading; `changedSince` then resolves at once if an append came in between. */
  get version(): number {
    return this.#version;
  }

  ring(): void {
    this.#version += 1;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    waiting.forEach((wake) => wake());
  }

  /** Resolves after the next `ring` since `version`, or when `signal` aborts. */
  changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== version || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
