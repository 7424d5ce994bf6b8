import { idOf, type ProcessCommand, type ProcessManager, type Reaction, type Recorded } from '../kernel/index';
import { present } from '../kernel/present';
import type { ComplaintEvent } from '../complaint/events';
import type { TicketCommandOf } from '../ticket/commands';
import { reaction, toComplaint, toTicket } from './inputs';

export interface ComplaintTickets {
  readonly ticketId?: string | undefined;
  readonly engineerId?: string | undefined;
  readonly isOpen: boolean;
  /** Rework tickets of its plan: whoever is named in the complaint isn't sent there either. */
  readonly reworks?: readonly string[];
  /** Tickets that were told of it and not yet of its end. */
  readonly told: readonly string[];
}

const types = [
  'complaint.ComplaintRegistered',
  'complaint.SubjectIdentified',
  'complaint.ReworkTicketOpened',
  'complaint.ComplaintClosed',
  'complaint.DismissalCommunicated',
  'complaint.DismissalAppealed',
  'complaint.ComplaintWithdrawn',
  'complaint.InternalHandlingEnded',
  'complaint.ComplaintReopened',
] as const;

/**
 * What a complaint means for tickets: the one it is about knows that it is open and which engineer is named in it (so that
 * the rejection rule needs no other stream), and a rework ticket is opened for a step of its plan, which knows the same from
 * its first moment: told a moment later, it might have been dispatched to that engineer. How it ends is told by its own
 * fulfilment. The links live here, by the complaint, because it may be about another ticket than its matter's.
 */
export const complaintTickets: ProcessManager<ComplaintTickets> = {
  name: 'complaint-tickets',
  version: 1,
  types,
  instance: (event) => (event.stream.startsWith('complaint-') ? event.stream : undefined),
  initial: { isOpen: false, told: [] },
  react: (state, input, { instance }) => {
    if (input.kind === 'wake') return reaction(state);
    if (input.kind === 'refused') return reaction(state, reworkRefused(input.command, idOf(instance)));
    return onEvent(state, input.event as Recorded<ComplaintEvent>);
  },
};

const onEvent = (state: ComplaintTickets, event: Recorded<ComplaintEvent>): Reaction<ComplaintTickets> => {
  const id = idOf(event.stream);
  switch (event.type) {
    case 'complaint.ComplaintRegistered':
    case 'complaint.SubjectIdentified':
      return identified(state, event, id);
    case 'complaint.ReworkTicketOpened':
      return reworked(state, event, id);
    case 'complaint.DismissalAppealed':
    case 'complaint.ComplaintReopened':
      return opened({ ...state, isOpen: true }, id);
    case 'complaint.ComplaintWithdrawn':
      return event.data.continuedInternally ? reaction(state) : ended(state, id);
    case 'complaint.ComplaintClosed':
    case 'complaint.DismissalCommunicated':
    case 'complaint.InternalHandlingEnded':
      return ended(state, id);
    default:
      return reaction(state);
  }
};

/** Who makes the trips of a ticket: another member of staff named changes nothing for its jobs. */
const FIELD: readonly string[] = ['engineer', 'outlet'];

const identified = (
  state: ComplaintTickets,
  event: Recorded<Extract<ComplaintEvent, { type: 'complaint.ComplaintRegistered' | 'complaint.SubjectIdentified' }>>,
  id: string,
): Reaction<ComplaintTickets> => {
  const { ticketId = state.ticketId, staff } = event.data.about;
  const engineerId = staff && FIELD.includes(staff.role) ? staff.id : state.engineerId;
  const isOpen = event.type === 'complaint.ComplaintRegistered' || state.isOpen;
  const { reworks = [], told } = state;
  const stays = (one: string): boolean => one === ticketId || reworks.includes(one);
  const gone = told.filter((one) => !stays(one));
  const known = { ...state, ticketId, engineerId, isOpen, told: told.filter(stays) };
  const { state: next, commands } = isOpen ? opened(known, id) : reaction(known);
  return reaction(next, [...gone.map((one) => endOf(one, id)), ...commands]);
};

const opened = (state: ComplaintTickets, complaintId: string): Reaction<ComplaintTickets> => {
  const { ticketId, engineerId, reworks = [], told } = state;
  // A rework ticket isn't complained about: it is told only whom not to send.
  const concerned = [...(ticketId === undefined ? [] : [ticketId]), ...(engineerId === undefined ? [] : reworks)];
  return reaction(
    { ...state, told: [...new Set([...told, ...concerned])] },
    concerned.map((one) => toTicket(`ticket-${one}`, 'NoteComplaint', present({ complaintId, engineerId }))),
  );
};

const ended = (state: ComplaintTickets, complaintId: string): Reaction<ComplaintTickets> =>
  reaction(
    { ...state, isOpen: false, told: [] },
    state.told.map((ticketId) => endOf(ticketId, complaintId)),
  );

const endOf = (ticketId: string, complaintId: string): ProcessCommand =>
  toTicket(`ticket-${ticketId}`, 'EndComplaint', { complaintId });

type ReworkTicketOpened = Recorded<Extract<ComplaintEvent, { type: 'complaint.ReworkTicketOpened' }>>;

const reworked = (
  state: ComplaintTickets,
  event: ReworkTicketOpened,
  complaintId: string,
): Reaction<ComplaintTickets> => {
  const { ticketId } = event.data;
  const { engineerId, reworks = [], told } = state;
  return reaction(
    { ...state, reworks: [...reworks, ticketId], told: engineerId === undefined ? told : [...told, ticketId] },
    [rework(state, event, complaintId)],
  );
};

const rework = (
  { ticketId: originalTicketId, engineerId }: ComplaintTickets,
  { data }: ReworkTicketOpened,
  complaintId: string,
): ProcessCommand => {
  const { planStepId, number, customerId, channel, intent, serviceType, category, model, unitId, region } = data;
  const order: TicketCommandOf<'RegisterRework'>['data'] = present({
    complaintId,
    planStepId,
    complaintNumber: number,
    originalTicketId,
    engineerId,
    customerId,
    channel,
    intent,
    serviceType,
    category,
    model,
    unitId,
    region,
    safetyMarked: data.safety,
  });
  return toTicket(`ticket-${data.ticketId}`, 'RegisterRework', order);
};

/** A rework ticket that can't be opened leaves its step to be done in another way. */
const reworkRefused = (command: ProcessCommand, id: string): readonly ProcessCommand[] =>
  command.type === 'ticket.RegisterRework'
    ? [toComplaint(id, 'FailRework', { ticketId: idOf(command.stream), reason: 'refused' })]
    : [];
