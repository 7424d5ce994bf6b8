import { type RecordedEvent, type ServiceLevelLookup } from '@aftercare/domain';
import { type Projector, type Row } from '@aftercare/projections/consumer';

/** Raised whenever rows would come out differently: new table names, and the whole log is fed again. */
export const FACTS_VERSION = 2;

/** A row of a fact table. `version` is the revision of the last event of its stream: the newer row replaces the older. */
export interface FactRow extends Row {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly version: number;
  /** `YYYY-MM` (UTC) of the event that began the row; never changes, so that counts by month can be compared. */
  readonly month: string;
}

/** One table of facts, derived from the state of one fold. */
export interface Fact<State extends Row = Row> {
  readonly name: string;
  readonly table: string;
  /** What replaces what: the columns of ORDER BY. */
  readonly key: readonly string[];
  /** Column → ClickHouse type. */
  readonly columns: Readonly<Record<string, string>>;
  /**
   * All rows of one stream. A row never disappears again. `levels`: the service levels published so far, for clocks that
   * are judged by the version of their start; no row's key, month or number may depend on them.
   */
  rows(state: State, levels: ServiceLevelLookup): readonly FactRow[];
}

/** A stream folded into a state that is kept as a row, and the facts that follow from the state. */
export interface FactFold<State extends Row = Row> {
  readonly projector: Projector<State>;
  readonly facts: readonly Fact<State>[];
}

/** Name of a fact's table, with the version in it. */
export const tableOf = (name: string): string => `${name}_v${String(FACTS_VERSION)}`;

/** `YYYY-MM` of an instant, UTC. */
export const monthOf = (instant: string): string => instant.slice(0, 7);

/** How a row remembers an event that made it: revision, id and type, for drill-down. */
export const traceOf = (event: Pick<RecordedEvent, 'revision' | 'eventId' | 'type'>): string =>
  `${String(event.revision)}:${event.eventId}:${event.type}`;

/** An event behind a figure. */
export interface EventReference {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
}

/** Reads what `traceOf` wrote. */
export const referenceOf = (stream: string, trace: string): EventReference => {
  const [revision = '', eventId = '', type = ''] = trace.split(':');
  return { stream, revision: Number(revision), eventId, type };
};

/** A DateTime64 as ClickHouse takes it in every input format: a `Date` parameter would lose the milliseconds. */
export const dateTime = (instant: string | undefined): string | null =>
  instant === undefined ? null : instant.slice(0, 23).replace('T', ' ');

/** Column types that recur. */
export const column = {
  id: 'String',
  word: 'LowCardinality(String)',
  count: 'UInt32',
  amount: 'Int64',
  flag: 'UInt8',
  at: "DateTime64(3, 'UTC')",
  maybeAt: "Nullable(DateTime64(3, 'UTC'))",
  day: 'Date',
  maybeDay: 'Nullable(Date)',
  trace: 'Array(String)',
} as const;

/** The columns that every fact begins with. */
export const commonColumns = { stream: column.id, version: column.count, month: column.word } as const;
