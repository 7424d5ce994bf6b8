import type {
  ComplaintCategory,
  ComplaintStatus,
  Instant,
  Party,
  ResponsibilityStatus,
  Severity,
} from '@aftercare/domain';
import type { SelectQueryBuilder } from 'kysely';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { ComplaintQueueRow } from './complaint-queue.projector';

interface QueueTable extends RowColumns {
  readonly due_by: string;
  readonly state: string;
  readonly open: number;
  readonly severity: string;
  readonly rank: number;
  readonly safety: number;
  readonly category: string;
  readonly model: string | null;
  readonly unit: string | null;
  readonly ticket: string | null;
  readonly concerned: string | null;
  readonly handler: string | null;
  readonly region: string | null;
  readonly site: string;
  readonly customer: string | null;
  readonly number: string;
  readonly paused: number;
  readonly responsibility: string;
  readonly party: string | null;
  readonly received_on: string;
}
type Tables = { readonly complaint_queue: QueueTable };

/** What a queue can be narrowed to; every field that is given must hold. */
export interface ComplaintQueueFilter {
  readonly states?: readonly ComplaintStatus[];
  /** Something is left to do. */
  readonly open?: boolean;
  readonly severity?: Severity;
  readonly safety?: boolean;
  readonly category?: ComplaintCategory;
  readonly model?: string;
  readonly unitId?: string;
  /** Id of the ticket it is about, or came from. */
  readonly ticketId?: string;
  /** Staff id. */
  readonly handler?: string;
  readonly unhandled?: boolean;
  /** Region code or the beginning of one. */
  readonly region?: string;
  readonly site?: string;
  /** Stream of the customer. */
  readonly customer?: string;
  readonly number?: string;
  readonly paused?: boolean;
  readonly responsibility?: ResponsibilityStatus;
  readonly party?: Party;
  /** Due before this instant: late ones, or those that will be. */
  readonly dueBefore?: Instant;
  /** Local days on which it was received, both included. */
  readonly receivedFrom?: string;
  readonly receivedTo?: string;
  /** Leaves out what complains about this member of staff: they don't read about themselves. */
  readonly notConcerning?: string;
}

const ORDER: Order = {
  list: 'complaint-queue',
  columns: [
    ['due_by', 'string'],
    ['key', 'string'],
  ],
};

/** The queue: what is due first at the top, breached before due, without a clock last. Throws `InvalidCursorError`. */
export const complaintQueuePage = async (
  db: ViewsDb,
  filter: ComplaintQueueFilter,
  paging: Paging = {},
): Promise<Page<ComplaintQueueRow>> => {
  const size = pageSize(paging);
  let query = narrowed(from(db), filter)
    .select(['key', 'doc', 'due_by'])
    .orderBy('due_by')
    .orderBy('key')
    .limit(size + 1);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.due_by, row.key],
    show: (row) => rowIn<ComplaintQueueRow>(row),
  });
};

/** One complaint's row; undefined: there is none (yet). */
export const complaintQueueRow = async (db: ViewsDb, complaint: string): Promise<ComplaintQueueRow | undefined> => {
  const row = await from(db).select(['key', 'doc']).where('key', '=', complaint).executeTakeFirst();
  return row && rowIn<ComplaintQueueRow>(row);
};

/** What complaints can be counted by. */
export const COMPLAINT_COUNTS = [
  'model',
  'party',
  'category',
  'severity',
  'state',
  'responsibility',
  'region',
] as const;
export type ComplaintCountBy = (typeof COMPLAINT_COUNTS)[number];

export interface ComplaintCount {
  /** Null: none is known, or nobody has been found responsible. */
  readonly value: string | null;
  readonly complaints: number;
  readonly open: number;
  readonly urgent: number;
  readonly safety: number;
}

/** How many complaints there are by model, responsible party, category, …; most first, at most 200 rows. */
export const complaintCounts = async (
  db: ViewsDb,
  by: ComplaintCountBy,
  filter: ComplaintQueueFilter = {},
): Promise<readonly ComplaintCount[]> => {
  const counts = await narrowed(from(db), filter)
    .select(({ fn, eb }) => [
      `${by} as value` as const,
      fn.countAll<number | string>().as('complaints'),
      fn.sum<number | string>('open').as('open_ones'),
      fn.sum<number | string>(eb.case().when('rank', '=', 1).then(1).else(0).end()).as('urgent'),
      fn.sum<number | string>('safety').as('safe_ones'),
    ])
    .groupBy(by)
    .orderBy('complaints', 'desc')
    .orderBy(by)
    .limit(200)
    .execute();
  return counts.map((row) => ({
    value: row.value,
    complaints: Number(row.complaints),
    open: Number(row.open_ones),
    urgent: Number(row.urgent),
    safety: Number(row.safe_ones),
  }));
};

const from = (db: ViewsDb) => db.withTables<Tables>().selectFrom('complaint_queue');
type QueueQuery = SelectQueryBuilder<Tables & Record<never, never>, 'complaint_queue', object>;

const flagOf = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : Number(value));

const narrowed = (query: QueueQuery, filter: ComplaintQueueFilter): QueueQuery => {
  const equal = {
    open: flagOf(filter.open),
    severity: filter.severity,
    safety: flagOf(filter.safety),
    category: filter.category,
    model: filter.model,
    unit: filter.unitId,
    ticket: filter.ticketId,
    handler: filter.handler,
    site: filter.site,
    customer: filter.customer,
    number: filter.number,
    paused: flagOf(filter.paused),
    responsibility: filter.responsibility,
    party: filter.party,
  } as const;
  let narrow = filter.states ? query.where('state', 'in', filter.states) : query;
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) narrow = narrow.where(column as keyof typeof equal, '=', value);
  return inRange(narrow, filter);
};

const inRange = (query: QueueQuery, filter: ComplaintQueueFilter): QueueQuery => {
  const { region, dueBefore, receivedFrom, receivedTo, notConcerning, unhandled } = filter;
  let narrow = query;
  // A prefix as a range uses an index and needs no escaping.
  if (region !== undefined) narrow = narrow.where('region', '>=', region).where('region', '<', `${region}:`);
  if (dueBefore !== undefined) narrow = narrow.where('due_by', '<', dueBefore);
  if (receivedFrom !== undefined) narrow = narrow.where('received_on', '>=', receivedFrom);
  if (receivedTo !== undefined) narrow = narrow.where('received_on', '<=', receivedTo);
  if (unhandled !== undefined) narrow = narrow.where('handler', unhandled ? 'is' : 'is not', null);
  if (notConcerning !== undefined)
    narrow = narrow.where(({ eb }) => eb.or([eb('concerned', 'is', null), eb('concerned', '<>', notConcerning)]));
  return narrow;
};
