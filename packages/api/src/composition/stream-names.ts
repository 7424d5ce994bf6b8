import { POLICY_KINDS } from '@aftercare/domain';
import { uuidv5 } from '@aftercare/event-store';

/** Stream of a policy kind; undefined for a word that is no kind. */
export const policyStream = (kind: string): string | undefined =>
  (POLICY_KINDS as readonly string[]).includes(kind) ? `policy-${uuidv5(kind)}` : undefined;

/** Stream that hands out a kind's serials of one month, `YYYYMM` (DEC-18). */
export const numberSeriesStream = (kind: string, month: string): string =>
  `number_series-${uuidv5(`${kind}:${month}`)}`;

/** Stream of a site's on-call roster. */
export const onCallRosterStream = (site: string): string => `on_call_roster-${uuidv5(`on_call_roster:${site}`)}`;

/**
 * A product unit is known by category, model and serial, so that the same unit is never registered twice; without a
 * serial nothing tells two apart: undefined, and the id follows from the commandId.
 */
export const productUnitId = (data: Readonly<Record<string, unknown>>): string | undefined => {
  const { category, model, serial } = data;
  if (typeof category !== 'string' || typeof model !== 'string' || typeof serial !== 'string') return undefined;
  return uuidv5(['product_unit', category, model, serial.normalize('NFKC').toUpperCase().trim()].join('\n'));
};
