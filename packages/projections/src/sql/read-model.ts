import type { RecordedEvent } from '@aftercare/domain';
import { sql, type Kysely } from 'kysely';
import type { Projector, Row } from '../consumer/index';
import { textOf } from './dialect';

/** A column that is filtered or sorted by. `flag` is 0 or 1: SQLite has no boolean. */
export interface Column<R extends Row> {
  readonly kind: 'text' | 'integer' | 'flag';
  of(row: R): string | number | boolean | null;
}

/** A read model: its projector and the shape of its table. */
export interface ReadModel<R extends Row = Row> {
  readonly projector: Projector<R>;
  /** Real columns, derived from the row; the row itself stands whole in `doc`, so that the two can't disagree. */
  readonly columns: Readonly<Record<string, Column<R>>>;
  /** Columns per index, in order. */
  readonly indexes: readonly (readonly string[])[];
  /** Opens personal parts before the fold. Only the customer look-up has it, to index what it then throws away. */
  readonly open?: (event: RecordedEvent) => Promise<RecordedEvent>;
}

/** What every read-model table has besides its columns. */
export interface RowColumns {
  readonly key: string;
  /** The row as JSON. */
  readonly doc: string;
}

/** Declares a read model; its row type is then known to table and query. */
export const readModel = <R extends Row>(model: ReadModel<R>): ReadModel<R> => model;

/** The row that stands in `doc`. */
export const rowIn = <R>(stored: { readonly doc: string }): R => JSON.parse(stored.doc) as R;

/** A row as it is written: its key, its columns, and itself in `doc`. */
export type WrittenRow = Readonly<Record<string, string | number | null>>;

export const writtenRow = (model: ReadModel, key: string, row: Row): WrittenRow => {
  const written: Record<string, string | number | null> = { key, doc: JSON.stringify(row) };
  for (const [name, column] of Object.entries(model.columns)) {
    const value = column.of(row);
    written[name] = typeof value === 'boolean' ? Number(value) : value;
  }
  return written;
};

/** `ticket_queue_v1`; a further table of the same version is told apart by its generation. */
export const tableName = (name: string, version: number, generation: number): string =>
  generation === 1 ? `${name}_v${version}` : `${name}_v${version}_g${generation}`;

/** Creates the table without its indexes: they are cheaper to build when the rows are there. */
export const createTable = async (db: Kysely<unknown>, model: ReadModel, table: string): Promise<void> => {
  const text = textOf(db);
  let builder = db.schema.createTable(table).addColumn('key', text, (column) => column.primaryKey());
  for (const [name, column] of Object.entries(model.columns))
    builder = builder.addColumn(name, column.kind === 'text' ? text : 'bigint');
  await builder.addColumn('doc', 'text', (column) => column.notNull()).execute();
};

export const createIndexes = async (db: Kysely<unknown>, model: ReadModel, table: string): Promise<void> => {
  for (const columns of model.indexes)
    await db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute();
};

/** Lets `name` answer from `table`: queries select from the view and never see a table half built. */
export const pointView = async (db: Kysely<unknown>, name: string, table: string): Promise<void> => {
  await sql`drop view if exists ${sql.table(name)}`.execute(db);
  await sql`create view ${sql.table(name)} as select * from ${sql.table(table)}`.execute(db);
};
