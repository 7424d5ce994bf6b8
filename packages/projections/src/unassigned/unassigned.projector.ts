import type {
  Outcome,
  Priority,
  Recorded,
  Role,
  Route,
  TicketEvent,
  TicketType,
  WorkOrderEvent,
} from '@aftercare/domain';
import { readModel } from '../sql/read-model';
import { ENDED_STATES, LIFE_EVENTS, lifeBegins, livesOn, type TicketLife } from '../ticket-life/ticket-life';

type Planned = Extract<WorkOrderEvent, { type: 'work_order.WorkOrderPlanned' }>['data'];
type Failure = Extract<WorkOrderEvent, { type: 'work_order.DispatchFailed' }>['data'];
/** Somebody who was looked at, with why they were ruled out (nothing: they were in the ranking). */
export type JudgedCandidate = Failure['candidates'][number];
type Party = Pick<JudgedCandidate, 'kind' | 'id'>;

/** Why a matter waits for a supervisor. */
export type WaitingReason =
  | 'unclassified'
  | 'complaint'
  | 'route-by-hand'
  | 'dispatch-failed'
  | 'dispatch-withdrawn'
  | 'outcome-by-hand'
  | 'owner-supervisor';

/** A work order of the matter that nobody has. */
export interface UnassignedJob {
  /** Stream of the work order. */
  readonly workOrder: string;
  readonly plan: Planned;
  readonly failed: {
    readonly reason: Failure['reason'] | 'withdrawn';
    /** Who was judged when it failed, best first; empty after a withdrawal. */
    readonly candidates: readonly JudgedCandidate[];
    readonly candidatesTotal: number;
  } | null;
  readonly turnedDown: readonly { readonly by: Party; readonly why: 'declined-before' | 'lapsed-before' }[];
}

/** A ticket as far as the list of what waits for a supervisor needs it; on the list when it has reasons. */
export interface UnassignedRow extends TicketLife {
  readonly ticket: string;
  readonly number: string;
  readonly customer: string;
  readonly region: string | null;
  readonly category: string | null;
  readonly model: string | null;
  readonly type: TicketType | null;
  readonly route: Route | null;
  readonly priority: Priority | null;
  readonly safety: boolean;
  readonly ownerRole: Role | null;
  /** Outcome of the last job that nobody has acted on yet. */
  readonly openOutcome: Outcome | null;
  readonly jobs: readonly UnassignedJob[];
  readonly reasons: readonly WaitingReason[];
  /** recordedAt of the event that put it on the list. */
  readonly waitingSince: string | null;
}

type MatterEvent = Recorded<TicketEvent | WorkOrderEvent>;

/** DispatchFailed takes only these on by itself; everything else is taken by a person (domain model, Route v1). */
const ROUTES_RUN: readonly (Route | null)[] = ['first-touch', 'remote', 'visit'];
const OUTCOMES_BY_HAND: readonly Outcome[] = ['not-fixed', 'taken-to-depot', 'replace-unit'];
const RANK: Readonly<Record<Priority, number>> = { P1: 1, P2: 2, P3: 3, P4: 4 };

/** Matters waiting for a supervisor (DSP-04, SLA-13): unclassified, complaints, failed dispatches, what has no process yet. */
export const unassigned = readModel<UnassignedRow>({
  projector: {
    name: 'unassigned',
    version: 1,
    types: [
      ...LIFE_EVENTS,
      'ticket.TicketClassified',
      'ticket.TicketPrioritized',
      'ticket.HandlingRouted',
      'ticket.ProductUnitIdentified',
      'ticket.ProductUnitCorrected',
      'ticket.OwnerAssigned',
      'work_order.WorkOrderPlanned',
      'work_order.WorkOrderDispatched',
      'work_order.WorkOrderAccepted',
      'work_order.WorkOrderDeclined',
      'work_order.AcceptanceLapsed',
      'work_order.DispatchFailed',
      'work_order.DispatchWithdrawn',
      'work_order.WorkOrderReleased',
      'work_order.WorkOrderCancelled',
      'work_order.WorkCompleted',
    ],
    key: (event) => event.metadata.correlationId,
    evolve: (row, event) => evolve(row, event as MatterEvent),
  },
  columns: {
    waiting: { kind: 'flag', of: (row) => row.reasons.length > 0 },
    calm: { kind: 'flag', of: (row) => !row.safety },
    rank: { kind: 'integer', of: (row) => (row.priority ? RANK[row.priority] : 3) },
    since: { kind: 'text', of: (row) => row.waitingSince ?? '' },
    region: { kind: 'text', of: (row) => row.region },
  },
  indexes: [['waiting', 'calm', 'rank', 'since', 'key']],
});

const evolve = (row: UnassignedRow | null, event: MatterEvent): UnassignedRow | null => {
  const next = row ? told(row, event) : begin(event as Recorded<TicketEvent>);
  return next && listed(next, event);
};

const begin = (event: Recorded<TicketEvent>): UnassignedRow | null => {
  const life = lifeBegins(event);
  if (!life || (event.type !== 'ticket.TicketSubmitted' && event.type !== 'ticket.TicketRegistered')) return null;
  const { number, customer, region, category, model, safetyMarked } = event.data;
  return {
    ...life,
    ticket: event.stream,
    number,
    customer,
    region: region ?? null,
    category: category ?? null,
    model: model ?? null,
    type: null,
    route: null,
    priority: null,
    safety: safetyMarked,
    ownerRole: null,
    openOutcome: null,
    jobs: [],
    reasons: [],
    waitingSince: null,
  };
};

const told = (row: UnassignedRow, event: MatterEvent): UnassignedRow =>
  event.type.startsWith('work_order.')
    ? withJob(row, event as Recorded<WorkOrderEvent>)
    : withTicket(livesOn(row, event as Recorded<TicketEvent>), event as Recorded<TicketEvent>);

const withTicket = (row: UnassignedRow, event: Recorded<TicketEvent>): UnassignedRow => {
  switch (event.type) {
    case 'ticket.IntakeReviewed': {
      const { region, category, model } = event.data;
      return { ...row, region: region ?? row.region, category: category ?? row.category, model: model ?? row.model };
    }
    case 'ticket.TicketClassified':
      return { ...row, type: event.data.type };
    case 'ticket.TicketPrioritized':
      return { ...row, priority: event.data.priority, safety: event.data.safety };
    case 'ticket.HandlingRouted':
      return { ...row, route: event.data.route ?? null };
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected':
      return { ...row, category: event.data.category, model: event.data.model };
    case 'ticket.OwnerAssigned':
      return { ...row, ownerRole: event.data.role, openOutcome: null };
    case 'ticket.HandlingStarted':
      return { ...row, route: event.data.route, ownerRole: event.data.role, openOutcome: null };
    case 'ticket.JobOpened':
      return { ...row, openOutcome: null };
    case 'ticket.JobEnded':
      return { ...row, openOutcome: event.data.outcome === 'cancelled' ? null : event.data.outcome };
    case 'ticket.TicketReopened':
      return { ...row, ownerRole: null, openOutcome: null };
    default:
      return row;
  }
};

const withJob = (row: UnassignedRow, event: Recorded<WorkOrderEvent>): UnassignedRow => {
  const others = row.jobs.filter((job) => job.workOrder !== event.stream);
  if (event.type === 'work_order.WorkOrderPlanned')
    return { ...row, jobs: [...others, { workOrder: event.stream, plan: event.data, failed: null, turnedDown: [] }] };
  if (event.type === 'work_order.WorkOrderCancelled' || event.type === 'work_order.WorkCompleted')
    return { ...row, jobs: others };
  const job = row.jobs.find((one) => one.workOrder === event.stream);
  return job ? { ...row, jobs: [...others, jobAfter(job, event)] } : row;
};

const jobAfter = (job: UnassignedJob, event: Recorded<WorkOrderEvent>): UnassignedJob => {
  switch (event.type) {
    case 'work_order.DispatchFailed': {
      const { reason, candidates, candidatesTotal } = event.data;
      return { ...job, failed: { reason, candidates, candidatesTotal } };
    }
    case 'work_order.DispatchWithdrawn':
      return { ...job, failed: { reason: 'withdrawn', candidates: [], candidatesTotal: 0 } };
    case 'work_order.WorkOrderDeclined':
      return { ...job, turnedDown: [...job.turnedDown, { by: event.data.by, why: 'declined-before' }] };
    case 'work_order.AcceptanceLapsed':
      return { ...job, turnedDown: [...job.turnedDown, { by: event.data.by, why: 'lapsed-before' }] };
    case 'work_order.WorkOrderDispatched':
    case 'work_order.WorkOrderAccepted':
      return job.failed ? { ...job, failed: null } : job;
    default:
      return job;
  }
};

/** Puts the row on the list, or takes it off; what was there keeps its place in the waiting line. */
const listed = (row: UnassignedRow, event: MatterEvent): UnassignedRow => {
  const reasons = reasonsOf(row);
  if (reasons.length === 0) return row.reasons.length === 0 ? row : { ...row, reasons, waitingSince: null };
  return { ...row, reasons, waitingSince: row.waitingSince ?? event.metadata.recordedAt };
};

const reasonsOf = (row: UnassignedRow): readonly WaitingReason[] => {
  if (ENDED_STATES.includes(row.state) || row.state === 'awaiting-review') return [];
  const reasons: WaitingReason[] = [];
  const toBeTaken = row.state === 'pending-dispatch';
  if (toBeTaken && row.type === 'unclassified') reasons.push('unclassified');
  if (toBeTaken && row.type === 'complaint') reasons.push('complaint');
  if (toBeTaken && row.route !== null && !ROUTES_RUN.includes(row.route)) reasons.push('route-by-hand');
  if (row.jobs.some((job) => job.failed && job.failed.reason !== 'withdrawn')) reasons.push('dispatch-failed');
  if (row.jobs.some((job) => job.failed?.reason === 'withdrawn')) reasons.push('dispatch-withdrawn');
  if (row.state === 'in-progress' && row.openOutcome && OUTCOMES_BY_HAND.includes(row.openOutcome))
    reasons.push('outcome-by-hand');
  if (row.ownerRole === 'supervisor') reasons.push('owner-supervisor');
  return reasons;
};
