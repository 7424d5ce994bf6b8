import type {
  Channel,
  Priority,
  Recorded,
  Role,
  Route,
  TicketEvent,
  TicketType,
  Tier,
  WorkOrderEvent,
} from '@aftercare/domain';
import { readModel } from '../sql/read-model';
import { sealedParts, type SealedRef } from '../sealed/sealed-parts';
import { ENDED_STATES, LIFE_EVENTS, lifeBegins, livesOn, type TicketLife } from '../ticket-life/ticket-life';

/** One ticket as a queue shows it. */
export interface TicketQueueRow extends TicketLife {
  /** Stream of the ticket, `ticket-<uuid>`. */
  readonly ticket: string;
  readonly number: string;
  readonly serial: number;
  readonly site: string;
  readonly channel: Channel;
  /** Stream of the customer. */
  readonly customer: string;
  readonly tier: Tier;
  readonly region: string | null;
  readonly category: string | null;
  readonly model: string | null;
  readonly unitId: string | null;
  readonly type: TicketType | null;
  readonly priority: Priority | null;
  readonly safety: boolean;
  readonly route: Route | null;
  readonly owner: { readonly step: string | null; readonly role: Role; readonly person: string | null } | null;
  /** Who was given the open job. */
  readonly assignee: {
    readonly kind: 'engineer' | 'outlet';
    readonly id: string;
    readonly workOrderId: string;
    readonly accepted: boolean;
  } | null;
  readonly paused: { readonly reason: string; readonly expectedUntil: string } | null;
  /** When the matter reached us, or was reopened: its age counts from here. */
  readonly openedAt: string;
  /** What the customer said and how to reach them, sealed. */
  readonly intake: readonly SealedRef[];
}

type QueueEvent = Recorded<TicketEvent | WorkOrderEvent>;

const TICKET_EVENTS = [
  ...LIFE_EVENTS,
  'ticket.TicketClassified',
  'ticket.TicketPrioritized',
  'ticket.HandlingRouted',
  'ticket.ProductUnitIdentified',
  'ticket.ProductUnitCorrected',
  'ticket.OwnerAssigned',
  'ticket.TicketPaused',
  'ticket.TicketResumed',
] as const satisfies readonly TicketEvent['type'][];

const WORK_ORDER_EVENTS = [
  'work_order.WorkOrderDispatched',
  'work_order.WorkOrderAccepted',
  'work_order.WorkOrderDeclined',
  'work_order.AcceptanceLapsed',
  'work_order.DispatchWithdrawn',
  'work_order.WorkOrderReleased',
  'work_order.WorkCompleted',
  'work_order.WorkOrderCancelled',
] as const satisfies readonly WorkOrderEvent['type'][];

const RANK: Readonly<Record<Priority, number>> = { P1: 1, P2: 2, P3: 3, P4: 4 };

/** The queue of tickets: one row per ticket, its open job's assignee with it. Work orders find it by their correlation. */
export const ticketQueue = readModel<TicketQueueRow>({
  projector: {
    name: 'ticket_queue',
    version: 2,
    types: [...TICKET_EVENTS, ...WORK_ORDER_EVENTS],
    key: (event) => event.metadata.correlationId,
    evolve: (row, event) => evolve(row, event as QueueEvent),
  },
  columns: {
    state: { kind: 'text', of: (row) => row.state },
    /** Something is left to do: what a queue shows unless it is asked for more. */
    open: { kind: 'flag', of: (row) => !ENDED_STATES.includes(row.state) },
    /** 0 first: safety before everything else (CLS-04). */
    calm: { kind: 'flag', of: (row) => !row.safety },
    rank: { kind: 'integer', of: (row) => (row.priority ? RANK[row.priority] : 3) },
    opened_at: { kind: 'text', of: (row) => row.openedAt },
    owner_role: { kind: 'text', of: (row) => row.owner?.role ?? null },
    owner_person: { kind: 'text', of: (row) => row.owner?.person ?? null },
    assignee: { kind: 'text', of: (row) => row.assignee?.id ?? null },
    region: { kind: 'text', of: (row) => row.region },
    type: { kind: 'text', of: (row) => row.type },
    category: { kind: 'text', of: (row) => row.category },
    model: { kind: 'text', of: (row) => row.model },
    number: { kind: 'text', of: (row) => row.number },
    customer: { kind: 'text', of: (row) => row.customer },
    unit: { kind: 'text', of: (row) => row.unitId },
    paused: { kind: 'flag', of: (row) => row.paused !== null },
  },
  indexes: [
    ['state', 'calm', 'rank', 'opened_at', 'key'],
    ['open', 'calm', 'rank', 'opened_at', 'key'],
    ['calm', 'rank', 'opened_at', 'key'],
    // In the queue's order to the end: with fewer columns SQLite prefers the list of the whole state and reads all of it.
    ['assignee', 'state', 'calm', 'rank', 'opened_at', 'key'],
    ['owner_person', 'state', 'calm', 'rank', 'opened_at', 'key'],
    ['customer', 'opened_at'],
    ['unit', 'opened_at'],
    ['number'],
  ],
});

const evolve = (row: TicketQueueRow | null, event: QueueEvent): TicketQueueRow | null => {
  if (!row) return begin(event);
  if (event.type.startsWith('work_order.')) return withJob(row, event as Recorded<WorkOrderEvent>);
  return withTicket(livesOn(row, event as Recorded<TicketEvent>), event as Recorded<TicketEvent>);
};

const begin = (event: QueueEvent): TicketQueueRow | null => {
  const life = lifeBegins(event as Recorded<TicketEvent>);
  if (!life || (event.type !== 'ticket.TicketSubmitted' && event.type !== 'ticket.TicketRegistered')) return null;
  const { data, metadata } = event;
  return {
    ...life,
    ticket: event.stream,
    number: data.number,
    serial: data.serial,
    site: data.site,
    channel: data.channel,
    customer: data.customer,
    tier: data.tier,
    region: data.region ?? null,
    category: data.category ?? null,
    model: data.model ?? null,
    unitId: null,
    type: null,
    priority: null,
    safety: data.safetyMarked,
    route: null,
    owner: null,
    assignee: null,
    paused: null,
    openedAt: metadata.receivedAt ?? metadata.recordedAt,
    intake: sealedParts(event, data.customer),
  };
};

const withTicket = (row: TicketQueueRow, event: Recorded<TicketEvent>): TicketQueueRow => {
  switch (event.type) {
    case 'ticket.IntakeReviewed': {
      const { region, category, model } = event.data;
      return {
        ...row,
        region: region ?? row.region,
        category: category ?? row.category,
        model: model ?? row.model,
        intake: [...row.intake, ...sealedParts(event, row.customer)],
      };
    }
    case 'ticket.TicketClassified':
      return { ...row, type: event.data.type };
    case 'ticket.TicketPrioritized':
      return { ...row, priority: event.data.priority, safety: event.data.safety };
    case 'ticket.HandlingRouted':
      return { ...row, route: event.data.route ?? null };
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected': {
      const { unitId, category, model } = event.data;
      return { ...row, unitId, category, model };
    }
    case 'ticket.OwnerAssigned': {
      const { step, role, person } = event.data;
      return { ...row, owner: { step, role, person: person ?? null } };
    }
    case 'ticket.HandlingStarted': {
      const { role, person, route } = event.data;
      return { ...row, route, owner: { step: 'handling', role, person: person ?? null } };
    }
    case 'ticket.TicketPaused':
      return { ...row, paused: { reason: event.data.reason, expectedUntil: event.data.expectedUntil } };
    case 'ticket.TicketResumed':
    case 'ticket.ResolutionProposed':
    case 'ticket.TicketClosed':
    case 'ticket.TicketClosedUnresolved':
    case 'ticket.TicketCancelled':
      return row.paused ? { ...row, paused: null } : row;
    case 'ticket.TicketReopened':
      return { ...row, owner: null, paused: null, openedAt: event.metadata.receivedAt ?? event.metadata.recordedAt };
    default:
      return row;
  }
};

const withJob = (row: TicketQueueRow, event: Recorded<WorkOrderEvent>): TicketQueueRow => {
  const workOrderId = event.stream.slice('work_order-'.length);
  const mine = row.assignee?.workOrderId === workOrderId;
  switch (event.type) {
    case 'work_order.WorkOrderDispatched':
      return { ...row, assignee: { ...event.data.to, workOrderId, accepted: false } };
    case 'work_order.WorkOrderAccepted':
      return { ...row, assignee: { ...event.data.by, workOrderId, accepted: true } };
    case 'work_order.WorkOrderDeclined':
    case 'work_order.AcceptanceLapsed':
    case 'work_order.DispatchWithdrawn':
    case 'work_order.WorkOrderReleased':
    case 'work_order.WorkCompleted':
    case 'work_order.WorkOrderCancelled':
      return mine ? { ...row, assignee: null } : row;
    default:
      return row;
  }
};
