import { later, type Instant } from '../../kernel/index';
import { addDays, addMonths, instantAt, localDateOf } from '../../policy/local-time';
import type { CustomerFacts, ErasureFindings } from './facts';

/**
 * DEC-15: so long a person's data is kept behind the end of their last case. Fixed for every company and no policy data: a
 * shorter time would lose what a claim is answered with, a longer one would keep people without a reason.
 */
export const RETENTION_MONTHS = 36;

const DEFAULT_ZONE = 'Asia/Shanghai';

/** How long a person's data is kept, and whether something keeps it longer than any date says. */
export interface Retention {
  /** The first instant at which it has been kept long enough. */
  readonly until: Instant;
  /** A case, an appeal or a legal hold is open: it is kept, whatever the date. */
  readonly held: boolean;
}

/**
 * DEC-15, retention by default: the later of three years behind the end of the last case and the end of warranty of any
 * unit. The period's last day is the corresponding day, whole, as with a warranty.
 *
 * @param registeredAt counts where there never was a case
 */
export const retentionOf = (
  registeredAt: Instant,
  { findings, lastCaseEndedAt, zone = DEFAULT_ZONE }: CustomerFacts & { readonly findings: ErasureFindings },
): Retention => {
  const from = localDateOf(lastCaseEndedAt ?? registeredAt, zone);
  const years = instantAt(addDays(addMonths(from, RETENTION_MONTHS), 1), zone);
  const { warrantyUntil } = findings;
  return { until: warrantyUntil === undefined ? years : later(years, warrantyUntil), held: hinders(findings) };
};

/** Whether something is open or held among a person's matters. */
export const hinders = ({ openTickets, openComplaints, appeals, legalHolds }: ErasureFindings): boolean =>
  [openTickets, openComplaints, appeals, legalHolds].some((streams) => streams.length > 0);
