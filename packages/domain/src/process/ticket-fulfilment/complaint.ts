import { idOf, type Recorded, type RecordedEvent } from '../../kernel/index';
import type { ComplaintEvent } from '../../complaint/events';
import { categoryOfWords } from '../../complaint/category';
import { toComplaint, toTicket, toWorkOrder, type TicketHappened } from '../inputs';
import { step, type Around, type Fulfilment, type Job, type Step } from './state';

type Registered = Recorded<Extract<ComplaintEvent, { type: 'complaint.ComplaintRegistered' }>>;
type Classified = Extract<TicketHappened, { type: 'ticket.TicketClassified' }>;

/** The complaint of this matter that its ticket became, once it is there. */
export const isComplaintRegistered = (event: RecordedEvent): event is Registered =>
  event.type === 'complaint.ComplaintRegistered';

/**
 * INT-17: a ticket that turns out to be a complaint becomes one. At registration its safety is judged right after its type,
 * and a hazard makes the complaint urgent: so it waits for that.
 */
export const classified = (state: Fulfilment, { data }: Classified, around: Around): Step => {
  if (data.type !== 'complaint' || state.phase === 'over') return step({ ...state, becoming: undefined });
  const becoming = { ...state, becoming: { matched: data.matched } };
  return state.isJudged ? becomeComplaint(becoming, around) : step(becoming);
};

/** Registers the complaint under an id of its own; the ticket is cancelled when it is there. */
export const becomeComplaint = (state: Fulfilment, around: Around): Step => {
  const { becoming, intake, customer, safety, region, unitId, category, model, since } = state;
  const done = { ...state, becoming: undefined };
  if (!becoming || !intake || customer === undefined) return step(done);
  return step(
    done,
    toComplaint(around.uuid('complaint'), 'RegisterFromTicket', {
      ticketId: idOf(around.ticket),
      customerId: idOf(customer),
      ...intake,
      complaintCategory: categoryOfWords(becoming.matched.join(' ')),
      safetyMarked: safety,
      receivedAt: since,
      ...(region !== undefined && { region }),
      ...(unitId !== undefined && { unitId }),
      ...(category !== undefined && { category }),
      ...(model !== undefined && { model }),
    }),
  );
};

/** Only the complaint that this very ticket became: others about it leave it alone. */
export const complaintRegistered = (state: Fulfilment, { stream, data }: Registered, { ticket }: Around): Step =>
  data.fromTicket !== undefined && data.fromTicket === idOf(ticket)
    ? step(state, toTicket(ticket, 'BecomeComplaint', { complaintId: idOf(stream) }))
    : step(state);

export const complaintOpened = (
  state: Fulfilment,
  { data }: Extract<TicketHappened, { type: 'ticket.ComplaintOpened' }>,
): Fulfilment => {
  const { complaintId, engineerId } = data;
  const complaints = state.complaints ?? [];
  const known = complaints.find((one) => one.complaintId === complaintId)?.engineerIds ?? [];
  const engineerIds = engineerId === undefined ? known : [...new Set([...known, engineerId])];
  const others = complaints.filter((one) => one.complaintId !== complaintId);
  return { ...state, complaints: [...others, { complaintId, engineerIds }] };
};

export const complaintEnded = (state: Fulfilment, complaintId: string): Fulfilment => ({
  ...state,
  complaints: state.complaints?.filter((one) => one.complaintId !== complaintId),
});

const isAnybodyNamed = ({ complaints = [] }: Fulfilment): boolean =>
  complaints.some(({ engineerIds }) => engineerIds.length > 0);

/** CLO-04: who is named in an open complaint isn't sent back. */
export const isNamed = ({ complaints = [] }: Fulfilment, person: string | undefined): boolean =>
  person !== undefined && complaints.some(({ engineerIds }) => engineerIds.includes(person));

/** Who may get the next trip because they made the last one. */
export const preferredOf = (state: Fulfilment, { assignee }: Job): Job['assignee'] =>
  isNamed(state, assignee?.id) ? undefined : assignee;

/**
 * Finds somebody for a job. Where an engineer is named in an open complaint nobody is chosen by rule, which might choose
 * that very engineer: the supervisor dispatches it.
 */
export const dispatchOf = (state: Fulfilment, workOrderId: string, { ticket }: Around) =>
  isAnybodyNamed(state)
    ? toTicket(ticket, 'AssignOwner', { step: 'supervision', role: 'supervisor', reason: 'named-in-complaint' })
    : toWorkOrder(workOrderId, 'DispatchAutomatically', {});

/** A rework ticket tells the complaint whose step it does what became of it. */
export const reworkTold = (state: Fulfilment, event: TicketHappened, { ticket }: Around): Step => {
  const { reworkFor } = state;
  const ticketId = idOf(ticket);
  if (reworkFor === undefined) return step(state);
  switch (event.type) {
    case 'ticket.TicketClosed':
      return step(state, toComplaint(reworkFor, 'CompleteRework', { ticketId }));
    case 'ticket.TicketClosedUnresolved':
      return step(state, toComplaint(reworkFor, 'FailRework', { ticketId, reason: 'unresolved' }));
    case 'ticket.TicketCancelled':
      return step(state, toComplaint(reworkFor, 'FailRework', { ticketId, reason: 'cancelled' }));
    case 'ticket.TicketReopened':
      return step(state, toComplaint(reworkFor, 'ReopenRework', { ticketId }));
    default:
      return step(state);
  }
};
