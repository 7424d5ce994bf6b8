import { type Database } from '../../clickhouse/database';
import { referenceOf, tableOf, type EventReference } from '../../facts';
import { type Figures, type Selector } from '../metric';
import { type MetricParameters } from '../parameters';
import { periodSql, pickSql, shownSql } from '../sql';
import { ranked, uses } from './query.sql';
import { figuresOf, type Whole } from './shape';

type Row = Readonly<Record<string, string | number>>;

const bound = ({ from, to }: MetricParameters) => ({ from, to });

/** The figures by ClickHouse. */
export const figures = async (database: Database, parameters: MetricParameters): Promise<Figures> => {
  const labels = ['period', ...parameters.dimensions];
  const shown = [
    `${periodSql('usedOn', parameters.granularity)} AS period_shown`,
    ...parameters.dimensions.map((name) => `${shownSql(name)} AS ${name}_shown`),
  ].join(', ');
  const columns = labels.map((name) => `${name}_shown`);
  const rows = await database.query<Row>(`${uses(tableOf)}${ranked(shown, columns)}`, bound(parameters));
  return figuresOf(
    rows.map((row) => ({
      labels: Object.fromEntries(labels.map((name) => [name, String(row[`${name}_shown`])])),
      by: String(row['by']),
      measure: String(row['measure']),
      charge: String(row['charge']),
      rank: Number(row['place']),
      part: String(row['partNo']),
      value: Number(row['value']),
      uses: Number(row['counted']),
    })),
    await wholeOf(database, parameters),
  );
};

const wholeOf = async (database: Database, parameters: MetricParameters): Promise<Whole> => {
  const rows = await database.query<Row>(
    `${uses(tableOf)}
SELECT unit, currency, toUInt32(count()) AS counted, toUInt32(countIf(quantity = 0)) AS nothing,
  toUInt32(countIf(open)) AS open_uses, sum(toInt128(quantity)) AS pieces, sum(toInt128(quantity) * unitCost) AS cost
FROM uses GROUP BY unit, currency ORDER BY unit, currency`,
    bound(parameters),
  );
  const sums: Record<string, number> = {};
  const total = (name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
  for (const row of rows) {
    const [quantity, cost] = [`quantity:${String(row['unit'])}`, `cost:${String(row['currency'])}`];
    sums[quantity] = (sums[quantity] ?? 0) + Number(row['pieces']);
    sums[cost] = (sums[cost] ?? 0) + Number(row['cost']);
  }
  return { uses: total('counted'), toNothing: total('nothing'), open: total('open_uses'), sums };
};

/** The events of the uses behind a row; selector: `period`, dimensions, `part`, `charge`, `unit`, `currency`. */
export const drillDown = async (
  database: Database,
  parameters: MetricParameters,
  { selector }: { readonly selector: Selector },
): Promise<readonly EventReference[]> => {
  const columns: Record<string, string> = {
    period: periodSql('usedOn', parameters.granularity),
    part: 'partNo',
    charge: 'charge',
    unit: 'unit',
    currency: 'currency',
  };
  for (const name of parameters.dimensions) columns[name] = shownSql(name);
  const picked = pickSql(selector, columns);
  const rows = await database.query<{ stream: string; trace: readonly string[] }>(
    `${uses(tableOf)}
SELECT stream, trace FROM uses WHERE 1${picked.where} ORDER BY stream, trace`,
    { ...bound(parameters), ...picked.parameters },
  );
  return rows.flatMap((row) => row.trace.map((trace) => referenceOf(row.stream, trace)));
};
