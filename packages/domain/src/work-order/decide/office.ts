import { event, when } from '../../kernel/index';
import { workOrderEvents } from '../events';
import { mustBeOpen, mustBePlanned } from '../invariants';
import { isFieldStaff } from '../state';
import { refuse, underOrder, type WorkOrderDecide } from './shape';

/** The process cancels what is still open and finds nothing to do otherwise; a person is told that it has ended. */
export const cancelWorkOrder: WorkOrderDecide<'CancelWorkOrder'> = ({ data }, order, { actor }) => {
  if (actor.role === 'system' && (order.status === 'completed' || order.status === 'cancelled')) return [];
  return when(order, mustBeOpen, (open) => [
    event(workOrderEvents.WorkOrderCancelled, { reason: data.reason, tripMade: data.tripMade || open.tripMade }),
  ]);
};

/** What was really used; the first use keeps its date (DEC-13). Also after the job has ended. */
export const correctPartUse: WorkOrderDecide<'CorrectPartUse'> = ({ data }, order, { actor }) =>
  when(order, mustBePlanned, (known) => {
    if (isFieldStaff(actor) && !known.everDispatched.includes(actor.id)) return refuse('WORK_ORDER.NOT_YOURS');
    if (!known.partUses.includes(data.partUseId))
      return refuse('WORK_ORDER.PART_USE_UNKNOWN', { partUseId: data.partUseId });
    return [event(workOrderEvents.PartUseCorrected, data)];
  });

/** A supervisor judges a contradiction between the field and the system. */
export const settleFieldConflict: WorkOrderDecide<'SettleFieldConflict'> = ({ data }, order, { stream }) =>
  when(order, mustBePlanned, (known) => {
    const { conflictId, resolution, reason } = data;
    return known.conflicts.some(({ id }) => id === conflictId)
      ? [event(workOrderEvents.FieldConflictSettled, { conflictId, resolution }, underOrder(stream, { reason }))]
      : refuse('WORK_ORDER.CONFLICT_UNKNOWN', { conflictId });
  });
