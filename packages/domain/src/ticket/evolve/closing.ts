import type { DomainEvent, Recorded } from '../../kernel/index';
import type { TicketEvent } from '../events';
import { followUpOf, type ExistingTicket, type FollowUpRecord } from '../state';
import { carried } from './carried';
import { freshCycle } from './opened';

type EventNamed<Type extends TicketEvent['type']> = Extract<TicketEvent, DomainEvent<Type>>;

export type ClosingEvent = EventNamed<
  | 'ticket.ResolutionProposed'
  | 'ticket.ResolutionConfirmed'
  | 'ticket.ResolutionRejected'
  | 'ticket.ConfirmationReminded'
  | 'ticket.ResolutionAcceptedBySilence'
  | 'ticket.ResolutionReturnedBySilence'
  | 'ticket.FollowUpScheduled'
  | 'ticket.FollowUpAttempted'
  | 'ticket.FollowUpCompleted'
  | 'ticket.FollowUpMissed'
  | 'ticket.TicketClosed'
  | 'ticket.TicketClosedUnresolved'
  | 'ticket.TicketCancelled'
  | 'ticket.TicketReopened'
>;

/** Events from the proposal that it is solved to the end, and back. */
// One flat case per event reads better than a second dispatch.
// eslint-disable-next-line complexity
export const evolveClosing = (ticket: ExistingTicket, event: Recorded<ClosingEvent>): ExistingTicket => {
  const at = event.metadata.recordedAt;
  switch (event.type) {
    case 'ticket.ResolutionProposed':
      return { ...carried(ticket), status: 'pending-confirmation', proposedAt: at, reminders: 0, pause: undefined };
    case 'ticket.ResolutionConfirmed':
      return { ...carried(ticket), status: 'confirmed', bySilence: false };
    case 'ticket.ResolutionAcceptedBySilence':
      return { ...carried(ticket), status: 'confirmed', bySilence: true };
    case 'ticket.ResolutionRejected':
      return {
        ...carried(ticket),
        status: 'in-progress',
        rejections: ticket.rejections + 1,
        needsDiagnosis: true,
      };
    case 'ticket.ResolutionReturnedBySilence':
      return { ...carried(ticket), status: 'in-progress', needsDiagnosis: true };
    case 'ticket.ConfirmationReminded':
      return ticket.status === 'pending-confirmation' ? { ...ticket, reminders: event.data.count } : ticket;
    case 'ticket.FollowUpScheduled':
      return followedUp(ticket, { ...followUpOf(ticket, event.data.followUp), scheduled: true });
    case 'ticket.FollowUpAttempted': {
      const record = followUpOf(ticket, event.data.followUp);
      const known = { ...ticket, contacts: [...ticket.contacts, contactOf(event)] };
      return followedUp(known, { ...record, attempts: [...record.attempts, at] });
    }
    case 'ticket.FollowUpCompleted': {
      const record = { ...followUpOf(ticket, event.data.followUp), done: true };
      return followedUp({ ...ticket, satisfaction: event.data.answers ?? ticket.satisfaction }, record);
    }
    case 'ticket.FollowUpMissed':
      return followedUp(ticket, { ...followUpOf(ticket, event.data.followUp), missed: true });
    case 'ticket.TicketClosed':
      return { ...carried(ticket), status: 'completed', endedAt: at, pause: undefined };
    case 'ticket.TicketClosedUnresolved':
      return { ...carried(ticket), status: 'closed-unresolved', endedAt: at, pause: undefined };
    case 'ticket.TicketCancelled':
      return { ...carried(ticket), status: 'cancelled', endedAt: at, pause: undefined };
    case 'ticket.TicketReopened':
      return {
        ...carried(ticket),
        ...freshCycle,
        status: 'pending-dispatch',
        cycle: event.data.cycle,
        openedAt: event.metadata.receivedAt ?? at,
      };
    default:
      return unheardOf(ticket, event);
  }
};

const contactOf = ({ data }: Recorded<EventNamed<'ticket.FollowUpAttempted'>>) => ({
  contactId: data.contactId,
  reached: data.reached,
});

const followedUp = (ticket: ExistingTicket, record: FollowUpRecord): ExistingTicket => ({
  ...ticket,
  followUps: [...ticket.followUps.filter(({ followUp }) => followUp !== record.followUp), record],
});

/** The compiler refuses this call when an event type has no case; at run time the event changes nothing. */
const unheardOf = (ticket: ExistingTicket, _event: never): ExistingTicket => ticket;
