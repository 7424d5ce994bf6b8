import type { Priority, Role, TicketStatus, TicketType } from '@aftercare/domain';
import type { SelectQueryBuilder } from 'kysely';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { TicketQueueRow } from './ticket-queue.projector';

interface QueueTable extends RowColumns {
  readonly state: string;
  readonly open: number;
  readonly calm: number;
  readonly rank: number;
  readonly opened_at: string;
  readonly owner_role: string | null;
  readonly owner_person: string | null;
  readonly assignee: string | null;
  readonly region: string | null;
  readonly type: string | null;
  readonly category: string | null;
  readonly model: string | null;
  readonly number: string;
  readonly customer: string;
  readonly unit: string | null;
  readonly paused: number;
}
type Tables = { readonly ticket_queue: QueueTable };

/** What a queue can be narrowed to; every field that is given must hold. */
export interface TicketQueueFilter {
  readonly states?: readonly TicketStatus[];
  /** True: something is left to do; false: ended. */
  readonly open?: boolean;
  readonly safety?: boolean;
  readonly priority?: Priority;
  readonly type?: TicketType;
  readonly ownerRole?: Role;
  readonly ownerPerson?: string;
  /** Id of the engineer or outlet with the open job. */
  readonly assignee?: string;
  /** Region code or the beginning of one: `3101` is all of it. */
  readonly region?: string;
  readonly category?: string;
  readonly model?: string;
  readonly number?: string;
  /** Stream of the customer. */
  readonly customer?: string;
  readonly unitId?: string;
  readonly paused?: boolean;
}

const ORDER: Order = {
  list: 'ticket-queue',
  columns: [
    ['calm', 'number'],
    ['rank', 'number'],
    ['opened_at', 'string'],
    ['key', 'string'],
  ],
};

/** The queue: safety first, then priority, then the oldest (CLS-04, CLS-08). Throws `InvalidCursorError`. */
export const ticketQueuePage = async (
  db: ViewsDb,
  filter: TicketQueueFilter,
  paging: Paging = {},
): Promise<Page<TicketQueueRow>> => {
  const size = pageSize(paging);
  let query = narrowed(db.withTables<Tables>().selectFrom('ticket_queue'), filter)
    .select(['key', 'doc', 'calm', 'rank', 'opened_at'])
    .orderBy('calm')
    .orderBy('rank')
    .orderBy('opened_at')
    .orderBy('key')
    .limit(size + 1);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.calm, row.rank, row.opened_at, row.key],
    show: (row) => rowIn<TicketQueueRow>(row),
  });
};

/** How many tickets stand in each state; states without any are absent. */
export const ticketCountsByState = async (
  db: ViewsDb,
  filter: Omit<TicketQueueFilter, 'states'> = {},
): Promise<Partial<Record<TicketStatus, number>>> => {
  const counts = await narrowed(db.withTables<Tables>().selectFrom('ticket_queue'), filter)
    .select(({ fn }) => ['state', fn.countAll<number | string>().as('tickets')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(counts.map((row) => [row.state, Number(row.tickets)]));
};

/** One ticket's row; undefined: there is none (yet). */
export const ticketQueueRow = async (db: ViewsDb, ticket: string): Promise<TicketQueueRow | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('ticket_queue')
    .select(['key', 'doc'])
    .where('key', '=', ticket)
    .executeTakeFirst();
  return row && rowIn<TicketQueueRow>(row);
};

type QueueQuery = SelectQueryBuilder<Tables & Record<never, never>, 'ticket_queue', object>;

const narrowed = (query: QueueQuery, filter: TicketQueueFilter): QueueQuery => {
  const equal = {
    type: filter.type,
    owner_role: filter.ownerRole,
    owner_person: filter.ownerPerson,
    assignee: filter.assignee,
    category: filter.category,
    model: filter.model,
    number: filter.number,
    customer: filter.customer,
    unit: filter.unitId,
    rank: filter.priority && Number(filter.priority.slice(1)),
    calm: filter.safety === undefined ? undefined : Number(!filter.safety),
    paused: filter.paused === undefined ? undefined : Number(filter.paused),
    open: filter.open === undefined ? undefined : Number(filter.open),
  } as const;
  let narrow = filter.states ? query.where('state', 'in', filter.states) : query;
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) narrow = narrow.where(column as keyof typeof equal, '=', value);
  // A prefix as a range uses an index and needs no escaping.
  const { region } = filter;
  return region === undefined ? narrow : narrow.where('region', '>=', region).where('region', '<', `${region}:`);
};
