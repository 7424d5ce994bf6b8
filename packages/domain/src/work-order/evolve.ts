import type { Actor, DomainEvent, Instant, Recorded } from '../kernel/index';
import type { WorkOrderEvent } from './events';
import { withFact, type FieldHappening } from './field-evolve';
import { carried, isUnderWay, type Assignee, type KnownWorkOrder, type WorkOrder } from './state';

type Bare<E> =
  E extends DomainEvent<infer Type, infer Data, infer _> ? { readonly type: Type; readonly data: Data } : never;
/** An event without its times and personal parts: what a state depends on, with who and when beside it. */
export type Happening = Bare<WorkOrderEvent>;
type OfficeHappening = Exclude<Happening, FieldHappening | { type: 'work_order.WorkOrderPlanned' }>;

/** The state after one recorded event. Total: whatever was stored has to be readable. */
export const evolve = (order: WorkOrder, event: Recorded<WorkOrderEvent>): WorkOrder =>
  after(order, event, event.metadata.occurredAt, event.metadata.actor);

/** The same for an event that is only about to be recorded: a batch is decided on the state that its first facts leave. */
export const after = (order: WorkOrder, event: Happening, at: Instant, actor: Actor): WorkOrder => {
  if (event.type === 'work_order.WorkOrderPlanned')
    return {
      status: 'planned',
      byHand: false,
      plan: event.data,
      everDispatched: [],
      crew: [],
      turnedDown: [],
      failures: 0,
      partUses: [],
      seen: [],
      work: [],
      tripMade: false,
      reportFiled: false,
      checkedOut: false,
      conflicts: [],
    };
  return order.status === 'none' ? order : afterPlanning(order, event, at, actor);
};

/** The same for an order that is planned. */
export const afterPlanning = (
  order: KnownWorkOrder,
  event: Exclude<Happening, { type: 'work_order.WorkOrderPlanned' }>,
  at: Instant,
  actor: Actor,
): KnownWorkOrder => {
  switch (event.type) {
    case 'work_order.TravelStarted':
    case 'work_order.ArrivalRecorded':
    case 'work_order.RisksExplained':
    case 'work_order.DataProtectionStepRecorded':
    case 'work_order.WorkStarted':
    case 'work_order.WorkSuspended':
    case 'work_order.WorkResumed':
    case 'work_order.PartFitted':
    case 'work_order.PartRemovedUnused':
    case 'work_order.ServiceReportFiled':
    case 'work_order.WorkCompleted':
    case 'work_order.ManagerCheckedOut':
    case 'work_order.SiteLeft':
      return withFact(order, event, at, actor);
    default:
      return afterOffice(order, event, at);
  }
};

const afterOffice = (order: KnownWorkOrder, event: OfficeHappening, at: Instant): KnownWorkOrder => {
  switch (event.type) {
    case 'work_order.WorkOrderDispatched':
      return dispatched(order, event.data, at);
    case 'work_order.EngineersNamed':
      return {
        ...order,
        crew: union([...order.crew, ...event.data.engineers]),
        everDispatched: union([...order.everDispatched, ...event.data.engineers]),
      };
    case 'work_order.DispatchFailed':
      return order.status === 'planned' ? { ...order, byHand: true } : order;
    case 'work_order.WorkOrderAccepted':
      return { ...carried(order), status: 'accepted', assignee: event.data.by };
    case 'work_order.WorkOrderDeclined':
      return { ...turnedDown(order, event.data.by, 'declined-before'), crew: [], failures: order.failures + 1 };
    case 'work_order.AcceptanceLapsed':
      return {
        ...turnedDown(order, event.data.by, 'lapsed-before'),
        failures: order.failures + 1,
        lapsed: { to: event.data.by, acceptBy: event.data.acceptBy },
      };
    case 'work_order.DispatchWithdrawn':
      return { ...carried(order), status: 'planned', byHand: true, crew: [] };
    case 'work_order.WorkOrderReleased':
      return released(order);
    case 'work_order.AppointmentAgreed':
    case 'work_order.AppointmentMoved':
      return { ...order, appointment: event.data.window };
    case 'work_order.WorkOrderCancelled':
      return { ...carried(order), status: 'cancelled' };
    case 'work_order.FieldConflictRaised':
      return { ...order, conflicts: [...order.conflicts, { id: event.data.conflictId, kind: event.data.kind }] };
    case 'work_order.FieldConflictSettled':
      return { ...order, conflicts: order.conflicts.filter(({ id }) => id !== event.data.conflictId) };
    case 'work_order.AcceptanceReminded':
    case 'work_order.PreparationChecked':
    case 'work_order.PartUseCorrected':
      return order;
    default:
      return unreachable(event, order);
  }
};

const dispatched = (
  order: KnownWorkOrder,
  { to, mode, acceptBy }: Extract<OfficeHappening, { type: 'work_order.WorkOrderDispatched' }>['data'],
  at: Instant,
): KnownWorkOrder => ({
  ...carried(order),
  status: 'dispatched',
  offer: { to, acceptBy },
  everDispatched: union([...order.everDispatched, to.id]),
  crew: [to.id],
  dispatchedAt: at,
  failures: mode === 'auto' ? order.failures : 0,
  lastFactAt: undefined,
  tripMade: false,
});

const turnedDown = (order: KnownWorkOrder, by: Assignee, why: 'declined-before' | 'lapsed-before') =>
  ({
    ...carried(order),
    status: 'planned',
    byHand: false,
    turnedDown: [...order.turnedDown, { by, why }],
  }) as const;

/** Whoever gave the order back is passed over at the next dispatch, as if declined, but it is no failure to dispatch. */
const released = (order: KnownWorkOrder): KnownWorkOrder =>
  isUnderWay(order) ? { ...turnedDown(order, order.assignee, 'declined-before'), crew: [] } : order;

const union = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** A type added later reads as no change in code that doesn't know it; the compiler complains here first. */
const unreachable = (_event: never, order: KnownWorkOrder): KnownWorkOrder => order;
