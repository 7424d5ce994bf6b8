import type { MILESTONES, Recorded, TicketEvent, WorkOrderEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';
import { LIFE_EVENTS, lifeBegins, livesOn, type TicketLife } from '../ticket-life/ticket-life';

type Milestone = (typeof MILESTONES)[number];

/** What a customer may see of their ticket (CSS-01, EXE-09). No names, no words, no ids of staff. */
export interface TicketProgressRow extends TicketLife {
  readonly ticket: string;
  readonly number: string;
  readonly registeredAt: string;
  readonly customer: string;
  readonly milestones: readonly {
    readonly milestone: Milestone | 'accepted' | 'on-the-way' | 'on-site' | 'working';
    readonly at: string;
    readonly expectedAt: string | null;
  }[];
  readonly appointment: { readonly from: string; readonly to: string } | null;
  /** When the engineer who is on the way should arrive. */
  readonly eta: string | null;
  readonly paused: { readonly reason: string; readonly expectedUntil: string } | null;
  /** Links by which this ticket may be followed. */
  readonly links: readonly { readonly linkId: string; readonly expiresAt: string; readonly revoked: boolean }[];
}

type MatterEvent = Recorded<TicketEvent | WorkOrderEvent>;
/** More than anybody reads; a row must not grow for ever. */
const KEPT = 50;

export const ticketProgress = readModel<TicketProgressRow>({
  projector: {
    name: 'ticket_progress',
    version: 1,
    types: [
      ...LIFE_EVENTS,
      'ticket.ProgressReported',
      'ticket.TicketPaused',
      'ticket.TicketResumed',
      'ticket.TrackingLinkIssued',
      'ticket.TrackingLinkRevoked',
      'work_order.WorkOrderAccepted',
      'work_order.AppointmentAgreed',
      'work_order.AppointmentMoved',
      'work_order.TravelStarted',
      'work_order.ArrivalRecorded',
      'work_order.WorkStarted',
      'work_order.WorkCompleted',
      'work_order.WorkOrderReleased',
      'work_order.WorkOrderCancelled',
    ],
    key: (event) => event.metadata.correlationId,
    evolve: (row, event) => evolve(row, event as MatterEvent),
  },
  columns: { number: { kind: 'text', of: (row) => row.number } },
  indexes: [['number']],
});

const evolve = (row: TicketProgressRow | null, event: MatterEvent): TicketProgressRow | null => {
  if (!row) return begin(event as Recorded<TicketEvent>);
  return event.type.startsWith('work_order.')
    ? withJob(row, event as Recorded<WorkOrderEvent>)
    : withTicket(livesOn(row, event as Recorded<TicketEvent>), event as Recorded<TicketEvent>);
};

const begin = (event: Recorded<TicketEvent>): TicketProgressRow | null => {
  const life = lifeBegins(event);
  if (!life || (event.type !== 'ticket.TicketSubmitted' && event.type !== 'ticket.TicketRegistered')) return null;
  return {
    ...life,
    ticket: event.stream,
    number: event.data.number,
    customer: event.data.customer,
    registeredAt: event.metadata.recordedAt,
    milestones: [],
    appointment: null,
    eta: null,
    paused: null,
    links: [],
  };
};

const withTicket = (row: TicketProgressRow, event: Recorded<TicketEvent>): TicketProgressRow => {
  switch (event.type) {
    case 'ticket.ProgressReported':
      return reached(row, event, event.data.milestone, event.data.expectedAt);
    case 'ticket.TicketPaused':
      return { ...row, paused: { reason: event.data.reason, expectedUntil: event.data.expectedUntil } };
    case 'ticket.TicketResumed':
    case 'ticket.ResolutionProposed':
    case 'ticket.TicketClosed':
    case 'ticket.TicketClosedUnresolved':
    case 'ticket.TicketCancelled':
      return row.paused ? { ...row, paused: null } : row;
    case 'ticket.TrackingLinkIssued': {
      const { linkId, expiresAt } = event.data;
      return { ...row, links: [...row.links, { linkId, expiresAt, revoked: false }].slice(-KEPT) };
    }
    case 'ticket.TrackingLinkRevoked':
      return {
        ...row,
        links: row.links.map((link) => (link.linkId === event.data.linkId ? { ...link, revoked: true } : link)),
      };
    case 'ticket.TicketReopened':
      return { ...row, appointment: null, eta: null, paused: null };
    default:
      return row;
  }
};

const withJob = (row: TicketProgressRow, event: Recorded<WorkOrderEvent>): TicketProgressRow => {
  switch (event.type) {
    case 'work_order.WorkOrderAccepted':
      return reached(row, event, 'accepted');
    case 'work_order.AppointmentAgreed':
    case 'work_order.AppointmentMoved':
      return { ...row, appointment: event.data.window };
    case 'work_order.TravelStarted':
      return { ...reached(row, event, 'on-the-way'), eta: event.data.eta ?? null };
    case 'work_order.ArrivalRecorded':
      return { ...reached(row, event, 'on-site'), eta: null };
    case 'work_order.WorkStarted':
      return reached(row, event, 'working');
    case 'work_order.WorkCompleted':
    case 'work_order.WorkOrderReleased':
    case 'work_order.WorkOrderCancelled':
      return { ...row, appointment: null, eta: null };
    default:
      return row;
  }
};

const reached = (
  row: TicketProgressRow,
  event: MatterEvent,
  milestone: TicketProgressRow['milestones'][number]['milestone'],
  expectedAt?: string,
): TicketProgressRow => ({
  ...row,
  milestones: [...row.milestones, { milestone, at: event.metadata.occurredAt, expectedAt: expectedAt ?? null }].slice(
    -KEPT,
  ),
});
