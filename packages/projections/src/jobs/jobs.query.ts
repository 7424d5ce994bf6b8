import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { TicketQueueRow } from '../ticket-queue/ticket-queue.projector';
import type { JobRow } from './jobs.projector';

interface JobsTable extends RowColumns {
  readonly ticket: string;
  readonly state: string;
  readonly open: number;
  readonly loading: number;
  readonly assignee: string | null;
  readonly crew: string;
  readonly day_at: string;
  readonly ended_at: string | null;
}
type Tables = { readonly jobs: JobsTable; readonly ticket_queue: RowColumns };

/** A job with the ticket it is for (sealed personal parts included): null when the queue has not read it yet. */
export interface EngineerJob {
  readonly job: JobRow;
  readonly ticket: TicketQueueRow | null;
}

export interface EngineerJobsFilter {
  /** Id of the engineer or outlet; the people that an outlet named see the job as well. */
  readonly person: string;
  /**
   * `open`: everything left to do. `day`: what falls in `within` (its appointment, else the time asked for, else when it
   * was given out), and what ended in it.
   */
  readonly show: 'open' | { readonly within: { readonly from: string; readonly to: string } };
}

const ORDER: Order = {
  list: 'engineer-jobs',
  columns: [
    ['day_at', 'string'],
    ['jobs.key', 'string'],
  ],
};

/** An engineer's or outlet's jobs, earliest first (DSP-06). Throws `InvalidCursorError`. */
export const engineerJobs = async (
  db: ViewsDb,
  { person, show }: EngineerJobsFilter,
  paging: Paging = {},
): Promise<Page<EngineerJob>> => {
  const size = pageSize(paging);
  let query = db
    .withTables<Tables>()
    .selectFrom('jobs')
    .leftJoin('ticket_queue', 'ticket_queue.key', 'jobs.ticket')
    .select(['jobs.key as key', 'jobs.doc as doc', 'jobs.day_at as day_at', 'ticket_queue.doc as ticket_doc'])
    // Ids have no wildcard in them: the word is matched as it is.
    .where('jobs.crew', 'like', `%|${plainId(person)}|%`)
    .orderBy('day_at')
    .orderBy('jobs.key')
    .limit(size + 1);
  if (show === 'open') query = query.where('jobs.open', '=', 1);
  else {
    const { from, to } = show.within;
    query = query.where((where) =>
      where.or([
        where.and([where('jobs.day_at', '>=', from), where('jobs.day_at', '<', to)]),
        where.and([where('jobs.ended_at', '>=', from), where('jobs.ended_at', '<', to)]),
      ]),
    );
  }
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.day_at, row.key],
    show: (row) => ({
      job: rowIn<JobRow>(row),
      ticket: row.ticket_doc === null ? null : (JSON.parse(row.ticket_doc) as TicketQueueRow),
    }),
  });
};

const plainId = (id: string): string => id.replace(/[^A-Za-z0-9-]/g, '');
