import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { ErasureRequestRow } from './erasure-requests.projector';

interface RequestTable extends RowColumns {
  readonly requested_at: string;
  readonly status: string;
  readonly asker: string;
}

/** What the list can be narrowed to; every field that is given must hold. */
export interface ErasureRequestFilter {
  readonly status?: ErasureRequestRow['status'];
  readonly asker?: ErasureRequestRow['asker'];
}

const ORDER: Order = {
  list: 'erasure-requests',
  columns: [
    ['requested_at', 'string'],
    ['key', 'string'],
  ],
};

/** Erasures under way, the oldest request first. Throws `InvalidCursorError`. */
export const erasureRequestsPage = async (
  db: ViewsDb,
  { status, asker }: ErasureRequestFilter = {},
  paging: Paging = {},
): Promise<Page<ErasureRequestRow>> => {
  const size = pageSize(paging);
  let query = db
    .withTables<{ readonly erasure_requests: RequestTable }>()
    .selectFrom('erasure_requests')
    .select(['key', 'doc', 'requested_at'])
    .orderBy('requested_at')
    .orderBy('key')
    .limit(size + 1);
  if (status !== undefined) query = query.where('status', '=', status);
  if (asker !== undefined) query = query.where('asker', '=', asker);
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.requested_at, row.key],
    show: (row) => rowIn<ErasureRequestRow>(row),
  });
};
