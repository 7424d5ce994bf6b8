import { NO_CODE, type Figures, type MetricRow } from '../metric';
import { type MetricParameters } from '../parameters';

export interface Counted {
  readonly labels: Readonly<Record<string, string>>;
  readonly cases: number;
  readonly previous: number;
  readonly open: number;
}

const ALL = '(all)';

/** Share, change and flag of each row, the most cases first. */
export const figuresOf = (counted: readonly Counted[], otherTypes: number, parameters: MetricParameters): Figures => {
  const total = counted.reduce((sum, row) => sum + row.cases, 0);
  const previous = counted.reduce((sum, row) => sum + row.previous, 0);
  const rows = withNoCode(counted, parameters.dimensions).map((row): MetricRow => {
    const ratio = row.previous === 0 ? null : row.cases / row.previous;
    const risen = row.previous === 0 || row.cases * 100 >= row.previous * parameters.flagPercent;
    return {
      ...row.labels,
      cases: row.cases,
      share: total === 0 ? null : row.cases / total,
      previous: row.previous,
      ratio,
      flagged: row.cases >= parameters.flagCases && risen,
    };
  });
  const order = (row: MetricRow): string => parameters.dimensions.map((name) => String(row[name])).join('\u0000');
  rows.sort((a, b) => Number(b['cases']) - Number(a['cases']) || (order(a) < order(b) ? -1 : 1));
  return {
    rows,
    totals: { cases: total, previous },
    excluded: { 'not-a-repair': otherTypes },
    provisional: counted.reduce((sum, row) => sum + row.open, 0),
  };
};

/** A period in which every case has a code says so with a zero. */
const withNoCode = (counted: readonly Counted[], dimensions: readonly string[]): readonly Counted[] => {
  if (!dimensions.includes('fault') || counted.some((row) => row.labels['fault'] === NO_CODE)) return counted;
  const labels = Object.fromEntries(dimensions.map((name) => [name, name === 'fault' ? NO_CODE : ALL]));
  return [...counted, { labels, cases: 0, previous: 0, open: 0 }];
};
