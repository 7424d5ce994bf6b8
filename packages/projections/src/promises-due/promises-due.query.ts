import type { Instant, Role } from '@aftercare/domain';
import { sql } from 'kysely';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { PromiseKind } from './promise';
import type { PromiseOwnerRow } from './promise-owners.projector';
import type { PromiseRow } from './promises-due.projector';

interface PromiseTable extends RowColumns {
  readonly due_by: string;
  readonly kind: string;
  readonly stream: string;
  readonly matter: string;
  readonly plan: string | null;
  readonly met: number;
  readonly owner_role: string | null;
  readonly owner_person: string | null;
}
interface OwnerTable extends RowColumns {
  readonly open: number;
  readonly owner_role: string | null;
  readonly owner_person: string | null;
  readonly region: string | null;
  readonly concerned: string | null;
  readonly plan: string | null;
}
type Tables = { readonly promises_due: PromiseTable; readonly promise_owners: OwnerTable };

/** A promise with who has to keep it and how often somebody asked. */
export interface PromiseDue extends Omit<PromiseRow, 'met' | 'assigned'> {
  readonly number: string | null;
  readonly customer: string | null;
  readonly region: string | null;
  readonly safety: boolean;
  /**
   * Of a visit the engineer or outlet that has the job, of a milestone whoever has its step; else the owner of the ticket or
   * the handler of the complaint.
   */
  readonly owner: PromiseOwnerRow['owner'];
  readonly chasers: number;
  readonly chasedAt: Instant | null;
}

/** What the list can be narrowed to; every field that is given must hold. */
export interface PromiseFilter {
  readonly kinds?: readonly PromiseKind[];
  /** Due before this instant. */
  readonly dueBefore?: Instant;
  readonly ownerRole?: Role;
  readonly ownerPerson?: string;
  /** Region code or the beginning of one. */
  readonly region?: string;
  /** Stream of the ticket or complaint. */
  readonly matter?: string;
  /** Leaves out complaints about this member of staff. */
  readonly notConcerning?: string;
}

const ORDER: Order = {
  list: 'promises-due',
  columns: [
    ['promises_due.due_by', 'string'],
    ['promises_due.key', 'string'],
  ],
};

/**
 * 承诺墙: what was promised and is not kept yet, what is due first at the top, what is overdue before it. Promises of
 * tickets and complaints that have ended are left out, and so are milestones of plans that are not in force. Throws `InvalidCursorError`.
 */
export const promisesDuePage = async (
  db: ViewsDb,
  filter: PromiseFilter = {},
  paging: Paging = {},
): Promise<Page<PromiseDue>> => {
  const size = pageSize(paging);
  let query = matching(db, filter)
    .select(['promises_due.key', 'promises_due.doc', 'promises_due.due_by'])
    .select(['matters.doc as matter_doc', 'jobs.doc as job_doc'])
    .orderBy('promises_due.due_by')
    .orderBy('promises_due.key')
    .limit(size + 1);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.due_by, row.key],
    show: (row) => shown(row),
  });
};

const shown = (row: {
  readonly doc: string;
  readonly matter_doc: string;
  readonly job_doc: string | null;
}): PromiseDue => {
  const matter = rowIn<PromiseOwnerRow>({ doc: row.matter_doc });
  const job = row.job_doc === null ? null : rowIn<PromiseOwnerRow>({ doc: row.job_doc });
  const { number, customer, region, safety, chasers, chasedAt } = matter;
  const { met: _met, assigned, ...promise } = rowIn<PromiseRow>(row);
  return {
    ...promise,
    number,
    customer,
    region,
    safety,
    owner: assigned ?? job?.owner ?? matter.owner,
    chasers,
    chasedAt,
  };
};

/** `matters`: the ticket or complaint; `jobs`: the work order, where a promise was made in one. */
const matching = (db: ViewsDb, filter: PromiseFilter) => {
  const { kinds, dueBefore, ownerRole, ownerPerson, region, matter, notConcerning } = filter;
  let query = db
    .withTables<Tables>()
    .selectFrom('promises_due')
    .innerJoin('promise_owners as matters', 'matters.key', 'promises_due.matter')
    .leftJoin('promise_owners as jobs', (join) =>
      join.onRef('jobs.key', '=', 'promises_due.stream').onRef('promises_due.stream', '<>', 'promises_due.matter'),
    )
    .where('matters.open', '=', 1)
    .where('promises_due.met', '=', 0)
    .where((of) => of.or([of('promises_due.plan', 'is', null), of('promises_due.plan', '=', of.ref('matters.plan'))]));
  if (kinds) query = query.where('promises_due.kind', 'in', kinds);
  if (dueBefore !== undefined) query = query.where('promises_due.due_by', '<', dueBefore);
  if (matter !== undefined) query = query.where('promises_due.matter', '=', matter);
  // The milestone's owner or the job's, and as long as nobody has either that of the matter.
  if (ownerRole !== undefined)
    query = query.where(
      sql<boolean>`coalesce(${sql.ref('promises_due.owner_role')}, ${sql.ref('jobs.owner_role')}, ${sql.ref('matters.owner_role')}) = ${ownerRole}`,
    );
  if (ownerPerson !== undefined)
    query = query.where(
      sql<boolean>`case when ${sql.ref('promises_due.owner_role')} is not null then ${sql.ref('promises_due.owner_person')} when ${sql.ref('jobs.owner_role')} is not null then ${sql.ref('jobs.owner_person')} else ${sql.ref('matters.owner_person')} end = ${ownerPerson}`,
    );
  if (region !== undefined)
    query = query.where('matters.region', '>=', region).where('matters.region', '<', `${region}:`);
  if (notConcerning !== undefined)
    query = query.where(({ eb }) =>
      eb.or([eb('matters.concerned', 'is', null), eb('matters.concerned', '<>', notConcerning)]),
    );
  return query;
};
