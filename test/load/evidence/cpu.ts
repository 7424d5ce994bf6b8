/** Milliseconds of processor time that `work` took: what else the machine does meanwhile is not counted. */
export const cpuMillis = async (work: () => Promise<unknown> | void): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** Things per second of processor time, where `count` is how many `work` does. */
export const perCpuSecond = async (count: number, work: () => Promise<unknown> | void): Promise<number> =>
  (count * 1_000) / (await cpuMillis(work));

/** How long one turn of the event loop took at most, by processor time and by the clock on the wall. */
export class LongestTurn {
  longest = 0;
  longestWall = 0;
  /** Counts the measurements: a turn that began in an earlier one is not this one's. */
  #current = 0;

  start(): void {
    this.#current += 1;
    this.#turn(this.#current);
  }

  stop(): void {
    this.#current += 1;
  }

  #turn(measurement: number): void {
    const before = process.cpuUsage();
    const wall = performance.now();
    setImmediate(() => {
      if (measurement !== this.#current) return;
      const { user, system } = process.cpuUsage(before);
      this.longest = Math.max(this.longest, (user + system) / 1_000);
      this.longestWall = Math.max(this.longestWall, performance.now() - wall);
      this.#turn(measurement);
    });
  }
}
