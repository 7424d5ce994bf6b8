import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { FieldConflictKind, FieldConflictRow } from './field-conflicts.projector';

interface ConflictTable extends RowColumns {
  readonly raised_at: string;
  readonly work_order: string;
  readonly ticket: string;
  readonly kind: string;
}
type Tables = {
  readonly field_conflicts: ConflictTable;
  readonly number_index: RowColumns & { readonly number: string; readonly region: string | null };
};

/** An open conflict with its ticket's number; null while the number index is behind. */
export interface FieldConflict extends FieldConflictRow {
  readonly number: string | null;
  readonly region: string | null;
}

/** What the list can be narrowed to; every field that is given must hold. */
export interface FieldConflictFilter {
  /** Stream of the work order. */
  readonly workOrder?: string;
  /** Stream of the ticket. */
  readonly ticket?: string;
  readonly kind?: FieldConflictKind;
  /** Region code or the beginning of one. */
  readonly region?: string;
}

const ORDER: Order = {
  list: 'field-conflicts',
  columns: [
    ['field_conflicts.raised_at', 'string'],
    ['field_conflicts.key', 'string'],
  ],
};

/** Open conflicts, the oldest first. Reads the number index as well. Throws `InvalidCursorError`. */
export const fieldConflictsPage = async (
  db: ViewsDb,
  filter: FieldConflictFilter = {},
  paging: Paging = {},
): Promise<Page<FieldConflict>> => {
  const size = pageSize(paging);
  let query = db
    .withTables<Tables>()
    .selectFrom('field_conflicts')
    .leftJoin('number_index', 'number_index.key', 'field_conflicts.ticket')
    .select(['field_conflicts.key', 'field_conflicts.doc', 'field_conflicts.raised_at'])
    .select(['number_index.number', 'number_index.region'])
    .orderBy('field_conflicts.raised_at')
    .orderBy('field_conflicts.key')
    .limit(size + 1);
  const { workOrder, ticket, kind, region } = filter;
  if (workOrder !== undefined) query = query.where('field_conflicts.work_order', '=', workOrder);
  if (ticket !== undefined) query = query.where('field_conflicts.ticket', '=', ticket);
  if (kind !== undefined) query = query.where('field_conflicts.kind', '=', kind);
  // A prefix as a range uses an index and needs no escaping.
  if (region !== undefined)
    query = query.where('number_index.region', '>=', region).where('number_index.region', '<', `${region}:`);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.raised_at, row.key],
    show: (row) => ({ ...rowIn<FieldConflictRow>(row), number: row.number, region: row.region }),
  });
};
