import { event, isRejection, when } from '../../kernel/index';
import { workOrderEvents } from '../events';
import { mustBeNew } from '../invariants';
import { utc, utcWindow, type WorkOrderDecide } from './shape';

/** A job is planned for a ticket's cycle (DSP-01). */
export const planWorkOrder: WorkOrderDecide<'PlanWorkOrder'> = ({ data }, order) =>
  when(order, mustBeNew, () => {
    const { requestedWindow, dueBy, ...rest } = data;
    const window = requestedWindow && utcWindow(requestedWindow);
    if (isRejection(window)) return window;
    return [
      event(workOrderEvents.WorkOrderPlanned, {
        ...rest,
        ...(window && { requestedWindow: window }),
        ...(dueBy !== undefined && { dueBy: utc(dueBy) }),
      }),
    ];
  });
