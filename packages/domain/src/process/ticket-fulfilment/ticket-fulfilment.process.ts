import { idOf, type ProcessCommand, type ProcessManager } from '../../kernel/index';
import type { TicketCommandOf } from '../../ticket/commands';
import { asMatter, isTicketEvent, matterOf, toTicket, type PolicyLookup } from '../inputs';
import { complaintRegistered, isComplaintRegistered } from './complaint';
import { onTicket } from './on-ticket';
import { onWorkOrder } from './on-work-order';
import { cancelJobs, jobOf, step, unknownMatter, withJob, type Around, type Fulfilment, type Step } from './state';

const types = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.IntakeReviewed',
  'ticket.TicketClassified',
  'ticket.TicketPrioritized',
  'ticket.WarrantyDetermined',
  'ticket.ProductUnitIdentified',
  'ticket.ProductUnitCorrected',
  'ticket.HandlingRouted',
  'ticket.ProgressReported',
  'ticket.DiagnosisRecorded',
  'ticket.ResolutionProposed',
  'ticket.ResolutionRejected',
  'ticket.ResolutionReturnedBySilence',
  'ticket.ResolutionConfirmed',
  'ticket.ResolutionAcceptedBySilence',
  'ticket.TicketCancelled',
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketReopened',
  'ticket.ComplaintOpened',
  'ticket.ComplaintEnded',
  'ticket.ReworkOrdered',
  'complaint.ComplaintRegistered',
  'work_order.WorkOrderPlanned',
  'work_order.WorkOrderDispatched',
  'work_order.EngineersNamed',
  'work_order.DispatchFailed',
  'work_order.WorkOrderDeclined',
  'work_order.AcceptanceLapsed',
  'work_order.WorkOrderAccepted',
  'work_order.WorkOrderReleased',
  'work_order.DispatchWithdrawn',
  'work_order.WorkOrderCancelled',
  'work_order.PartFitted',
  'work_order.PartUseCorrected',
  'work_order.WorkSuspended',
  'work_order.WorkResumed',
  'work_order.ServiceReportFiled',
  'work_order.WorkCompleted',
] as const;

/**
 * Carries a matter from its route to its resolution: plans the work order, has it dispatched, starts the ticket's handling
 * on acceptance, and turns each outcome into what follows. It waits for parts, a diagnosis or a report by their events, so
 * it needs no alarm.
 */
export const ticketFulfilment = (policies: PolicyLookup): ProcessManager<Fulfilment> => ({
  name: 'ticket-fulfilment',
  version: 1,
  types,
  instance: matterOf,
  initial: unknownMatter,
  react: (state, input, context) => {
    const { now, instance: ticket } = context;
    const around: Around = { now, ticket, policies, uuid: (name) => context.uuid(name) };
    if (input.kind === 'wake') return step(state);
    if (input.kind === 'refused') return onRefused(state, input.command, around);
    if (isComplaintRegistered(input.event)) return complaintRegistered(state, input.event, around);
    const event = asMatter(input.event);
    return isTicketEvent(event) ? onTicket(state, event, around) : onWorkOrder(state, event, around);
  },
});

/** A ticket that takes no job any more needs no work order; an order that can't be planned needs a person. */
const onRefused = (state: Fulfilment, command: ProcessCommand, { ticket }: Around): Step => {
  if (command.type === 'ticket.OpenJob') {
    const { id } = command.data as TicketCommandOf<'OpenJob'>['data'];
    return cancelJobs(state, 'ticket-closed', (job) => job.id === id);
  }
  const job = command.type === 'work_order.PlanWorkOrder' ? jobOf(state, idOf(command.stream)) : undefined;
  return job
    ? step(
        withJob(state, { ...job, ended: true }),
        toTicket(ticket, 'AssignOwner', { step: 'supervision', role: 'supervisor', reason: 'planning-refused' }),
      )
    : step(state);
};
