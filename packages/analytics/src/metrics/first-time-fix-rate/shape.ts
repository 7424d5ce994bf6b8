import { type Figures, type MetricRow } from '../metric';

/** Why a job is counted apart, in the order in which the reasons are tried. */
export const EXCLUSIONS = ['cancelled', 'quote-declined', 'depot', 'no-visit', 'multi-visit-planned'] as const;

/** The counts of one row: both ways of counting deliver these. */
export interface Counts {
  readonly jobs: number;
  readonly fixed: number;
  readonly provisional: number;
  readonly repeatsByBuyer: number;
  readonly excluded: Readonly<Record<string, number>>;
}

export const rateOf = (fixed: number, jobs: number): number | null => (jobs === 0 ? null : fixed / jobs);

/** Turns rows of counts into the answer; `labels` are the period and the dimensions. */
export const figuresOf = (rows: readonly { readonly labels: MetricRow; readonly counts: Counts }[]): Figures => {
  const sum = (of: (counts: Counts) => number): number => rows.reduce((total, row) => total + of(row.counts), 0);
  const jobs = sum((counts) => counts.jobs);
  const fixed = sum((counts) => counts.fixed);
  return {
    rows: rows.map(({ labels, counts }) => {
      const { excluded, ...figures } = counts;
      return {
        ...labels,
        ...figures,
        rate: rateOf(counts.fixed, counts.jobs),
        excluded: Object.values(excluded).reduce((total, count) => total + count, 0),
      };
    }),
    totals: { jobs, fixed, rate: rateOf(fixed, jobs), repeatsByBuyer: sum((counts) => counts.repeatsByBuyer) },
    excluded: Object.fromEntries(EXCLUSIONS.map((why) => [why, sum((counts) => counts.excluded[why] ?? 0)])),
    provisional: sum((counts) => counts.provisional),
  };
};
