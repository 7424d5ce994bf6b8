import type { Instant, Role } from '@aftercare/domain';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { CallKind, CallListRow } from './call-list.projector';

interface CallTable extends RowColumns {
  readonly due_by: string;
  readonly starts_at: string;
  readonly until: string | null;
  readonly kind: string;
  readonly ticket: string;
}
interface QueueTable extends RowColumns {
  readonly number: string;
  readonly customer: string;
  readonly region: string | null;
  readonly owner_role: string | null;
  readonly owner_person: string | null;
  readonly calm: number;
}
type Tables = {
  readonly call_list: CallTable;
  readonly ticket_queue: QueueTable;
};

/** A call with what the ticket queue knows of its ticket; null while the queue is behind. */
export interface CallListEntry extends CallListRow {
  readonly number: string | null;
  /** Stream of the customer. */
  readonly customer: string | null;
  readonly region: string | null;
  readonly ownerRole: Role | null;
  readonly ownerPerson: string | null;
  readonly safety: boolean;
}

/** What the list can be narrowed to; every field that is given must hold. */
export interface CallListFilter {
  readonly kinds?: readonly CallKind[];
  /** True: only calls that may be made now; default: those that are still to come as well. */
  readonly callable?: boolean;
  /** Stream of the ticket. */
  readonly ticket?: string;
  /** Region code or the beginning of one. */
  readonly region?: string;
  readonly ownerRole?: Role;
  readonly ownerPerson?: string;
}

const ORDER: Order = {
  list: 'call-list',
  columns: [
    ['call_list.due_by', 'string'],
    ['call_list.key', 'string'],
  ],
};

/**
 * Customers to be called, what is due first at the top; calls for which it is too late at `now` are left out. Reads the
 * ticket queue as well. Throws `InvalidCursorError`.
 */
export const callListPage = async (
  db: ViewsDb,
  now: Instant,
  filter: CallListFilter = {},
  paging: Paging = {},
): Promise<Page<CallListEntry>> => {
  const size = pageSize(paging);
  let query = matching(db, now, filter)
    .select(['call_list.key', 'call_list.doc', 'call_list.due_by'])
    .select(['ticket_queue.number', 'ticket_queue.customer', 'ticket_queue.region'])
    .select(['ticket_queue.owner_role', 'ticket_queue.owner_person', 'ticket_queue.calm'])
    .orderBy('call_list.due_by')
    .orderBy('call_list.key')
    .limit(size + 1);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.due_by, row.key],
    show: (row) => ({
      ...rowIn<CallListRow>(row),
      number: row.number,
      customer: row.customer,
      region: row.region,
      ownerRole: row.owner_role as Role | null,
      ownerPerson: row.owner_person,
      safety: row.calm === 0,
    }),
  });
};

const matching = (db: ViewsDb, now: Instant, filter: CallListFilter) => {
  let query = db
    .withTables<Tables>()
    .selectFrom('call_list')
    .leftJoin('ticket_queue', 'ticket_queue.key', 'call_list.ticket')
    .where((where) => where.or([where('call_list.until', 'is', null), where('call_list.until', '>', now)]));
  const { kinds, callable, ticket, region, ownerRole, ownerPerson } = filter;
  if (kinds) query = query.where('call_list.kind', 'in', kinds);
  if (callable) query = query.where('call_list.starts_at', '<=', now);
  if (ticket !== undefined) query = query.where('call_list.ticket', '=', ticket);
  if (ownerRole !== undefined) query = query.where('ticket_queue.owner_role', '=', ownerRole);
  if (ownerPerson !== undefined) query = query.where('ticket_queue.owner_person', '=', ownerPerson);
  // A prefix as a range uses an index and needs no escaping.
  return region === undefined
    ? query
    : query.where('ticket_queue.region', '>=', region).where('ticket_queue.region', '<', `${region}:`);
};
