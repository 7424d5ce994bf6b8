import { type Database } from '../../clickhouse/database';
import { referenceOf, tableOf, type EventReference } from '../../facts';
import { type Figures, type Selector } from '../metric';
import { type MetricParameters } from '../parameters';
import { periodSql, pickSql, shownSql } from '../sql';
import { jobs } from './query.sql';
import { EXCLUSIONS, figuresOf } from './shape';

const DAY = 86_400_000;

const bound = (parameters: MetricParameters, at: number) => ({
  from: parameters.from,
  to: parameters.to,
  windowMs: parameters.windowDays * DAY,
  sameGroup: parameters.variant === 'same-fault-group' ? 1 : 0,
  at,
});

/** The figures by ClickHouse. */
export const figures = async (database: Database, parameters: MetricParameters, at: number): Promise<Figures> => {
  const labels = ['period', ...parameters.dimensions];
  const rows = await database.query<Readonly<Record<string, string | number>>>(
    `${jobs(tableOf)}
SELECT ${periodSql('cohort', parameters.granularity)} AS period_shown
  ${parameters.dimensions.map((name) => `, ${shownSql(name)} AS ${name}_shown`).join('')},
  toUInt32(countIf(excluded = '')) AS jobs_counted,
  toUInt32(countIf(excluded = '' AND fixed)) AS fixed_counted,
  toUInt32(countIf(excluded = '' AND provisional)) AS provisional_counted,
  toUInt32(sumIf(repeatsByBuyer, excluded = '')) AS by_buyer
  ${EXCLUSIONS.map((why, index) => `, toUInt32(countIf(excluded = '${why}')) AS out_${String(index)}`).join('')}
FROM jobs
WHERE cohort >= {from:Date} AND cohort < {to:Date}
GROUP BY ${labels.map((name) => `${name}_shown`).join(', ')}
ORDER BY ${labels.map((name) => `${name}_shown`).join(', ')}`,
    bound(parameters, at),
  );
  const number = (row: Readonly<Record<string, string | number>>, name: string): number => Number(row[name]);
  return figuresOf(
    rows.map((row) => ({
      labels: Object.fromEntries(labels.map((name) => [name, String(row[`${name}_shown`])])),
      counts: {
        jobs: number(row, 'jobs_counted'),
        fixed: number(row, 'fixed_counted'),
        provisional: number(row, 'provisional_counted'),
        repeatsByBuyer: number(row, 'by_buyer'),
        excluded: Object.fromEntries(EXCLUSIONS.map((why, index) => [why, number(row, `out_${String(index)}`)])),
      },
    })),
  );
};

/**
 * The events of the jobs behind a row. Selector: `period`, dimensions, and `bucket`: `fixed`, `not-fixed` or a reason
 * of exclusion; without a bucket the denominator.
 */
export const drillDown = async (
  database: Database,
  parameters: MetricParameters,
  { at, selector }: { readonly at: number; readonly selector: Selector },
): Promise<readonly EventReference[]> => {
  const { bucket = 'counted', ...labels } = selector;
  const columns: Record<string, string> = { period: periodSql('cohort', parameters.granularity), job: 'job' };
  for (const name of parameters.dimensions) columns[name] = shownSql(name);
  const picked = pickSql(labels, columns);
  const rows = await database.query<{ traces: readonly (readonly [string, readonly string[]])[] }>(
    `${jobs(tableOf)}
SELECT traces FROM jobs
WHERE cohort >= {from:Date} AND cohort < {to:Date}${picked.where}
  AND multiIf({bucket:String} = 'fixed', excluded = '' AND fixed, {bucket:String} = 'not-fixed', excluded = '' AND NOT fixed,
    {bucket:String} = 'counted', excluded = '', excluded = {bucket:String})
ORDER BY job`,
    { ...bound(parameters, at), ...picked.parameters, bucket },
  );
  return rows.flatMap((row) =>
    row.traces.flatMap(([stream, traces]) => traces.map((trace) => referenceOf(stream, trace))),
  );
};
