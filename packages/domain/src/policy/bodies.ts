import { type Type, type Static } from '@sinclair/typebox';
import { code, flag, label, list, oneOf, optional, part, text, whole } from '../kernel/index';
import { impact, priority, route, serviceType, ticketType } from '../vocabulary';
import type { PolicyKind } from './events';
import { serviceLevelPolicy } from './service-level-body';

/**
 * One entry of an ordered list: a phrase, or phrases that must all stand within `within` code points of each other, in any
 * order; a match inside or right beside one of `except` doesn't count (`游戏…爆炸` is no explosion). A phrase may offer
 * alternatives, `热水器|燃气灶|壁挂炉`: one of them has to stand there. phrase-matcher.ts says precisely what a match is.
 */
export const listEntry = () =>
  part({
    phrases: list(text(1_000), 6, 1),
    within: optional(whole(1, 200)),
    except: optional(list(text(1_000), 300)),
  });
export type ListEntry = Static<ReturnType<typeof listEntry>>;

/** INT-17: ordered lists; the first type in `order` with a match wins by rank, inside one rank the longest match. */
export const typePolicy = part({
  /** `rank` 1 beats 2: a grievance about conduct beats all, return words beat repair words. Same rank: longest match, then list order. */
  lists: list(part({ type: ticketType(), rank: whole(1, 100), entries: list(listEntry(), 3_000) }), 20),
});
export type TypePolicy = Static<typeof typePolicy>;

/** CLS-04. */
export const safetyPolicy = part({
  entries: list(listEntry(), 3_000),
  advice: list(part({ phrases: list(text(60), 20), zh: text(500), en: text(500) }), 50),
});
export type SafetyPolicy = Static<typeof safetyPolicy>;

/** CLS-02..08, DEC-04. */
export const priorityPolicy = part({
  safety: priority(),
  byImpact: list(part({ impact: impact(), priority: priority() }), 5, 5),
  vipLift: whole(0, 3),
  /** Types whose matched words alone make the impact `none`. */
  noImpactTypes: list(ticketType(), 10),
});
export type PriorityPolicy = Static<typeof priorityPolicy>;

export const routePolicy = part({
  byServiceType: list(part({ serviceType: serviceType(), route: route() }), 5),
  byType: list(part({ type: ticketType(), route: route() }), 12),
  /** Repairs of a category without a default of its own. */
  repairDefault: route(),
});
export type RoutePolicy = Static<typeof routePolicy>;

/** DSP-02, DSP-04, SLA-03. */
export const dispatchPolicy = part({
  engineerCapacity: whole(1, 1_000),
  outletCapacity: whole(1, 10_000),
  acceptMinutes: whole(1, 10_000),
  remindMinutes: whole(1, 10_000),
  failuresUntilSupervisor: whole(1, 20),
  calendar: oneOf(['always', 'reachable']),
});
export type DispatchPolicy = Static<typeof dispatchPolicy>;

/** DEC-20, WAR-07. The statutory rules are data shown, not enforced: verify against the regulation. */
export const warrantyPolicy = part({
  months: whole(0, 600),
  byCategory: list(part({ category: label(), months: whole(0, 600) }), 500),
  /** Days added to the production date when neither invoice nor installation is known. */
  productionGraceDays: whole(0, 3_650),
  statutory: list(
    part({
      rule: code(),
      days: optional(whole(0, 10_000)),
      times: optional(whole(0, 100)),
      years: optional(whole(0, 100)),
      zh: text(500),
      en: text(500),
    }),
    50,
  ),
});
export type WarrantyPolicy = Static<typeof warrantyPolicy>;

const silence = {
  remindAfterHours: list(whole(1, 10_000), 10),
  callListAfterHours: whole(1, 10_000),
  decideAfterHours: whole(1, 10_000),
  action: oneOf(['accept', 'return-to-engineer']),
};
/** DEC-05: hours on `always`, statutory holidays left out when `skipHolidays`. Never for safety cases. */
export const silencePolicy = part({
  standard: part(silence),
  byType: list(part({ type: ticketType(), ...silence }), 12),
  skipHolidays: flag(),
});
export type SilencePolicy = Static<typeof silencePolicy>;

/** DEC-06, SLA-04, SLA-05, reopening. */
export const closingPolicy = part({
  callWithinMinutes: whole(1, 10_000),
  callCalendar: oneOf(['always', 'reachable']),
  attempts: whole(1, 20),
  attemptsApartMinutes: whole(0, 10_000),
  attemptsAfterSilence: whole(0, 20),
  afterClosingFromHours: whole(0, 10_000),
  afterClosingToHours: whole(1, 10_000),
  reopenDays: whole(0, 365),
  rejectionsUntilExpert: whole(1, 20),
  scaleVersion: whole(1),
});
export type ClosingPolicy = Static<typeof closingPolicy>;

export const cataloguePolicy = part({
  categories: list(
    part({
      category: label(),
      zh: text(100),
      en: text(100),
      models: list(label(), 1_000),
      defaultRoute: optional(route()),
      skills: list(code(), 20),
    }),
    500,
  ),
  faultCodes: list(part({ code: label(), group: code(), zh: text(200), en: text(200) }), 3_000),
});
export type CataloguePolicy = Static<typeof cataloguePolicy>;

/** Shape of each kind's body; a draft that doesn't have it is refused. */
export const policyBodies = {
  type: typePolicy,
  safety: safetyPolicy,
  priority: priorityPolicy,
  route: routePolicy,
  dispatch: dispatchPolicy,
  warranty: warrantyPolicy,
  silence: silencePolicy,
  closing: closingPolicy,
  catalogue: cataloguePolicy,
  'service-level': serviceLevelPolicy,
} as const satisfies Record<PolicyKind, ReturnType<typeof Type.Object>>;

export type PolicyBody<K extends PolicyKind> = Static<(typeof policyBodies)[K]>;

/** A policy version that applies to a decision. */
export interface PolicyInForce<K extends PolicyKind> {
  readonly version: number;
  readonly body: PolicyBody<K>;
}

/** The versions in force at one instant. */
export type PoliciesInForce = { readonly [K in PolicyKind]: PolicyInForce<K> };
