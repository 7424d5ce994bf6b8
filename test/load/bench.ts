/** One line of `npm run bench`: our figure beside the rival's, from the same run. */
export interface BenchRow {
  readonly what: string;
  readonly ours: number;
  readonly rival: number;
  readonly unit: string;
  readonly ratio: number;
  /** As in "≥ 0.5" or "≤ 1.7". */
  readonly target: string;
  readonly ok: boolean;
}

/** Medians of both sides. */
export interface Medians {
  readonly ours: number;
  readonly rival: number;
}

export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Runs both sides in turn, so that a busy minute of the machine hits both; each returns one figure per round. */
export const interleaved = async (
  ours: () => Promise<number> | number,
  rival: () => Promise<number> | number,
  rounds = 3,
): Promise<Medians> => {
  const figures = { ours: [] as number[], rival: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first finds other caches than who goes second.
    const first = round % 2 === 0 ? 'ours' : 'rival';
    for (const side of first === 'ours' ? (['ours', 'rival'] as const) : (['rival', 'ours'] as const))
      figures[side].push(await (side === 'ours' ? ours() : rival()));
  }
  return { ours: median(figures.ours), rival: median(figures.rival) };
};

/** Things per second that `work` did, where `count` is how many it does. */
export const perSecond = async (count: number, work: () => Promise<unknown> | void): Promise<number> => {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
};

/** Processor time since `start` in seconds, the helper threads of the engine included. */
export const cpuSecondsSince = (start: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

/**
 * Things per second of processor time: for work that waits for nothing. On a quiet machine the same as `perSecond`, on a
 * busy one not decided by what else runs there.
 */
export const perCpuSecond = async (count: number, work: () => Promise<unknown> | void): Promise<number> => {
  const start = process.cpuUsage();
  await work();
  return count / cpuSecondsSince(start);
};

const round = (figure: number): number => Number(figure.toPrecision(4));

/** A row where more is better. */
export const atLeast = (target: number, what: string, unit: string, { ours, rival }: Medians): BenchRow => {
  const ratio = round(ours / rival);
  return { what, ours: round(ours), rival: round(rival), unit, ratio, target: `≥ ${target}`, ok: ratio >= target };
};

/** A row where less is better. */
export const atMost = (target: number, what: string, unit: string, { ours, rival }: Medians): BenchRow => {
  const ratio = round(ours / rival);
  return { what, ours: round(ours), rival: round(rival), unit, ratio, target: `≤ ${target}`, ok: ratio <= target };
};
