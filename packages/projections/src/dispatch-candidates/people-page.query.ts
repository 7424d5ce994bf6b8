import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { DispatchCandidateRow } from './dispatch-candidates.projector';

type Tables = {
  readonly dispatch_candidates: RowColumns & {
    readonly kind: string;
    readonly active: number;
    readonly outlet: string | null;
  };
  readonly jobs: RowColumns & { readonly loading: number; readonly assignee: string | null };
};

/** What a list of people is narrowed to; every field that is given must hold. */
export interface PeopleFilter {
  readonly kind: DispatchCandidateRow['kind'];
  readonly active?: boolean;
  /** Engineers of this outlet. */
  readonly outletId?: string;
}

/** An engineer or outlet as a list shows them; duty and absences stand in their own stream. */
export type PersonListed = Omit<DispatchCandidateRow, 'kind' | 'rostered' | 'shifts' | 'absences'> & {
  /** Jobs that count against the capacity (DSP-04). */
  readonly openJobs: number;
};

/** A list per kind: a cursor of the one is none of the other. */
const orderOf = (kind: PeopleFilter['kind']): Order => ({ list: `${kind}s`, columns: [['key', 'string']] });

/** Engineers or outlets, page by page, in the order of their ids. Throws `InvalidCursorError`. */
export const peoplePage = async (
  db: ViewsDb,
  { kind, active, outletId }: PeopleFilter,
  paging: Paging = {},
): Promise<Page<PersonListed>> => {
  const size = pageSize(paging);
  const order = orderOf(kind);
  let query = db
    .withTables<Tables>()
    .selectFrom('dispatch_candidates')
    .select(['key', 'doc'])
    .where('kind', '=', kind)
    .orderBy('key')
    .limit(size + 1);
  if (active !== undefined) query = query.where('active', '=', Number(active));
  if (outletId !== undefined) query = query.where('outlet', '=', outletId);
  if (paging.cursor !== undefined) query = query.where(behind(order, paging.cursor));
  const page = pageOf(await query.execute(), {
    size,
    order,
    at: (row) => [row.key],
    show: (row) => rowIn<DispatchCandidateRow>(row),
  });
  const open = await openJobsOf(
    db,
    page.rows.map(({ id }) => id),
  );
  const rows = page.rows.map(({ kind: _kind, rostered: _rostered, shifts: _shifts, absences: _absences, ...row }) => ({
    ...row,
    openJobs: open.get(row.id) ?? 0,
  }));
  return page.next === undefined ? { rows } : { rows, next: page.next };
};

const openJobsOf = async (db: ViewsDb, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (ids.length === 0) return new Map();
  const counts = await db
    .withTables<Tables>()
    .selectFrom('jobs')
    .select(({ fn }) => ['assignee', fn.countAll<number | string>().as('open')])
    .where('loading', '=', 1)
    .where('assignee', 'in', ids)
    .groupBy('assignee')
    .execute();
  return new Map(counts.flatMap(({ assignee, open }) => (assignee === null ? [] : [[assignee, Number(open)]])));
};
