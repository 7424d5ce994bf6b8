import type { ComplaintEvent, Recorded, Role, TicketEvent, WorkOrderEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/** Who has to keep what was promised in a ticket, work order or complaint, and how often somebody asked for it. */
export interface PromiseOwnerRow {
  readonly stream: string;
  readonly number: string | null;
  /** Stream of the customer. */
  readonly customer: string | null;
  readonly region: string | null;
  readonly safety: boolean;
  readonly owner: { readonly role: Role; readonly person: string | null } | null;
  /** Chasers 催单: how often the customer asked where it stands, and when last. */
  readonly chasers: number;
  readonly chasedAt: string | null;
  /** Something is left to do. */
  readonly open: boolean;
  /** The member of staff whom a complaint is about. */
  readonly concerned: string | null;
  /** Id of the complaint's plan in force: approved, and neither replaced by another proposal nor of an earlier round. */
  readonly plan: string | null;
}

type OwnerEvent = Recorded<TicketEvent | WorkOrderEvent | ComplaintEvent>;

const TYPES = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.TicketPrioritized',
  'ticket.OwnerAssigned',
  'ticket.HandlingStarted',
  'ticket.CustomerContacted',
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketCancelled',
  'ticket.TicketReopened',
  'work_order.WorkOrderPlanned',
  'work_order.WorkOrderDispatched',
  'work_order.WorkOrderAccepted',
  'work_order.WorkOrderReleased',
  'work_order.DispatchWithdrawn',
  'work_order.AcceptanceLapsed',
  'work_order.WorkOrderDeclined',
  'complaint.ComplaintRegistered',
  'complaint.SeverityAssessed',
  'complaint.SubjectIdentified',
  'complaint.HandlerAssigned',
  'complaint.HandlerReleased',
  'complaint.ComplaintEscalated',
  'complaint.ComplainantContacted',
  'complaint.ComplaintClosed',
  'complaint.DismissalCommunicated',
  'complaint.ComplaintWithdrawn',
  'complaint.InternalHandlingEnded',
  'complaint.DismissalAppealed',
  'complaint.ComplaintReopened',
  'complaint.ResolutionPlanProposed',
  'complaint.ResolutionPlanApproved',
  'complaint.SecondHandlingOpened',
] as const satisfies readonly OwnerEvent['type'][];

/** One row per ticket, work order and complaint: the promises find their owner here by a join. */
export const promiseOwners = readModel<PromiseOwnerRow>({
  projector: {
    name: 'promise_owners',
    version: 2,
    types: TYPES,
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as OwnerEvent),
  },
  columns: {
    open: { kind: 'flag', of: (row) => row.open },
    owner_role: { kind: 'text', of: (row) => row.owner?.role ?? null },
    owner_person: { kind: 'text', of: (row) => row.owner?.person ?? null },
    region: { kind: 'text', of: (row) => row.region },
    concerned: { kind: 'text', of: (row) => row.concerned },
    plan: { kind: 'text', of: (row) => row.plan },
  },
  indexes: [['owner_person']],
});

const evolve = (row: PromiseOwnerRow | null, event: OwnerEvent): PromiseOwnerRow | null => {
  if (!row) return begin(event);
  const changes = ownedBy(event) ?? changesOf(row, event) ?? openAfter(event);
  return { ...row, ...changes, ...planAfter(event) };
};

const nobody = { owner: null, chasers: 0, chasedAt: null, open: true, concerned: null, plan: null } as const;

const begin = (event: OwnerEvent): PromiseOwnerRow | null => {
  const { stream } = event;
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered': {
      const { number, customer, region, safetyMarked } = event.data;
      return { ...nobody, stream, number, customer, region: region ?? null, safety: safetyMarked };
    }
    case 'complaint.ComplaintRegistered': {
      const { number, customer, region, safetyMarked, about } = event.data;
      const concerned = about.staff?.id ?? null;
      return {
        ...nobody,
        stream,
        number,
        customer: customer ?? null,
        region: region ?? null,
        safety: safetyMarked,
        concerned,
      };
    }
    case 'work_order.WorkOrderPlanned': {
      const { region, safety, customer } = event.data;
      return { ...nobody, stream, number: null, customer: customer ?? null, region: region ?? null, safety };
    }
    default:
      return null;
  }
};

type Changes = Partial<PromiseOwnerRow> | undefined;

const ownedBy = (event: OwnerEvent): Changes => {
  switch (event.type) {
    case 'ticket.OwnerAssigned':
    case 'ticket.HandlingStarted':
      return { owner: { role: event.data.role, person: event.data.person ?? null } };
    case 'work_order.WorkOrderDispatched':
      return { owner: { role: event.data.to.kind, person: event.data.to.id } };
    case 'work_order.WorkOrderAccepted':
      return { owner: { role: event.data.by.kind, person: event.data.by.id } };
    case 'work_order.WorkOrderReleased':
    case 'work_order.DispatchWithdrawn':
    case 'work_order.AcceptanceLapsed':
    case 'work_order.WorkOrderDeclined':
    case 'complaint.HandlerReleased':
      return { owner: null };
    case 'complaint.HandlerAssigned':
    case 'complaint.ComplaintEscalated':
      return { owner: { role: event.data.handler.role, person: event.data.handler.id } };
    default:
      return undefined;
  }
};

const changesOf = (row: PromiseOwnerRow, event: OwnerEvent): Changes => {
  switch (event.type) {
    case 'ticket.TicketPrioritized':
    case 'complaint.SeverityAssessed':
      return { safety: event.data.safety };
    case 'complaint.SubjectIdentified':
      return { concerned: event.data.about.staff?.id ?? row.concerned };
    case 'ticket.CustomerContacted':
    case 'complaint.ComplainantContacted':
      return event.data.purpose === 'chase' && event.data.direction === 'inbound'
        ? { chasers: row.chasers + 1, chasedAt: event.metadata.occurredAt }
        : undefined;
    default:
      return undefined;
  }
};

const openAfter = (event: OwnerEvent): Changes => {
  switch (event.type) {
    case 'ticket.TicketClosed':
    case 'ticket.TicketClosedUnresolved':
    case 'ticket.TicketCancelled':
    case 'complaint.ComplaintClosed':
    case 'complaint.DismissalCommunicated':
    case 'complaint.InternalHandlingEnded':
      return { open: false };
    case 'complaint.ComplaintWithdrawn':
      return { open: event.data.continuedInternally };
    case 'ticket.TicketReopened':
    case 'complaint.DismissalAppealed':
    case 'complaint.ComplaintReopened':
      return { open: true };
    default:
      return undefined;
  }
};

const planAfter = (event: OwnerEvent): Changes => {
  switch (event.type) {
    case 'complaint.ResolutionPlanApproved':
      return { plan: event.data.planId };
    case 'complaint.ResolutionPlanProposed':
    case 'complaint.SecondHandlingOpened':
    case 'complaint.DismissalAppealed':
    case 'complaint.ComplaintReopened':
      return { plan: null };
    default:
      return undefined;
  }
};
