import { event } from '../../kernel/index';
import { assessSafety, determineWarranty, prioritize, routeFor } from '../../policy/index';
import type { Route } from '../../vocabulary';
import { ticketEvents, type TicketEvent } from '../events';
import type { TicketFacts, UnitFacts } from '../facts';
import { present } from '../../kernel/present';
import { isEnded, type Case, type ExistingTicket } from '../state';
import type { Context, Why } from './use-case';

type Decided = TicketEventData<'ticket.TicketPrioritized'>['decided'];
type TicketEventData<Type extends TicketEvent['type']> = Extract<TicketEvent, { readonly type: Type }>['data'];
/** What the priority rule looks at. */
export type Judged = Pick<Case, 'type' | 'saidImpact' | 'safety' | 'safetyMatched' | 'tier' | 'cycle'>;

/** Who asked for the rule to be run, with what input, and why in their own words. */
interface Asked {
  readonly decided?: Partial<Decided>;
  readonly said?: readonly string[];
  readonly why?: Why;
}

/** CLS-02..05: runs the priority rule; `decided` says who asked for it. */
export const prioritized = (
  judged: Judged,
  { policies }: TicketFacts,
  { decided = {}, said = [], why }: Asked = {},
): TicketEvent => {
  const found = prioritize(policies.priority.body, {
    type: judged.type,
    impact: judged.saidImpact ?? 'unknown',
    impactSaid: judged.saidImpact !== undefined,
    safety: judged.safety,
    tier: judged.tier,
  });
  return event(
    ticketEvents.TicketPrioritized,
    {
      priority: found.priority,
      impact: found.impact,
      safety: judged.safety,
      safetyMatched: judged.safetyMatched.slice(0, 20),
      tier: judged.tier,
      reasons: [...found.reasons, ...said].slice(0, 10),
      decided: { by: 'rule', policyVersion: policies.priority.version, ...decided },
      cycle: judged.cycle,
    },
    why,
  );
};

/** CLS-04 over texts of one command; what was found is clipped to what an event holds. */
export const hazardIn = (
  { policies }: TicketFacts,
  texts: readonly (string | undefined)[],
  marked: boolean,
): { readonly safety: boolean; readonly matched: readonly string[] } => {
  const text = texts.filter((part) => part !== undefined).join('\n');
  const { safety, matched } = assessSafety(policies.safety.body, { text, marked });
  return { safety, matched: clipped(matched) };
};

/** At most 20 phrases of at most 100 UTF-16 units, never cutting a character in two. */
export const clipped = (phrases: readonly string[]): string[] =>
  phrases.slice(0, 20).map((phrase) => (phrase.length <= 100 ? phrase : [...phrase].slice(0, 50).join('')));

/**
 * CLS-04: new safety evidence re-runs the priority in any open state. Words count again after a person lowered the mark:
 * a missed hazard is worse than a second look. Nothing when the ticket knows them already.
 */
export const newEvidence = (
  ticket: ExistingTicket,
  texts: readonly (string | undefined)[],
  marked: boolean | undefined,
  context: Context,
): readonly TicketEvent[] => {
  if (isEnded(ticket)) return [];
  const { safety, matched } = hazardIn(context.facts, texts, marked ?? false);
  const unknown = matched.filter((phrase) => !ticket.safetyMatched.includes(phrase));
  if (!safety || (ticket.safety && unknown.length === 0)) return [];
  return [
    prioritized({ ...ticket, safety: true, safetyMatched: [...ticket.safetyMatched, ...unknown] }, context.facts),
  ];
};

/** Route v1. Complaints and unclassified matters have none: they stay on the supervisor's list. */
export const ruledRoute = (
  { policies }: TicketFacts,
  { type, serviceType, category }: Pick<Case, 'type' | 'serviceType' | 'category'>,
): Route | undefined =>
  type === 'complaint' || type === 'unclassified'
    ? undefined
    : routeFor(policies.route.body, policies.catalogue.body, { type, serviceType, category });

/** The route as the rule finds it; nothing when it stays as it is. */
export const routedByRule = (
  ticket: Pick<Case, 'type' | 'serviceType' | 'category' | 'route' | 'cycle'>,
  facts: TicketFacts,
): { readonly route: Route | undefined; readonly events: readonly TicketEvent[] } => {
  const route = ruledRoute(facts, ticket);
  const decided = { by: 'rule', policyVersion: facts.policies.route.version } as const;
  const events =
    route === ticket.route
      ? []
      : [event(ticketEvents.HandlingRouted, present({ route, decided, cycle: ticket.cycle }))];
  return { route, events };
};

/** INT-13: the warranty as the rule finds it for what is known of the unit, at the time the matter reached us. */
export const warrantyByRule = (
  ticket: Pick<Case, 'cycle' | 'openedAt' | 'zone'>,
  unit: UnitFacts | undefined,
  { policies }: TicketFacts,
  why?: Why,
): TicketEvent => {
  const { version, body } = policies.warranty;
  const found = determineWarranty(body, unit, ticket.openedAt, ticket.zone);
  return event(
    ticketEvents.WarrantyDetermined,
    present({
      coverage: found.coverage,
      from: found.from,
      until: found.until,
      basis: found.basis,
      policyVersion: version,
      cycle: ticket.cycle,
    }),
    why,
  );
};
