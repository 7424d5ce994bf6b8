import { invariant } from '../kernel/index';
import {
  awaitsAcceptance,
  isUnderWay,
  type Accepted,
  type Completed,
  type Dispatched,
  type KnownWorkOrder,
  type OnSite,
  type Planned,
  type Travelling,
  type UnderWay,
  type Unplanned,
  type Waiting,
  type WorkOrder,
  type Working,
} from './state';

export const mustBeNew = invariant(
  'WORK_ORDER.ALREADY_PLANNED',
  'a work order is planned once',
  (order: WorkOrder): order is Unplanned => order.status === 'none',
);
export const mustBePlanned = invariant(
  'WORK_ORDER.NOT_FOUND',
  'only a planned work order can be worked with',
  (order: WorkOrder): order is KnownWorkOrder => order.status !== 'none',
);
export const mustBeOpen = invariant(
  'WORK_ORDER.ALREADY_ENDED',
  'a completed or cancelled work order is not changed any more',
  (order: WorkOrder): order is Exclude<KnownWorkOrder, { status: 'completed' | 'cancelled' }> =>
    order.status !== 'none' && order.status !== 'completed' && order.status !== 'cancelled',
);
export const mustNotHaveStarted = invariant(
  'WORK_ORDER.ALREADY_STARTED',
  'only a job that nobody has set out for is dispatched',
  (order: WorkOrder): order is Planned | Dispatched | Accepted | (Waiting & { from: 'accepted' }) =>
    ['planned', 'dispatched', 'accepted'].includes(order.status) ||
    (order.status === 'waiting' && order.from === 'accepted'),
);
export const mustBeOutForDispatch = invariant(
  'WORK_ORDER.NOT_DISPATCHED',
  'only a dispatch that has not led to work on site can be withdrawn',
  (order: WorkOrder): order is Dispatched | Accepted | Waiting | Travelling =>
    ['dispatched', 'accepted', 'travelling'].includes(order.status) ||
    (order.status === 'waiting' && order.from !== 'on-site' && order.from !== 'working'),
);
export const mustAwaitAcceptance = invariant(
  'WORK_ORDER.NOT_AWAITING_ACCEPTANCE',
  'only a dispatched work order can be accepted or declined; after a lapse also until somebody else is asked',
  awaitsAcceptance,
);
export const mustBeReleasable = invariant(
  'WORK_ORDER.NOT_RELEASABLE',
  'a work order is given back after its acceptance and before work on site',
  (order: WorkOrder): order is Accepted | Travelling | Waiting =>
    order.status === 'accepted' ||
    order.status === 'travelling' ||
    (order.status === 'waiting' && order.from !== 'on-site' && order.from !== 'working'),
);
export const mustHaveAssignee = invariant(
  'WORK_ORDER.NOBODY_ASSIGNED',
  'engineers are named, and preparation is checked, on a job that was dispatched',
  (order: WorkOrder): order is Dispatched | UnderWay => order.status === 'dispatched' || isUnderWay(order),
);
export const mustPrecedeArrival = invariant(
  'WORK_ORDER.TOO_LATE_FOR_APPOINTMENT',
  'an appointment is agreed or moved before the arrival',
  (order: WorkOrder): order is Exclude<KnownWorkOrder, OnSite | Working | Completed | { status: 'cancelled' }> =>
    ['planned', 'dispatched', 'accepted', 'travelling', 'waiting'].includes(order.status),
);
export const mustHaveAppointment = invariant(
  'WORK_ORDER.NO_APPOINTMENT',
  'only an agreed appointment can be moved',
  (order: KnownWorkOrder) => order.appointment !== undefined,
);
export const mustLackAppointment = invariant(
  'WORK_ORDER.APPOINTMENT_EXISTS',
  'an agreed appointment is moved, not agreed again',
  (order: KnownWorkOrder) => order.appointment === undefined,
);
