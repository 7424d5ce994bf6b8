import { type Database } from '../clickhouse/database';
import { facts } from '../facts';
import { type Counts, type MonthCount } from './meta';

/** A month in which a table does not hold what the log says. */
export interface Difference {
  readonly fact: string;
  readonly month: string;
  readonly expected: MonthCount;
  readonly found: MonthCount;
}

const NONE: MonthCount = { rows: 0, versions: 0 };

/** Compares what stands in ClickHouse with the counts that the sink kept beside its position. */
export const differences = async (database: Database, expected: Counts): Promise<readonly Difference[]> => {
  const found: Difference[] = [];
  for (const fact of facts) {
    const rows = await database.query<{ month: string; rows: string; versions: string }>(
      `SELECT toString(month) AS month, count() AS rows, sum(version) AS versions FROM ${fact.table} FINAL GROUP BY month`,
    );
    const there = new Map(
      rows.map((row) => [row.month, { rows: Number(row.rows), versions: Number(row.versions) }] as const),
    );
    const here = expected[fact.table] ?? {};
    for (const month of new Set([...Object.keys(here), ...there.keys()])) {
      const [want, have] = [here[month] ?? NONE, there.get(month) ?? NONE];
      if (want.rows !== have.rows || want.versions !== have.versions)
        found.push({ fact: fact.name, month, expected: want, found: have });
    }
  }
  return found;
};

/** True when ClickHouse holds something that the log does not know: feeding again can't remove that. */
export const holdsTooMuch = (all: readonly Difference[]): boolean =>
  all.some(({ expected, found }) => found.rows > expected.rows || found.versions > expected.versions);
