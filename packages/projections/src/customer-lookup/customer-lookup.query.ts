import { timingSafeEqual } from 'node:crypto';
import type { Tier } from '@aftercare/domain';
import { behind, pageOf, pageSize, type Order, type Page, type Paging } from '../sql/keyset';
import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { BlindIndex } from './blind-index';
import type { CustomerLookupRow } from './customer-lookup.projector';

interface LookupTable extends RowColumns {
  readonly phone: string | null;
  readonly name: string | null;
}
type Tables = {
  readonly customer_lookup: LookupTable;
};

/** A customer who was found; what they are called is in their stream, under their key. */
export interface FoundCustomer {
  readonly customer: string;
  readonly tier: Tier;
  readonly region: string | null;
  readonly registeredAt: string;
  readonly restricted: boolean;
}

/** What is known of the customer who is looked for. */
export interface CustomerQuestion {
  readonly phone?: string;
  readonly name?: string;
}

const ORDER: Order = { list: 'customers', columns: [['key', 'string']] };

/**
 * Customers with this phone, this name, or both when both are given. Exact after normalising: several people may share a
 * name or a household's phone, and the agent chooses. Nothing asked: nobody. Throws `InvalidCursorError`.
 */
export const customersPage = async (
  db: ViewsDb,
  index: BlindIndex,
  question: CustomerQuestion,
  paging: Paging = {},
): Promise<Page<FoundCustomer>> => {
  const size = pageSize(paging);
  let query = db.withTables<Tables>().selectFrom('customer_lookup').select(['key', 'doc']);
  if (question.phone === undefined && question.name === undefined) return { rows: [] };
  for (const column of ['phone', 'name'] as const) {
    const asked = question[column];
    if (asked === undefined) continue;
    const hash = index[column](asked);
    if (hash === undefined) return { rows: [] };
    query = query.where(column, '=', hash);
  }
  if (paging.cursor !== undefined) query = query.where(behind(ORDER, paging.cursor));
  const rows = await query
    .orderBy('key')
    .limit(size + 1)
    .execute();
  return pageOf(rows, {
    size,
    order: ORDER,
    at: (row) => [row.key],
    show: (row) => found(rowIn<CustomerLookupRow>(row)),
  });
};

/**
 * Whether the customer's phone ends in these four digits. False for an unknown or forgotten customer, one without a phone,
 * and anything that isn't four digits. Four digits are soon guessed: whoever asks limits the rate.
 */
export const hasLastFour = async (
  db: ViewsDb,
  index: BlindIndex,
  customer: string,
  digits: string,
): Promise<boolean> => {
  const asked = index.lastFour(digits.normalize('NFKC').trim(), customer);
  const row = await db
    .withTables<Tables>()
    .selectFrom('customer_lookup')
    .select('doc')
    .where('key', '=', customer)
    .executeTakeFirst();
  const known = row && rowIn<CustomerLookupRow>(row).lastFour;
  if (asked === undefined || typeof known !== 'string') return false;
  return timingSafeEqual(Buffer.from(asked, 'hex'), Buffer.from(known, 'hex'));
};

const found = ({ customer, tier, region, registeredAt, restricted }: CustomerLookupRow): FoundCustomer => ({
  customer,
  tier,
  region,
  registeredAt,
  restricted,
});
