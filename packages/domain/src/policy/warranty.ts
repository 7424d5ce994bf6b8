import { type Instant } from '../kernel/index';
import type { UnitFacts } from '../ticket/facts';
import type { Coverage } from '../vocabulary';
import type { WarrantyPolicy } from './bodies';
import { addDays, addMonths, instantAt } from './local-time';

export type WarrantyBasis = 'invoice' | 'installation' | 'production' | 'none';

/** Cover of a unit at an instant. `until` is exclusive: the first instant without cover. */
export interface WarrantyDetermination {
  readonly coverage: Coverage;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly basis: WarrantyBasis;
}

type UnitDates = Pick<UnitFacts, 'soldOn' | 'installedOn' | 'producedOn'>;

/**
 * DEC-20: the local day on which a unit's warranty starts: invoice, else installation, else production + policy days.
 * Undefined when none of the three is known.
 */
export const warrantyStart = (
  body: WarrantyPolicy,
  unit: UnitDates,
): { readonly startsOn: string; readonly basis: Exclude<WarrantyBasis, 'none'> } | undefined => {
  if (unit.soldOn) return { startsOn: unit.soldOn, basis: 'invoice' };
  if (unit.installedOn) return { startsOn: unit.installedOn, basis: 'installation' };
  if (unit.producedOn) return { startsOn: addDays(unit.producedOn, body.productionGraceDays), basis: 'production' };
  return undefined;
};

/**
 * Whether a unit is covered at `at` (WAR-01, WAR-04, DEC-20). Which version of the policy applies is the caller's matter:
 * the one in force on the start date (`warrantyVersionFor` in in-force.ts).
 *
 * The period counts months behind the start day, and its last day is the corresponding day, whole (Civil Code of the PRC,
 * articles 201–203; verify against the regulation): bought on 2025-11-22 with 12 months → covered to the end of 2026-11-22.
 * Before the start a unit is covered too: a machine may fail between delivery and the day that the rule assumes.
 * A category with 0 months is `not-covered`; a unit without any date, or no unit, is `unknown`.
 */

export const determineWarranty = (
  body: WarrantyPolicy,
  unit: UnitFacts | undefined,
  at: Instant,
  zone: string,
): WarrantyDetermination => {
  const start = unit && warrantyStart(body, unit);
  if (!unit || !start) return { coverage: 'unknown', basis: 'none' };
  const months = body.byCategory.find((row) => row.category === unit.category)?.months ?? body.months;
  const from = instantAt(start.startsOn, zone);
  if (months === 0) return { coverage: 'not-covered', from, basis: start.basis };
  const until = instantAt(addDays(addMonths(start.startsOn, months), 1), zone);
  return { coverage: at < until ? 'in-warranty' : 'expired', from, until, basis: start.basis };
};
