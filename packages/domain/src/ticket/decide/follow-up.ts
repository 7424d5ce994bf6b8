import { event, reject, when, type Rejection } from '../../kernel/index';
import { ticketEvents, type TicketEvent } from '../events';
import { mustBeReopenable } from '../invariants';
import { present } from '../../kernel/present';
import { followUpOf, type ExistingTicket, type FollowUp } from '../state';
import { newEvidence } from './judgement';
import { reopened } from './reopen';
import { happened, stored, underCustomer, type TicketUseCase } from './use-case';

/** The status in which each follow-up is made. */
const MADE_WHILE = { 'confirmation-call': 'confirmed', 'after-closing': 'completed' } as const;

const notDue = (ticket: ExistingTicket, followUp: FollowUp): Rejection | undefined => {
  if (ticket.status !== MADE_WHILE[followUp]) return reject('TICKET.FOLLOW_UP_NOT_DUE', { status: ticket.status });
  return followUpOf(ticket, followUp).done ? reject('TICKET.FOLLOW_UP_DONE') : undefined;
};

/** SLA-04, SLA-05: a process says by when; planning the same twice changes nothing. */
export const scheduleFollowUp: TicketUseCase<'ScheduleFollowUp'> = ({ data }, ticket) => {
  const { followUp, policyVersion } = data;
  if (followUpOf(ticket, followUp).scheduled) return [];
  const refused = notDue(ticket, followUp);
  if (refused) return refused;
  const from = stored(data.from);
  const dueBy = stored(data.dueBy);
  return [event(ticketEvents.FollowUpScheduled, { followUp, from, dueBy, policyVersion, cycle: ticket.cycle })];
};

/** DEC-06: every attempt is a fact; which ones count is decided when the ticket is to be closed. */
export const attemptFollowUp: TicketUseCase<'AttemptFollowUp'> = ({ data }, ticket, { commandId }) => {
  const { followUp, channel, reached, contactId = commandId, occurredAt } = data;
  return (
    notDue(ticket, followUp) ?? [
      event(
        ticketEvents.FollowUpAttempted,
        { followUp, channel, contactId, reached, cycle: ticket.cycle },
        happened(occurredAt),
      ),
    ]
  );
};

/** FUP-02, FUP-03. One that finds the fault back reopens the ticket while that is still possible. */
export const completeFollowUp: TicketUseCase<'CompleteFollowUp'> = ({ data }, ticket, context) => {
  const { followUp, resolved, answers, suggestions, occurredAt } = data;
  const refused = notDue(ticket, followUp);
  if (refused) return refused;
  if (answers && ticket.satisfaction) return reject('TICKET.QUESTIONNAIRE_ANSWERED');
  const { scaleVersion } = context.facts.policies.closing.body;
  const completed: TicketEvent = event(
    ticketEvents.FollowUpCompleted,
    present({ followUp, resolved, scaleVersion, answers, cycle: ticket.cycle }),
    { ...underCustomer(ticket, present({ suggestions })), ...happened(occurredAt) },
  );
  const evidence = newEvidence(ticket, [suggestions], undefined, context);
  if (resolved) return [completed, ...evidence];
  return when(ticket, mustBeReopenable, (back) => [
    completed,
    ...evidence,
    ...(reopened(back, { foundBy: 'follow-up' }, context).events ?? []),
  ]);
};

/** Nobody did it in time; the process knows when. */
export const missFollowUp: TicketUseCase<'MissFollowUp'> = ({ data }, ticket) => {
  const { scheduled, done, missed } = followUpOf(ticket, data.followUp);
  return scheduled && !done && !missed
    ? [event(ticketEvents.FollowUpMissed, { followUp: data.followUp, cycle: ticket.cycle })]
    : [];
};
