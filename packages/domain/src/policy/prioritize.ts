import type { Impact, Priority, Tier, TicketType } from '../vocabulary';
import type { PriorityPolicy } from './bodies';

/** The priority that the rule finds; `reasons` are codes: `safety`, `impact-<impact>`, `type-without-fault`, `vip`. */
export interface Prioritization {
  readonly priority: Priority;
  /** The impact that was used, which may differ from the one given in (see `prioritize`). */
  readonly impact: Impact;
  readonly reasons: string[];
}

const LEVELS = ['P1', 'P2', 'P3', 'P4'] as const satisfies readonly Priority[];

/**
 * CLS-02..08, DEC-04, Priority v1. Safety first; else by impact; VIP lifts `vipLift` levels, once. The tier is that of
 * registration, and this rule is the only place that lifts: a priority set by hand is left alone.
 *
 * @param input `impact` as known; `impactSaid`: the customer's form or an agent said it. Without a statement a type of
 *   `noImpactTypes` (its words matched) makes the impact `none`; `none` from anywhere else is taken as unknown.
 */
export const prioritize = (
  body: PriorityPolicy,
  input: {
    readonly type: TicketType;
    readonly impact: Impact;
    readonly impactSaid: boolean;
    readonly safety: boolean;
    readonly tier: Tier;
  },
): Prioritization => {
  const { impact, fromWords } = impactOf(body, input);
  const base = input.safety ? body.safety : byImpact(body, impact);
  const reasons = input.safety ? ['safety'] : [fromWords ? 'type-without-fault' : `impact-${impact}`];
  const lifted = input.tier === 'vip' ? lift(base, body.vipLift) : base;
  return { priority: lifted, impact, reasons: lifted === base ? reasons : [...reasons, 'vip'] };
};

const impactOf = (
  body: PriorityPolicy,
  { type, impact, impactSaid }: { readonly type: TicketType; readonly impact: Impact; readonly impactSaid: boolean },
): { readonly impact: Impact; readonly fromWords: boolean } => {
  if (impactSaid && impact !== 'unknown') return { impact, fromWords: false };
  if (impact !== 'unknown' && impact !== 'none') return { impact, fromWords: false };
  return body.noImpactTypes.includes(type)
    ? { impact: 'none', fromWords: true }
    : { impact: 'unknown', fromWords: false };
};

/** A body that passed its check has every impact once; P3 is what an unknown impact gets. */
const byImpact = (body: PriorityPolicy, impact: Impact): Priority =>
  body.byImpact.find((row) => row.impact === impact)?.priority ?? 'P3';

const lift = (priority: Priority, levels: number): Priority =>
  LEVELS[Math.max(0, LEVELS.indexOf(priority) - levels)] ?? priority;
