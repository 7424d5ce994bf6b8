import { event, firstBroken, reject, when } from '../../kernel/index';
import { ticketEvents, type TicketEvent } from '../events';
import { mustBeASafetyCase, mustBeDispatchable, mustBeOpen } from '../invariants';
import type { ExistingTicket } from '../state';
import { prioritized, routedByRule, warrantyByRule } from './judgement';
import { ownWhilePending } from './owner';
import { underCase, type TicketUseCase } from './use-case';

const pendingOwner = (before: ExistingTicket, after: Parameters<typeof ownWhilePending>[0]): readonly TicketEvent[] =>
  before.status === 'pending-dispatch' ? ownWhilePending(after) : [];

/** CLS-01: a person decides the type; what depends on it is decided again unless a person decided that too. */
export const classifyTicket: TicketUseCase<'ClassifyTicket'> = ({ data }, ticket, { facts }) =>
  when(ticket, mustBeOpen, (open) => {
    const { type, reason } = data;
    const { cycle } = open;
    const classified = { ...open, type };
    const rerouted = open.status === 'pending-dispatch' && (!open.routeByPerson || type === 'complaint');
    const { route, events: routing } = rerouted ? routedByRule(classified, facts) : { route: open.route, events: [] };
    return [
      event(
        ticketEvents.TicketClassified,
        { type, matched: [], decided: { by: 'person' }, cycle },
        underCase(open, { reason }),
      ),
      ...(open.priorityByHand ? [] : [prioritized(classified, facts)]),
      ...routing,
      ...pendingOwner(open, { ...classified, route }),
    ];
  });

/** A person sets the level itself, which the rule then leaves alone, or says the impact and lets the rule decide. */
export const prioritizeTicket: TicketUseCase<'PrioritizeTicket'> = ({ data }, ticket, { facts }) =>
  when(ticket, mustBeOpen, (open) => {
    const { priority, impact, reason } = data;
    if (!priority && !impact) return reject('TICKET.NOTHING_SAID');
    const said = { ...open, saidImpact: impact ?? open.saidImpact };
    if (!priority) {
      const byRule = { by: 'person', policyVersion: facts.policies.priority.version } as const;
      return [prioritized(said, facts, { decided: byRule, said: ['impact-said'], why: underCase(open, { reason }) })];
    }
    if (open.safety && priority !== facts.policies.priority.body.safety) return reject('TICKET.SAFETY_KEEPS_PRIORITY');
    return [
      event(
        ticketEvents.TicketPrioritized,
        {
          priority,
          impact: said.saidImpact ?? 'unknown',
          safety: open.safety,
          safetyMatched: open.safetyMatched.slice(0, 20),
          tier: open.tier,
          reasons: impact ? ['by-hand', 'impact-said'] : ['by-hand'],
          decided: { by: 'person' },
          cycle: open.cycle,
        },
        underCase(open, { reason }),
      ),
    ];
  });

/** A person overrides the route, with a reason. */
export const routeTicket: TicketUseCase<'RouteTicket'> = ({ data }, ticket) =>
  when(ticket, mustBeDispatchable, (open) => {
    if (open.type === 'complaint') return reject('TICKET.IS_COMPLAINT');
    const { route, reason } = data;
    return [
      event(
        ticketEvents.HandlingRouted,
        { route, decided: { by: 'person' }, cycle: open.cycle },
        underCase(open, { reason }),
      ),
      ...pendingOwner(open, { ...open, route }),
    ];
  });

/** INT-13: by rule, or by a person with a reason; may be determined again on site. */
export const determineTicketWarranty: TicketUseCase<'DetermineWarranty'> = ({ data }, ticket, { facts }) =>
  when(ticket, mustBeOpen, (open) => {
    const { coverage, reason } = data;
    if (!coverage)
      return [warrantyByRule(open, facts.unit, facts, reason === undefined ? {} : underCase(open, { reason }))];
    if (!reason) return reject('TICKET.REASON_MISSING');
    const policyVersion = facts.policies.warranty.version;
    return [
      event(
        ticketEvents.WarrantyDetermined,
        { coverage, basis: 'none', policyVersion, cycle: open.cycle },
        underCase(open, { reason }),
      ),
    ];
  });

/** CLS-04: a person sees a hazard. */
export const markSafety: TicketUseCase<'MarkSafety'> = ({ data }, ticket, { facts }) =>
  when(ticket, mustBeOpen, (open) =>
    open.safety
      ? []
      : [prioritized({ ...open, safety: true }, facts, { decided: { by: 'person' }, why: underCase(open, data) })],
  );

/** CLS-04: only a person may lower it, with a reason; the rule then decides without the hazard. */
export const lowerSafety: TicketUseCase<'LowerSafety'> = ({ data }, ticket, { facts, actor }) =>
  when(ticket, mustBeOpen, (open) => {
    if (actor.role === 'system') return reject('TICKET.PERSON_MUST_LOWER_SAFETY');
    return (
      firstBroken<ExistingTicket>(open, [mustBeASafetyCase]) ?? [
        prioritized({ ...open, safety: false }, facts, { decided: { by: 'person' }, why: underCase(open, data) }),
      ]
    );
  });
