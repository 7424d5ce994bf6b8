import type { AlertStatus } from '@aftercare/domain';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { OnCallAlertRow } from './on-call-alerts.projector';

interface AlertTable extends RowColumns {
  readonly state: string;
  readonly site: string;
  readonly due: string;
  readonly people: string;
  readonly concerned: string;
}
type Tables = { readonly on_call_alerts: AlertTable };

/** What the list can be narrowed to; every field that is given must hold. */
export interface OnCallAlertFilter {
  readonly states?: readonly AlertStatus[];
  readonly site?: string;
  /** Alerts that this member of staff was called for, or answered. */
  readonly person?: string;
  /** Leaves out those about a complaint about this member of staff. */
  readonly notConcerning?: string;
}

const ORDER: Order = {
  list: 'on-call-alerts',
  columns: [
    ['due', 'string'],
    ['key', 'string'],
  ],
};

/**
 * On-call alerts by the time to acknowledge: those whose time is over, because nobody was there or nobody answered, stand
 * before those that are being called. Throws `InvalidCursorError`.
 */
export const onCallAlertsPage = async (
  db: ViewsDb,
  filter: OnCallAlertFilter = {},
  paging: Paging = {},
): Promise<Page<OnCallAlertRow>> => {
  const size = pageSize(paging);
  let query = db
    .withTables<Tables>()
    .selectFrom('on_call_alerts')
    .select(['key', 'doc', 'due'])
    .orderBy('due')
    .orderBy('key')
    .limit(size + 1);
  const { states, site, person, notConcerning } = filter;
  if (states !== undefined) query = query.where('state', 'in', states);
  if (site !== undefined) query = query.where('site', '=', site);
  if (person !== undefined) query = query.where('people', 'like', among(person));
  if (notConcerning !== undefined) query = query.where('concerned', 'not like', among(notConcerning));
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  return pageOf(await query.execute(), {
    size,
    order: ORDER,
    at: (row) => [row.due, row.key],
    show: (row) => rowIn<OnCallAlertRow>(row),
  });
};

/** An id stands between spaces. What stands for any character in a pattern stands in no id of a roster. */
const among = (id: string): string => `% ${id.replace(/[^A-Za-z0-9-]/g, ' ')} %`;
