import { rankCandidates, type DispatchPolicy, type Instant, type Ranking } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';
import { candidatesFor } from '../dispatch-candidates/dispatch-candidates.query';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { UnassignedJob, UnassignedRow } from './unassigned.projector';

type Tables = {
  readonly unassigned: RowColumns & {
    readonly waiting: number;
    readonly calm: number;
    readonly rank: number;
    readonly since: string;
    readonly region: string | null;
  };
};

export interface UnassignedFilter {
  /** Region code or the beginning of one. */
  readonly region?: string;
}

const ORDER: Order = {
  list: 'unassigned',
  columns: [
    ['calm', 'number'],
    ['rank', 'number'],
    ['since', 'string'],
    ['key', 'string'],
  ],
};

/** What waits for a supervisor: safety first, then priority, then who waited longest. Throws `InvalidCursorError`. */
export const unassignedPage = async (
  db: ViewsDb,
  filter: UnassignedFilter = {},
  paging: Paging = {},
): Promise<Page<UnassignedRow>> => {
  const size = pageSize(paging);
  let query = db
    .withTables<Tables>()
    .selectFrom('unassigned')
    .select(['key', 'doc', 'calm', 'rank', 'since'])
    .where('waiting', '=', 1)
    .orderBy('calm')
    .orderBy('rank')
    .orderBy('since')
    .orderBy('key')
    .limit(size + 1);
  const { region } = filter;
  if (region !== undefined) query = query.where('region', '>=', region).where('region', '<', `${region}:`);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.calm, row.rank, row.since, row.key],
    show: (row) => rowIn<UnassignedRow>(row),
  });
};

/** How everybody would be judged for this job now, best first, with why the others are ruled out (DSP-02, DSP-04). */
export const rankingFor = async (
  db: ViewsDb,
  { plan, turnedDown }: UnassignedJob,
  given: { readonly policy: DispatchPolicy; readonly now: Instant; readonly recused?: readonly string[] },
): Promise<Ranking & { readonly readPosition?: Position }> => {
  const { now, policy, recused = [] } = given;
  const start = plan.requestedWindow?.from;
  const { candidates, readPosition } = await candidatesFor(db, start !== undefined && start > now ? start : now);
  const ranking = rankCandidates(policy, { ...plan, turnedDown, recused }, candidates, { now, zone: plan.zone });
  return readPosition === undefined ? ranking : { ...ranking, readPosition };
};
