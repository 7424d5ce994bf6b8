import { event, when, type DecisionContext } from '../../kernel/index';
import { workOrderEvents, type WorkOrderEvent } from '../events';
import type { WorkOrderFacts } from '../facts';
import { mustAwaitAcceptance, mustBePlanned, mustBeReleasable } from '../invariants';
import { isCrew, isFieldStaff, type AwaitingAcceptance, type Dispatched, type Offer } from '../state';
import { refuse, type WorkOrderDecide } from './shape';

/** The dispatch that may still be accepted. */
export const offerOf = (order: AwaitingAcceptance): Offer =>
  order.status === 'dispatched' ? order.offer : order.lapsed;

/** DSP-06. Also after the time: valid until somebody else is asked or the dispatch is withdrawn. */
export const acceptWorkOrder: WorkOrderDecide<'AcceptWorkOrder'> = (_command, order, { actor, now }) =>
  when(order, mustBePlanned, (known) =>
    isFieldStaff(actor) && !known.everDispatched.includes(actor.id)
      ? refuse('WORK_ORDER.NOT_YOURS')
      : when(known, mustAwaitAcceptance, (awaiting) => {
          if (!isCrew(awaiting, actor)) return refuse('WORK_ORDER.NOT_YOURS');
          const { to, acceptBy } = offerOf(awaiting);
          return [event(workOrderEvents.WorkOrderAccepted, { by: to, late: now > acceptBy })];
        }),
  );

/** The second decline or lapse since the last dispatch by hand gives the order to the supervisor. */
export const declineWorkOrder: WorkOrderDecide<'DeclineWorkOrder'> = ({ data }, order, context) =>
  when(order, mustAwaitAcceptance, (open) => {
    if (!isCrew(open, context.actor)) return refuse('WORK_ORDER.NOT_YOURS');
    if (open.status === 'planned') return refuse('WORK_ORDER.NOT_AWAITING_ACCEPTANCE', { lapsed: true });
    return [
      event(workOrderEvents.WorkOrderDeclined, { by: open.offer.to, reason: data.reason }),
      ...failureAfter(open, context),
    ];
  });

/** A timer fired: only a dispatch that still waits, and whose time is over, lapses. */
export const lapseAcceptance: WorkOrderDecide<'LapseAcceptance'> = (_command, order, context) => {
  if (order.status !== 'dispatched' || context.now < order.offer.acceptBy) return [];
  const { to, acceptBy } = order.offer;
  return [event(workOrderEvents.AcceptanceLapsed, { by: to, acceptBy }), ...failureAfter(order, context)];
};

/** A reminder for a dispatch that still waits; after the time there is nothing to remind of. */
export const remindAcceptance: WorkOrderDecide<'RemindAcceptance'> = ({ data }, order, { now }) =>
  order.status === 'dispatched' && now < order.offer.acceptBy
    ? [event(workOrderEvents.AcceptanceReminded, { count: data.count })]
    : [];

/** Illness, a breakdown: the order is planned again and goes to somebody else. */
export const releaseWorkOrder: WorkOrderDecide<'ReleaseWorkOrder'> = ({ data }, order, { actor }) =>
  when(order, mustBeReleasable, (open) =>
    isCrew(open, actor)
      ? [event(workOrderEvents.WorkOrderReleased, { reason: data.reason })]
      : refuse('WORK_ORDER.NOT_YOURS'),
  );

const failureAfter = (
  order: Dispatched,
  { facts }: DecisionContext<WorkOrderFacts>,
): readonly Extract<WorkOrderEvent, { type: 'work_order.DispatchFailed' }>[] =>
  order.failures + 1 < facts.dispatch.body.failuresUntilSupervisor
    ? []
    : [
        event(workOrderEvents.DispatchFailed, {
          reason: 'declined-twice',
          candidates: [],
          candidatesTotal: 0,
          policyVersion: facts.dispatch.version,
        }),
      ];
