import { UNKNOWN, type Figures } from '../metric';
import { compare, periodOf } from '../naive/read-story';
import { type MetricParameters } from '../parameters';
import { figuresOf, type CountedRow, type Counting } from './shape';

/** One case as a naive fold finds it. */
export interface NaiveCase {
  readonly day: string;
  /** Empty: it counts. */
  readonly excluded: string;
  readonly provisional: boolean;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Puts cases into their rows one after the other, the naive way of counting. */
export const tally = (cases: readonly NaiveCase[], counting: Counting, parameters: MetricParameters): Figures => {
  const rows: CountedRow[] = [];
  for (const one of cases) {
    if (one.day < parameters.from || one.day >= parameters.to) continue;
    const labels: Record<string, string> = { period: periodOf(one.day, parameters.granularity, parameters.from) };
    for (const name of parameters.dimensions) labels[name] = one.dimensions[name] || UNKNOWN;
    const index = rows.findIndex((row) => JSON.stringify(row.labels) === JSON.stringify(labels));
    if (index === -1) rows.push({ labels, counts: add(nothing, one, counting) });
    else rows[index] = { labels, counts: add(rows[index]?.counts ?? nothing, one, counting) };
  }
  const names = ['period', ...parameters.dimensions];
  rows.sort((a, b) => names.reduce((order, name) => order || compare(a.labels[name] ?? '', b.labels[name] ?? ''), 0));
  return figuresOf(rows, counting);
};

const nothing: CountedRow['counts'] = { counted: 0, provisional: 0, flags: {}, excluded: {} };

const add = (counts: CountedRow['counts'], one: NaiveCase, { flags }: Counting): CountedRow['counts'] => {
  if (one.excluded !== '')
    return { ...counts, excluded: { ...counts.excluded, [one.excluded]: (counts.excluded[one.excluded] ?? 0) + 1 } };
  return {
    ...counts,
    counted: counts.counted + 1,
    provisional: counts.provisional + (one.provisional ? 1 : 0),
    flags: Object.fromEntries(flags.map((flag) => [flag, (counts.flags[flag] ?? 0) + (one.flags[flag] ? 1 : 0)])),
  };
};
