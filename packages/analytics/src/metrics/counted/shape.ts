import { type Figures, type MetricRow } from '../metric';

/** What a metric that counts cases shows of them. */
export interface Counting {
  /** Name of the column with the cases that count. */
  readonly counted: string;
  /** Columns with those of them that something holds for. */
  readonly flags: readonly string[];
  /** `of`: the flag whose cases are divided by all that count; absent: each row's share of all that count is shown. */
  readonly rate?: { readonly name: string; readonly of: string };
  /** Why a case does not count, shown apart. */
  readonly exclusions: readonly string[];
}

/** The counts of one row: both ways of counting deliver these. */
export interface Counts {
  readonly counted: number;
  readonly provisional: number;
  readonly flags: Readonly<Record<string, number>>;
  readonly excluded: Readonly<Record<string, number>>;
}

export interface CountedRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: Counts;
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const sum = (rows: readonly CountedRow[], of: (counts: Counts) => number): number =>
  rows.reduce((total, { counts }) => total + of(counts), 0);

/** Turns rows of counts into the answer; a row of which nothing counts says so by what was left out. */
export const figuresOf = (rows: readonly CountedRow[], counting: Counting): Figures => {
  const all = sum(rows, (counts) => counts.counted);
  const columns = (counts: Counts, share: number): MetricRow => ({
    [counting.counted]: counts.counted,
    ...Object.fromEntries(counting.flags.map((flag) => [flag, counts.flags[flag] ?? 0])),
    ...(counting.rate
      ? { [counting.rate.name]: ratio(counts.flags[counting.rate.of] ?? 0, counts.counted) }
      : { share: ratio(counts.counted, share) }),
  });
  const whole: Counts = {
    counted: all,
    provisional: sum(rows, (counts) => counts.provisional),
    flags: Object.fromEntries(counting.flags.map((flag) => [flag, sum(rows, ({ flags }) => flags[flag] ?? 0)])),
    excluded: Object.fromEntries(
      counting.exclusions.map((why) => [why, sum(rows, ({ excluded }) => excluded[why] ?? 0)]),
    ),
  };
  return {
    rows: rows.map(({ labels, counts }) => ({
      ...labels,
      ...columns(counts, all),
      ...(counting.exclusions.length === 0
        ? {}
        : { excluded: Object.values(counts.excluded).reduce((total, count) => total + count, 0) }),
    })),
    totals: columns(whole, all),
    excluded: whole.excluded,
    provisional: whole.provisional,
  };
};
