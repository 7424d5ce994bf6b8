import { event, firstBroken, reject, when, type Rejection } from '../../kernel/index';
import type { TicketCommandOf } from '../commands';
import { ticketEvents } from '../events';
import { mustAwaitConfirmation, mustBeDiagnosedAgain, mustBeDispatchable } from '../invariants';
import { present } from '../../kernel/present';
import type { ExistingTicket, PendingConfirmation } from '../state';
import { newEvidence } from './judgement';
import { ownedBy, ownWhileHandled } from './owner';
import { resumed } from './handling';
import { contactMissing } from './solution';
import { happened, underCase, underCustomer, type Context, type TicketUseCase } from './use-case';

/** Solved at first touch (straight from pending dispatch), from afar, or by hand. */
export const proposeResolution: TicketUseCase<'ProposeResolution'> = ({ data }, ticket) =>
  when(ticket, mustBeDispatchable, (open) => {
    const { by, faultCode, cause, remedy, summary } = data;
    const broken = firstBroken<ExistingTicket>(open, [mustBeDiagnosedAgain]);
    if (broken) return broken;
    if (open.status === 'pending-dispatch' && by !== 'first-touch') return reject('TICKET.FIRST_TOUCH_ONLY');
    if (open.status === 'in-progress' && by === 'first-touch') return reject('TICKET.NOT_FIRST_TOUCH');
    return [
      ...resumed(open),
      event(
        ticketEvents.ResolutionProposed,
        present({ by, faultCode, cause, remedy, cycle: open.cycle }),
        underCase(open, present({ summary })),
      ),
      ...ownedBy(open, { step: 'confirmation', role: 'agent' }),
    ];
  });

/** CLO-02, CLO-03: the customer by the tracking link, or staff with proof, but never who did the job. */
export const confirmResolution: TicketUseCase<'ConfirmResolution'> = ({ data }, ticket, context) =>
  when(ticket, mustAwaitConfirmation, (pending) => {
    const { channel, contactId, signatureDigest, occurredAt } = data;
    const { cycle } = pending;
    return (
      unproven(data, pending, context) ?? [
        event(
          ticketEvents.ResolutionConfirmed,
          present({ channel, contactId, signatureDigest, cycle }),
          happened(occurredAt),
        ),
        ...ownedBy(pending, { step: 'follow-up', role: 'agent' }),
      ]
    );
  });

const unproven = (
  { contactId, signatureDigest }: TicketCommandOf<'ConfirmResolution'>['data'],
  ticket: PendingConfirmation,
  { actor }: Context,
): Rejection | undefined => {
  if (ticket.workers.includes(actor.id)) return reject('TICKET.OWN_JOB');
  if (contactId === undefined && signatureDigest === undefined && actor.role !== 'customer')
    return reject('TICKET.NO_PROOF_OF_CONFIRMATION');
  return contactMissing(ticket, contactId);
};

/** CLO-04: back to whoever worked on it; as often as the policy says, to an expert. */
export const rejectResolution: TicketUseCase<'RejectResolution'> = ({ data }, ticket, context) =>
  when(ticket, mustAwaitConfirmation, (pending) => {
    const { reason, channel, contactId, words, occurredAt } = data;
    const { cycle, rejections } = pending;
    const untilExpert = context.facts.policies.closing.body.rejectionsUntilExpert;
    return (
      contactMissing(pending, contactId) ?? [
        event(ticketEvents.ResolutionRejected, present({ reason, channel, contactId, cycle }), {
          ...underCustomer(pending, present({ words })),
          ...happened(occurredAt),
        }),
        ...newEvidence(pending, [words], undefined, context),
        ...(rejections + 1 >= untilExpert
          ? ownedBy(pending, { step: 'diagnosis', role: 'expert' }, 'rejected-again')
          : ownWhileHandled(pending)),
      ]
    );
  });
