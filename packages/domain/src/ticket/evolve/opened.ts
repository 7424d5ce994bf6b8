import type { Recorded } from '../../kernel/index';
import type { TicketEvent } from '../events';
import type { Case, NoTicket, Ticket } from '../state';

/** The first event of a stream; anything else leaves nothing, so that a cut stream shows as no ticket. */
export const opened = (nothing: NoTicket, event: Recorded<TicketEvent>): Ticket => {
  if (event.type !== 'ticket.TicketSubmitted' && event.type !== 'ticket.TicketRegistered') return nothing;
  const { data, metadata } = event;
  const fields: Case = {
    stream: event.stream,
    cycle: data.cycle,
    site: data.site,
    zone: data.zone,
    customer: data.customer,
    tier: data.tier,
    openedAt: metadata.receivedAt ?? metadata.recordedAt,
    intent: data.intent,
    serviceType: data.serviceType,
    region: data.region,
    category: data.category,
    model: data.model,
    type: 'unclassified',
    typeByPerson: false,
    priority: 'P3',
    priorityByHand: false,
    saidImpact: data.impact === 'unknown' ? undefined : data.impact,
    safety: data.safetyMarked,
    safetyMatched: [],
    routeByPerson: false,
    jobs: [],
    contacts: [],
    linked: [],
    complaints: [],
    trackingLinks: [],
    ...freshCycle,
  };
  return { ...fields, status: event.type === 'ticket.TicketSubmitted' ? 'awaiting-review' : 'pending-dispatch' };
};

/** What belongs to one cycle and starts anew at a reopening. */
export const freshCycle = {
  handler: undefined,
  workers: [],
  pause: undefined,
  unreached: 0,
  rejections: 0,
  needsDiagnosis: false,
  solutionProposed: false,
  solutionDeclined: false,
  followUps: [],
  satisfaction: undefined,
  workMinutes: 0,
  parts: [],
} satisfies Partial<Case>;
