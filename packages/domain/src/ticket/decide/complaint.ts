import { event } from '../../kernel/index';
import { present } from '../../kernel/present';
import { ticketEvents } from '../events';
import type { TicketUseCase } from './use-case';

/** A complaint about this ticket is open, in any state; told again when the engineer named in it became known. */
export const noteComplaint: TicketUseCase<'NoteComplaint'> = ({ data }, ticket) => {
  const { complaintId, engineerId } = data;
  const known = ticket.complaints.find((one) => one.complaintId === complaintId && one.open);
  if (known && (engineerId === undefined || known.engineerIds.includes(engineerId))) return [];
  return [event(ticketEvents.ComplaintOpened, present({ complaintId, engineerId, cycle: ticket.cycle }))];
};

export const endComplaint: TicketUseCase<'EndComplaint'> = ({ data: { complaintId } }, ticket) =>
  ticket.complaints.some((one) => one.complaintId === complaintId && one.open)
    ? [event(ticketEvents.ComplaintEnded, { complaintId, cycle: ticket.cycle })]
    : [];
