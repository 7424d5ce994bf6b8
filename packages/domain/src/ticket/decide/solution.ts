import { event, reject, when, type Rejection } from '../../kernel/index';
import { ticketEvents } from '../events';
import { mustAwaitConsent, mustBeDispatchable, mustHaveASolutionToDecline } from '../invariants';
import { present } from '../../kernel/present';
import type { ExistingTicket } from '../state';
import { newEvidence } from './judgement';
import { ownedBy, ownWhileHandled, ownWhilePending } from './owner';
import { happened, underCase, underCustomer, type TicketUseCase } from './use-case';

/** A contact that is named as proof must be one of this ticket's that reached the customer. */
export const contactMissing = (ticket: ExistingTicket, contactId: string | undefined): Rejection | undefined =>
  contactId === undefined || ticket.contacts.some((known) => known.contactId === contactId && known.reached)
    ? undefined
    : reject('TICKET.CONTACT_UNKNOWN', { contactId });

/** The consent gate: it costs money, cover is not "in warranty", or the unit leaves the customer. */
export const proposeSolution: TicketUseCase<'ProposeSolution'> = ({ data }, ticket) =>
  when(ticket, mustBeDispatchable, (open) => {
    const { explanation, preparation, ...plan } = data;
    const needsConsent = plan.cost.amount > 0 || open.coverage !== 'in-warranty' || plan.unitLeavesCustomer;
    return [
      event(
        ticketEvents.SolutionProposed,
        { ...plan, needsConsent, cycle: open.cycle },
        underCase(open, present({ explanation, preparation })),
      ),
      ...(needsConsent ? ownedBy(open, { step: 'consent', role: 'agent' }) : []),
    ];
  });

/** Back to the state that the proposal found, and to whom it was with. */
export const acceptSolution: TicketUseCase<'AcceptSolution'> = ({ data }, ticket) =>
  when(ticket, mustAwaitConsent, (waiting) => {
    const { channel, contactId, occurredAt } = data;
    const { cycle } = waiting;
    return (
      contactMissing(waiting, contactId) ?? [
        event(ticketEvents.SolutionAccepted, present({ channel, contactId, cycle }), happened(occurredAt)),
        ...(waiting.before === 'in-progress' ? ownWhileHandled(waiting) : ownWhilePending(waiting)),
      ]
    );
  });

/** Alternatives follow, or the ticket closes unresolved: either is for the agents. */
export const declineSolution: TicketUseCase<'DeclineSolution'> = ({ data }, ticket, context) =>
  when(ticket, mustHaveASolutionToDecline, (waiting) => {
    const { channel, reason, contactId, words, occurredAt } = data;
    const { cycle } = waiting;
    if (waiting.status === 'in-progress' && !waiting.solutionProposed) return reject('TICKET.NO_SOLUTION_TO_DECLINE');
    return (
      contactMissing(waiting, contactId) ?? [
        event(ticketEvents.SolutionDeclined, present({ channel, reason, contactId, cycle }), {
          ...underCustomer(waiting, present({ words })),
          ...happened(occurredAt),
        }),
        ...newEvidence(waiting, [words], undefined, context),
        ...ownedBy(waiting, { step: 'consent', role: 'agent' }, 'solution-declined'),
      ]
    );
  });
