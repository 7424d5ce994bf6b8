import { event, firstBroken, reject, when, type Rejection } from '../../kernel/index';
import { ticketEvents } from '../events';
import { mustAwaitConfirmation, mustHaveNoOpenJob, mustNotBeASafetyCase } from '../invariants';
import type { ExistingTicket, PendingConfirmation } from '../state';
import { ownedBy, ownWhileHandled } from './owner';
import { stored, type TicketUseCase } from './use-case';

/** DEC-05: reminders are events and list entries; one that was recorded already changes nothing. */
export const remindConfirmation: TicketUseCase<'RemindConfirmation'> = ({ data }, ticket) =>
  when(ticket, mustAwaitConfirmation, (pending) =>
    data.count <= pending.reminders
      ? []
      : [event(ticketEvents.ConfirmationReminded, { ...data, cycle: pending.cycle })],
  );

/** Silence decides only about the proposal that was waited for, never for safety cases or a unit not yet handed back. */
const silenceForbidden = (pending: PendingConfirmation, waitedSince: string): Rejection | undefined =>
  pending.proposedAt > waitedSince
    ? reject('TICKET.SILENCE_BROKEN')
    : firstBroken<ExistingTicket>(pending, [mustNotBeASafetyCase, mustHaveNoOpenJob]);

export const acceptBySilence: TicketUseCase<'AcceptBySilence'> = ({ data }, ticket) =>
  when(ticket, mustAwaitConfirmation, (pending) => {
    const waitedSince = stored(data.waitedSince);
    const { policyVersion } = data;
    return (
      silenceForbidden(pending, waitedSince) ?? [
        event(ticketEvents.ResolutionAcceptedBySilence, { policyVersion, waitedSince, cycle: pending.cycle }),
        ...ownedBy(pending, { step: 'follow-up', role: 'agent' }),
      ]
    );
  });

export const returnBySilence: TicketUseCase<'ReturnBySilence'> = ({ data }, ticket) =>
  when(ticket, mustAwaitConfirmation, (pending) => {
    const waitedSince = stored(data.waitedSince);
    const { policyVersion } = data;
    return (
      silenceForbidden(pending, waitedSince) ?? [
        event(ticketEvents.ResolutionReturnedBySilence, { policyVersion, waitedSince, cycle: pending.cycle }),
        ...ownWhileHandled(pending),
      ]
    );
  });
