import type { DomainEvent, Recorded } from '../kernel/index';
import { evolveHandling } from './evolve/handling';
import { opened } from './evolve/opened';
import type { TicketEvent } from './events';
import type { ExistingTicket, Ticket } from './state';

type IntakeReviewed = Recorded<Extract<TicketEvent, DomainEvent<'ticket.IntakeReviewed'>>>;
type TicketPrioritized = Recorded<Extract<TicketEvent, DomainEvent<'ticket.TicketPrioritized'>>>;

type ComplaintTold = Recorded<Extract<TicketEvent, DomainEvent<'ticket.ComplaintOpened' | 'ticket.ComplaintEnded'>>>;

/**
 * Folds one event into the ticket. Total: an event that meets a state it shouldn't (a stream that was cut or altered)
 * changes what it can and never throws. What an event decides is in its data; personal parts stay sealed.
 */
// One flat case per event reads better than a second dispatch.
// eslint-disable-next-line complexity
export const evolveTicket = (ticket: Ticket, event: Recorded<TicketEvent>): Ticket => {
  if (ticket.status === 'none') return opened(ticket, event);
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
    case 'ticket.SafetyAdviceGiven':
    case 'ticket.ContactVerified':
    case 'ticket.AttachmentAdded':
    case 'ticket.NoteAdded':
      return ticket;
    case 'ticket.IntakeReviewed':
      return reviewed(ticket, event);
    case 'ticket.TicketClassified':
      return { ...ticket, type: event.data.type, typeByPerson: event.data.decided.by === 'person' };
    case 'ticket.TicketPrioritized':
      return prioritized(ticket, event);
    case 'ticket.HandlingRouted':
      return { ...ticket, route: event.data.route, routeByPerson: event.data.decided.by === 'person' };
    case 'ticket.WarrantyDetermined':
      return { ...ticket, coverage: event.data.coverage };
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected': {
      const { unitId, category, model } = event.data;
      return { ...ticket, unitId, category, model };
    }
    case 'ticket.TicketLinked':
      return { ...ticket, linked: [...ticket.linked, `${event.data.relation} ${event.data.ticketId}`] };
    case 'ticket.ComplaintOpened':
    case 'ticket.ComplaintEnded':
      return withComplaint(ticket, event);
    case 'ticket.ReworkOrdered': {
      const { complaintId, planStepId } = event.data;
      return { ...ticket, reworkFor: { complaintId, planStepId } };
    }
    case 'ticket.TrackingLinkIssued':
      return { ...ticket, trackingLinks: [...ticket.trackingLinks, { linkId: event.data.linkId, revoked: false }] };
    case 'ticket.TrackingLinkRevoked':
      return {
        ...ticket,
        trackingLinks: ticket.trackingLinks.map((link) =>
          link.linkId === event.data.linkId ? { ...link, revoked: true } : link,
        ),
      };
    default:
      return evolveHandling(ticket, event);
  }
};

const withComplaint = (ticket: ExistingTicket, event: ComplaintTold): ExistingTicket => {
  const { complaintId } = event.data;
  const others = ticket.complaints.filter((one) => one.complaintId !== complaintId);
  const known = ticket.complaints.find((one) => one.complaintId === complaintId)?.engineerIds ?? [];
  if (event.type === 'ticket.ComplaintEnded')
    return { ...ticket, complaints: [...others, { complaintId, engineerIds: known, open: false }] };
  const { engineerId } = event.data;
  const engineerIds = [...new Set([...known, ...(engineerId === undefined ? [] : [engineerId])])];
  return { ...ticket, complaints: [...others, { complaintId, engineerIds, open: true }] };
};

const reviewed = (ticket: ExistingTicket, { data }: IntakeReviewed): ExistingTicket => {
  const completed = {
    ...ticket,
    intent: data.intent ?? ticket.intent,
    serviceType: data.serviceType ?? ticket.serviceType,
    region: data.region ?? ticket.region,
    category: data.category ?? ticket.category,
    model: data.model ?? ticket.model,
    saidImpact: data.impact && data.impact !== 'unknown' ? data.impact : ticket.saidImpact,
  };
  return completed.status === 'awaiting-review' ? { ...completed, status: 'pending-dispatch' } : completed;
};

const prioritized = (ticket: ExistingTicket, { data }: TicketPrioritized): ExistingTicket => ({
  ...ticket,
  priority: data.priority,
  safety: data.safety,
  safetyMatched: data.safetyMatched,
  // A person's decision that names a policy version only gave the rule a new input (impact, safety).
  priorityByHand: data.decided.by === 'person' && data.decided.policyVersion === undefined,
  saidImpact: data.reasons.includes('impact-said') ? data.impact : ticket.saidImpact,
});
