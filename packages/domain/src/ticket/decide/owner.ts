import { event, type Actor } from '../../kernel/index';
import { present } from '../../kernel/present';
import { ticketEvents, type TicketEvent } from '../events';
import { isNamedInComplaint, type Case, type Owner } from '../state';

/** CLS-10: one owner per step. Nothing when it is theirs already. */
export const ownedBy = (
  ticket: Pick<Case, 'owner' | 'cycle'>,
  owner: Owner,
  reason?: string,
): readonly TicketEvent[] =>
  ticket.owner?.step === owner.step && ticket.owner.role === owner.role && ticket.owner.person === owner.person
    ? []
    : [event(ticketEvents.OwnerAssigned, present({ ...owner, reason, cycle: ticket.cycle }))];

/** Routes that plan a work order in this release; their dispatch is the supervisor's. */
const DISPATCHED: readonly string[] = ['remote', 'visit'];

/**
 * Who takes care of a ticket that is pending dispatch. A complaint, an unclassified matter and a route that isn't built
 * yet stay on the supervisor's list.
 */
export const ownWhilePending = (
  ticket: Pick<Case, 'owner' | 'cycle' | 'type' | 'route'>,
  intake?: Actor,
): readonly TicketEvent[] => {
  const supervisor = (reason: string) => ownedBy(ticket, { step: 'supervision', role: 'supervisor' }, reason);
  if (ticket.type === 'complaint') return supervisor('complaint');
  if (ticket.route === undefined) return supervisor('unclassified');
  if (DISPATCHED.includes(ticket.route)) return ownedBy(ticket, { step: 'dispatch', role: 'supervisor' });
  if (ticket.route === 'parts-shipment') return ownedBy(ticket, { step: 'handling', role: 'warehouse' });
  if (ticket.route === 'return-exchange') return ownedBy(ticket, { step: 'handling', role: 'agent' });
  if (ticket.route !== 'first-touch') return supervisor('route-not-built');
  const person = intake?.role === 'agent' ? { person: intake.id } : {};
  return ownedBy(ticket, { step: 'handling', role: 'agent', ...person });
};

/**
 * Who goes on working on a ticket in progress: whoever handled it last, else the agents. Who is named in an open complaint
 * doesn't get it back: then the supervisor (CLO-04).
 */
export const ownWhileHandled = (
  ticket: Pick<Case, 'owner' | 'cycle' | 'handler' | 'complaints'>,
): readonly TicketEvent[] =>
  isNamedInComplaint(ticket, ticket.handler?.person)
    ? ownedBy(ticket, { step: 'supervision', role: 'supervisor' }, 'named-in-complaint')
    : ownedBy(
        ticket,
        present({ step: 'handling' as const, role: ticket.handler?.role ?? 'agent', person: ticket.handler?.person }),
      );
