import { type Figures, type MetricRow } from '../metric';

export interface Ranked {
  readonly labels: Readonly<Record<string, string>>;
  readonly by: string;
  /** A unit of measure, or a currency. */
  readonly measure: string;
  readonly charge: string;
  readonly rank: number;
  readonly part: string;
  readonly value: number;
  readonly uses: number;
}

export interface Whole {
  readonly uses: number;
  readonly toNothing: number;
  readonly open: number;
  /** `quantity:piece`, `cost:CNY` → sum of all parts and charges. */
  readonly sums: Readonly<Record<string, number>>;
}

/** Puts the lists in order: quantity before cost, rank by rank. */
export const figuresOf = (ranked: readonly Ranked[], whole: Whole): Figures => {
  const rows = ranked.map(({ labels, ...figures }): MetricRow => ({ ...labels, ...figures }));
  const key = (row: Ranked): string =>
    [...Object.values(row.labels), row.by === 'quantity' ? '0' : '1', row.measure, row.charge].join('\u0000');
  const order = new Map(rows.map((row, index) => [row, ranked[index]]));
  rows.sort((x, y) => {
    const [a, b] = [order.get(x), order.get(y)];
    if (!a || !b) return 0;
    return text(key(a), key(b)) || a.rank - b.rank || text(a.part, b.part);
  });
  return {
    rows,
    totals: { uses: whole.uses, ...whole.sums },
    excluded: { 'corrected-to-nothing': whole.toNothing },
    provisional: whole.open,
  };
};

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
