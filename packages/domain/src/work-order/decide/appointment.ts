import { event, firstBroken, isRejection, when } from '../../kernel/index';
import { workOrderEvents } from '../events';
import { mustHaveAppointment, mustHaveAssignee, mustLackAppointment, mustPrecedeArrival } from '../invariants';
import { isCrew } from '../state';
import { refuse, utcWindow, type WorkOrderDecide } from './shape';

/** EXE-01: tools, parts and documents. */
export const checkPreparation: WorkOrderDecide<'CheckPreparation'> = ({ data }, order, { actor }) =>
  when(order, mustHaveAssignee, (open) =>
    isCrew(open, actor) ? [event(workOrderEvents.PreparationChecked, data)] : refuse('WORK_ORDER.NOT_YOURS'),
  );

/** EXE-02: the time that the customer agreed to. */
export const agreeAppointment: WorkOrderDecide<'AgreeAppointment'> = ({ data }, order, { actor }) =>
  when(order, mustPrecedeArrival, (open) => {
    if (!isCrew(open, actor)) return refuse('WORK_ORDER.NOT_YOURS');
    const window = utcWindow(data.window);
    const broken = firstBroken(open, [mustLackAppointment]);
    if (broken) return broken;
    return isRejection(window) ? window : [event(workOrderEvents.AppointmentAgreed, { ...data, window })];
  });

/** Another time, and whose wish it was. */
export const moveAppointment: WorkOrderDecide<'MoveAppointment'> = ({ data }, order, { actor }) =>
  when(order, mustPrecedeArrival, (open) => {
    if (!isCrew(open, actor)) return refuse('WORK_ORDER.NOT_YOURS');
    const window = utcWindow(data.window);
    const broken = firstBroken(open, [mustHaveAppointment]);
    if (broken) return broken;
    return isRejection(window) ? window : [event(workOrderEvents.AppointmentMoved, { ...data, window })];
  });
