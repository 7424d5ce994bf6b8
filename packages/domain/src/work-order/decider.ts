import type { Decider, Decision, DecisionContext } from '../kernel/index';
import type { WorkOrderCommand } from './commands';
import {
  acceptWorkOrder,
  declineWorkOrder,
  lapseAcceptance,
  releaseWorkOrder,
  remindAcceptance,
} from './decide/acceptance';
import { agreeAppointment, checkPreparation, moveAppointment } from './decide/appointment';
import { dispatchAutomatically, dispatchWorkOrder, nameEngineers, withdrawDispatch } from './decide/dispatch';
import { recordFacts } from './decide/field';
import { cancelWorkOrder, correctPartUse, settleFieldConflict } from './decide/office';
import { planWorkOrder } from './decide/plan';
import type { WorkOrderEvent } from './events';
import { evolve } from './evolve';
import type { WorkOrderFacts } from './facts';
import { factOfCommand } from './field-commands';
import type { FieldFact } from './field-facts';
import { unplanned, type WorkOrder } from './state';

type Context = DecisionContext<WorkOrderFacts>;
type FieldCommand = Extract<WorkOrderCommand, { type: keyof typeof factOfCommand }>;

const decide = (command: WorkOrderCommand, order: WorkOrder, context: Context): Decision<WorkOrderEvent> => {
  switch (command.type) {
    case 'work_order.PlanWorkOrder':
      return planWorkOrder(command, order, context);
    case 'work_order.DispatchAutomatically':
      return dispatchAutomatically(command, order, context);
    case 'work_order.DispatchWorkOrder':
      return dispatchWorkOrder(command, order, context);
    case 'work_order.WithdrawDispatch':
      return withdrawDispatch(command, order, context);
    case 'work_order.NameEngineers':
      return nameEngineers(command, order, context);
    case 'work_order.RemindAcceptance':
      return remindAcceptance(command, order, context);
    case 'work_order.LapseAcceptance':
      return lapseAcceptance(command, order, context);
    case 'work_order.AcceptWorkOrder':
      return acceptWorkOrder(command, order, context);
    case 'work_order.DeclineWorkOrder':
      return declineWorkOrder(command, order, context);
    case 'work_order.ReleaseWorkOrder':
      return releaseWorkOrder(command, order, context);
    case 'work_order.CheckPreparation':
      return checkPreparation(command, order, context);
    case 'work_order.AgreeAppointment':
      return agreeAppointment(command, order, context);
    case 'work_order.MoveAppointment':
      return moveAppointment(command, order, context);
    case 'work_order.CorrectPartUse':
      return correctPartUse(command, order, context);
    case 'work_order.CancelWorkOrder':
      return cancelWorkOrder(command, order, context);
    case 'work_order.SettleFieldConflict':
      return settleFieldConflict(command, order, context);
    case 'work_order.RecordFacts':
      return recordFacts(command.data.facts, order, context);
    default:
      return recordFacts([factOf(command)], order, context, () => '');
  }
};

/** The fact that a single-fact command reports. */
export const factOf = (command: FieldCommand): FieldFact =>
  // The table gives each command the fields of its fact.
  ({ fact: factOfCommand[command.type], ...command.data }) as FieldFact;

/** Every fact that a command reports, none for commands of the office; the API computes signature digests from it. */
export const factsOf = (command: WorkOrderCommand): readonly FieldFact[] => {
  if (command.type === 'work_order.RecordFacts') return command.data.facts;
  return command.type in factOfCommand ? [factOf(command as FieldCommand)] : [];
};

/** The rules of one work order. */
export const workOrderDecider: Decider<WorkOrderCommand, WorkOrder, WorkOrderEvent, WorkOrderFacts> = {
  aggregate: 'work_order',
  initial: unplanned,
  evolve,
  decide,
};
