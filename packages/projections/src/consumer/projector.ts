import type { RecordedEvent } from '@aftercare/domain';

/** One row: columns that SQLite, PostgreSQL and ClickHouse all hold. Objects and arrays are stored as JSON. */
export type Row = object;

/**
 * A read model's writer: pure, one row per key. Live run, rebuild and the test's full fold share it. Personal parts come
 * in sealed and are stored sealed, each with {stream, eventId, type, version}; whoever shows them opens them.
 */
export interface Projector<R extends Row = Row> {
  readonly name: string;
  /** Raised whenever rows would come out differently; the runtime then rebuilds beside the live table and switches. */
  readonly version: number;
  readonly types: readonly string[];
  /** The row an event belongs to; several for an event that touches several; undefined: none. */
  key(event: RecordedEvent): string | readonly string[] | undefined;
  /** The row after the event; null: no row (any more). */
  evolve(row: R | null, event: RecordedEvent, key: string): R | null;
}

/** Where rows live: one implementation on SQL (projections/sql), one on ClickHouse (analytics). */
export interface RowStore {
  /** True: `save` commits rows and checkpoint together; otherwise the consumer saves the checkpoint behind the rows. */
  readonly savesCheckpoint?: boolean;
  /** The rows that exist among `keys`. */
  load(keys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /** Writes rows (null: removes) and, where the store can, the checkpoint in the same transaction. */
  save(rows: ReadonlyMap<string, Row | null>, checkpoint: string): Promise<void>;
}

/** Position up to which a consumer has committed. */
export interface CheckpointStore {
  load(consumer: string): Promise<string | undefined>;
  save(consumer: string, position: string): Promise<void>;
}
