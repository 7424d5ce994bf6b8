import type { Instant } from '../kernel/index';
import type { Impact, ServiceType, Tier, TicketType } from '../vocabulary';
import type { UnitFacts } from '../ticket/facts';
import { assessSafety } from './assess-safety';
import type { PoliciesInForce, PolicyBody } from './bodies';
import { classifyType } from './classify-type';
import type { PolicyKind } from './events';
import { prioritize } from './prioritize';
import { routeFor } from './route-for';
import { silencePlan } from './silence';
import { determineWarranty } from './warranty';

/**
 * A past case with what its decisions used. The words are held in memory for the run only and never returned.
 * Decisions that a person made are not cases: a rule doesn't change them.
 */
export interface DryRunCase {
  readonly ticketId: string;
  readonly zone: string;
  readonly text: string;
  readonly intent?: TicketType | undefined;
  readonly impact: Impact;
  readonly impactSaid: boolean;
  readonly safetyMarked: boolean;
  readonly tier: Tier;
  readonly serviceType?: ServiceType | undefined;
  readonly category?: string | undefined;
  /** As decided then: what priority, route and silence went by. */
  readonly type: TicketType;
  readonly safety: boolean;
  /** With `determinedAt`: the case had its warranty determined. */
  readonly unit?: UnitFacts | undefined;
  readonly determinedAt?: Instant | undefined;
  /** Since when it waited for the customer's confirmation; absent: it never did. */
  readonly pendingSince?: Instant | undefined;
  /** The versions the case was judged by; those of other kinds than the candidate's are used as they are. Shared by cases. */
  readonly policies: PoliciesInForce;
}

/** How many cases the kind decides about, and those that would have come out differently. */
export interface DryRunReport {
  readonly checked: number;
  readonly different: readonly { readonly ticketId: string; readonly before: string; readonly after: string }[];
}

/** What a body decides for a case, as one comparable word; undefined: this kind decides nothing about it. */
type Outcome<K extends PolicyKind> = (body: PolicyBody<K>, one: DryRunCase) => string | undefined;

const NOBODY = 'supervisor';

const outcomes: { readonly [K in PolicyKind]: Outcome<K> } = {
  type: (body, { text, intent }) => classifyType(body, { text, intent }).type,
  safety: (body, { text, safetyMarked }) =>
    assessSafety(body, { text, marked: safetyMarked }).safety ? 'safety' : 'no-safety',
  priority: (body, one) => prioritize(body, one).priority,
  route: (body, one) => routeFor(body, one.policies.catalogue.body, one) ?? NOBODY,
  catalogue: (body, one) => routeFor(one.policies.route.body, body, one) ?? NOBODY,
  warranty: (body, { unit, determinedAt, zone }) =>
    determinedAt ? determineWarranty(body, unit, determinedAt, zone).coverage : undefined,
  silence: (body, { type, pendingSince, zone, safety }) => {
    if (!pendingSince || safety) return undefined;
    const plan = silencePlan(body, { type, since: pendingSince, zone });
    return `${plan.action} ${plan.decideAt}`;
  },
  // Capacity and times of dispatch, and calls after a confirmation, depend on what people did meanwhile: no case to re-judge.
  dispatch: () => undefined,
  closing: () => undefined,
  // Decides about complaints, which the edge compares by the clocks themselves.
  'service-level': () => undefined,
};

/**
 * CLS-06: which of these cases would have come out differently under a candidate body. Pure; the body must have passed its
 * check. For dispatch, closing and service levels nothing is compared: `checked` is 0. A warranty body is compared as if it had been in force
 * on the day each warranty started; once published it changes only warranties that start under it.
 */

export const dryRun = <K extends PolicyKind>(
  kind: K,
  candidate: PolicyBody<K>,
  current: PolicyBody<K>,
  cases: readonly DryRunCase[],
): DryRunReport => {
  const outcomeOf = outcomes[kind];
  const compared = cases.flatMap((one) => {
    const before = outcomeOf(current, one);
    const after = outcomeOf(candidate, one);
    return before === undefined || after === undefined ? [] : [{ ticketId: one.ticketId, before, after }];
  });
  return { checked: compared.length, different: compared.filter(({ before, after }) => before !== after) };
};
