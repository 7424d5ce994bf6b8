import { type Database } from '../../clickhouse/database';
import { referenceOf, tableOf, type EventReference } from '../../facts';
import { type Figures, type Selector } from '../metric';
import { daysAfter, daysBetween, type MetricParameters } from '../parameters';
import { pickSql, shownSql } from '../sql';
import { cases } from './query.sql';
import { figuresOf } from './shape';

/** First day of the preceding period of equal length. */
export const dayBefore = ({ from, to }: MetricParameters): string => daysAfter(from, -daysBetween(from, to));

const bound = (parameters: MetricParameters) => ({
  from: parameters.from,
  to: parameters.to,
  before: dayBefore(parameters),
});

/** The figures by ClickHouse. */
export const figures = async (database: Database, parameters: MetricParameters): Promise<Figures> => {
  const names = parameters.dimensions;
  const rows = await database.query<Readonly<Record<string, string | number>>>(
    `${cases(tableOf)}
SELECT toUInt32(countIf(repair AND current)) AS cases, toUInt32(countIf(repair AND NOT current)) AS previous,
  toUInt32(countIf(repair AND current AND open)) AS open_cases, toUInt32(countIf(NOT repair AND current)) AS other_types
  ${names.map((name) => `, ${shownSql(name)} AS ${name}_shown`).join('')}
FROM told
${names.length > 0 ? `GROUP BY ${names.map((name) => `${name}_shown`).join(', ')}` : ''}`,
    bound(parameters),
  );
  const counted = rows.map((row) => ({
    labels: Object.fromEntries(names.map((name) => [name, String(row[`${name}_shown`])])),
    cases: Number(row['cases']),
    previous: Number(row['previous']),
    open: Number(row['open_cases']),
  }));
  return figuresOf(
    counted.filter((row) => row.cases + row.previous > 0),
    rows.reduce((sum, row) => sum + Number(row['other_types']), 0),
    parameters,
  );
};

/** The events of the cases behind a row; selector: dimensions, and `bucket`: `current` (default) or `previous`. */
export const drillDown = async (
  database: Database,
  parameters: MetricParameters,
  { selector }: { readonly selector: Selector },
): Promise<readonly EventReference[]> => {
  const { bucket = 'current', ...labels } = selector;
  const picked = pickSql(labels, Object.fromEntries(parameters.dimensions.map((name) => [name, shownSql(name)])));
  const rows = await database.query<{
    stream: string;
    trace: readonly string[];
    traces: readonly (readonly [string, readonly string[]])[];
  }>(
    `${cases(tableOf)}
SELECT stream, trace, traces FROM told
WHERE repair AND current = ({bucket:String} = 'current')${picked.where}
ORDER BY stream, cycle`,
    { ...bound(parameters), ...picked.parameters, bucket },
  );
  return rows.flatMap((row) =>
    [[row.stream, row.trace] as const, ...row.traces].flatMap(([stream, traces]) =>
      traces.map((trace) => referenceOf(stream, trace)),
    ),
  );
};
