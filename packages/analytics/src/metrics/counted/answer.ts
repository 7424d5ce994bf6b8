import { type Database } from '../../clickhouse/database';
import { referenceOf, tableOf, type EventReference } from '../../facts';
import { type Figures, type Metric } from '../metric';
import { type MetricParameters } from '../parameters';
import { periodSql, pickSql, shownSql } from '../sql';
import { figuresOf, type Counting } from './shape';

/**
 * CTEs that end in `cases`, one row per case with the columns `cohort` (day), `excluded` ('' or why), `provisional`, a
 * truth per flag, a text per dimension, `stream`, `place` (order within the stream) and `trace`.
 * Parameters: from, to, at (ms).
 */
export type CasesSql = (table: (fact: string) => string) => string;

interface Asked {
  readonly database: Database;
  readonly parameters: MetricParameters;
  readonly at: number;
}

const bound = ({ parameters: { from, to }, at }: Asked) => ({ from, to, at });

/** The figures by ClickHouse. */
export const countedFigures = async (cases: CasesSql, counting: Counting, asked: Asked): Promise<Figures> => {
  const { parameters, database } = asked;
  const labels = ['period', ...parameters.dimensions];
  const shown = labels.map((name) => `${name}_shown`).join(', ');
  const rows = await database.query<Readonly<Record<string, string | number>>>(
    `${cases(tableOf)}
SELECT ${periodSql('cohort', parameters.granularity)} AS period_shown
  ${parameters.dimensions.map((name) => `, ${shownSql(name)} AS ${name}_shown`).join('')},
  toUInt32(countIf(excluded = '')) AS all_counted,
  toUInt32(countIf(excluded = '' AND provisional)) AS provisional_counted
  ${counting.flags.map((flag) => `, toUInt32(countIf(excluded = '' AND ${flag})) AS flag_${flag}`).join('')}
  ${counting.exclusions.map((why, index) => `, toUInt32(countIf(excluded = '${why}')) AS out_${String(index)}`).join('')}
FROM cases
WHERE cohort >= {from:Date} AND cohort < {to:Date}
GROUP BY ${shown}
ORDER BY ${shown}`,
    bound(asked),
  );
  return figuresOf(
    rows.map((row) => ({
      labels: Object.fromEntries(labels.map((name) => [name, String(row[`${name}_shown`])])),
      counts: {
        counted: Number(row['all_counted']),
        provisional: Number(row['provisional_counted']),
        flags: Object.fromEntries(counting.flags.map((flag) => [flag, Number(row[`flag_${flag}`])])),
        excluded: Object.fromEntries(
          counting.exclusions.map((why, index) => [why, Number(row[`out_${String(index)}`])]),
        ),
      },
    })),
    counting,
  );
};

/**
 * The events of the cases behind a row. Selector: `period`, dimensions, and `bucket`: a flag, `not-` and a flag, or why a
 * case does not count; without a bucket all that count.
 */
export const countedDrillDown = async (
  cases: CasesSql,
  counting: Counting,
  { selector, ...asked }: Asked & { readonly selector: Parameters<Metric['drillDown']>[2]['selector'] },
): Promise<readonly EventReference[]> => {
  const { parameters, database } = asked;
  const { bucket = 'counted', ...labels } = selector;
  const columns: Record<string, string> = { period: periodSql('cohort', parameters.granularity) };
  for (const name of parameters.dimensions) columns[name] = shownSql(name);
  const picked = pickSql(labels, columns);
  const rows = await database.query<{ stream: string; trace: readonly string[] }>(
    `${cases(tableOf)}
SELECT stream, trace FROM cases
WHERE cohort >= {from:Date} AND cohort < {to:Date} AND ${bucketSql(bucket, counting)}${picked.where}
ORDER BY stream, place`,
    { ...bound(asked), ...picked.parameters, ...(counting.exclusions.includes(bucket) ? { bucket } : {}) },
  );
  return rows.flatMap((row) => row.trace.map((trace) => referenceOf(row.stream, trace)));
};

const bucketSql = (bucket: string, { flags, exclusions }: Counting): string => {
  if (bucket === 'counted') return `excluded = ''`;
  if (exclusions.includes(bucket)) return 'excluded = {bucket:String}';
  const flag = flags.find((name) => bucket === name || bucket === `not-${name}`);
  // A bucket that isn't there holds nothing.
  if (flag === undefined) return '0';
  return bucket === flag ? `excluded = '' AND ${flag}` : `excluded = '' AND NOT ${flag}`;
};
