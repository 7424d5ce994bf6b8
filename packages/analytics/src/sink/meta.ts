import { type RowStore } from '@aftercare/projections/consumer';
import { FACTS_VERSION, type FactRow } from '../facts';

/** What should stand in ClickHouse, by table and month: how many rows, and the sum of their versions. */
export type Counts = Readonly<Record<string, Readonly<Record<string, MonthCount>>>>;

/** The sum of versions tells a row that is there but old from one that is up to date. */
export interface MonthCount {
  readonly rows: number;
  readonly versions: number;
}

/** Where the sink stands. Saved with the states of the same page, so that they can't disagree. */
export interface SinkMeta {
  readonly [column: string]: unknown;
  /** Raised by a new feed from the start: states of an earlier one are not looked at again. */
  readonly generation: number;
  readonly factsVersion: number;
  readonly position?: string;
  /** recordedAt of the last event taken in. */
  readonly asOf?: string;
  readonly counts: Counts;
}

export const META = 'meta';

/** What was saved last, or a new feed from the start where nothing was, or where rows would come out differently now. */
export const storedMeta = async (rows: Pick<RowStore, 'load'>): Promise<SinkMeta> => {
  const stored = (await rows.load([META])).get(META) as SinkMeta | undefined;
  return stored?.factsVersion === FACTS_VERSION
    ? stored
    : { generation: (stored?.generation ?? 0) + 1, factsVersion: FACTS_VERSION, counts: {} };
};

/** Key of a stream's state. */
export const stateKey = (generation: number, fold: string, key: string): string =>
  `${String(generation)}/${fold}/${key}`;

/** The counts after the rows of one stream and table changed from `before` to `after`. Rows never disappear. */
export const counted = (
  counts: Counts,
  table: string,
  change: { readonly before: readonly FactRow[]; readonly after: readonly FactRow[] },
): Counts => {
  const months = { ...counts[table] };
  const add = (rows: readonly FactRow[], sign: 1 | -1): void => {
    for (const { month, version } of rows) {
      const known = months[month] ?? { rows: 0, versions: 0 };
      months[month] = { rows: known.rows + sign, versions: known.versions + sign * version };
    }
  };
  add(change.before, -1);
  add(change.after, 1);
  return { ...counts, [table]: months };
};
