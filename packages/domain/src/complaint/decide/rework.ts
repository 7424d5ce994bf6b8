import { event, idOf, reject, when } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { ComplaintCommandOf } from '../commands';
import { complaintEvents, type ComplaintEvent } from '../events';
import { mustBeExecuted } from '../invariants';
import type { Case, ExistingComplaint, PlanStep } from '../state';
import { stepOf } from './plan';
import type { ComplaintUseCase } from './use-case';

/** The ticket's id is the command's, so that a repeated request means the same ticket. A process opens it. */
export const openReworkTicket: ComplaintUseCase<'OpenReworkTicket'> = ({ data }, complaint, { commandId }) =>
  when(complaint, mustBeExecuted, () => {
    const step = stepOf(complaint, data.planStepId);
    if ('rejected' in step) return step;
    if (step.done) return reject('COMPLAINT.STEP_DONE');
    if (step.rework?.open) return reject('COMPLAINT.STEP_IN_REWORK');
    const { customerId = complaint.customer && idOf(complaint.customer), intent = 'repair', planStepId } = data;
    if (customerId === undefined) return reject('COMPLAINT.NO_CUSTOMER_FOR_REWORK');
    return [
      event(
        complaintEvents.ReworkTicketOpened,
        present({
          ...unitOf(data, complaint),
          planStepId,
          ticketId: commandId,
          number: complaint.number,
          customerId,
          channel: 'phone' as const,
          intent,
          serviceType: data.serviceType,
          safety: complaint.measured.safety,
          round: complaint.round,
        }),
      ),
    ];
  });

/** What the command says, else what the complaint is about. */
const unitOf = (
  said: ComplaintCommandOf<'OpenReworkTicket'>['data'],
  { about, region }: Pick<Case, 'about' | 'region'>,
) => ({
  category: said.category ?? about.category,
  model: said.model ?? about.model,
  unitId: said.unitId ?? about.unitId,
  region: said.region ?? region,
});

/** The step that a ticket works on; also of a plan that meanwhile was told or replaced: then nothing is to be done. */
const onStep = (
  complaint: ExistingComplaint,
  ticketId: string,
  then: (step: PlanStep) => readonly ComplaintEvent[],
): readonly ComplaintEvent[] => {
  const step = complaint.plan?.steps.find(({ rework }) => rework?.ticketId === ticketId);
  return step && mustBeExecuted.holds(complaint) ? then(step) : [];
};

/** The process manager brings the ticket's completion back. */
export const completeRework: ComplaintUseCase<'CompleteRework'> = ({ data: { ticketId } }, complaint) =>
  onStep(complaint, ticketId, ({ planStepId, done }) =>
    done ? [] : [event(complaintEvents.PlanStepCompleted, { planStepId, ticketId, round: complaint.round })],
  );

export const failRework: ComplaintUseCase<'FailRework'> = ({ data: { ticketId, reason } }, complaint) =>
  onStep(complaint, ticketId, ({ planStepId, rework }) =>
    rework?.open
      ? [event(complaintEvents.ReworkTicketFailed, { planStepId, ticketId, reason, round: complaint.round })]
      : [],
  );

export const reopenRework: ComplaintUseCase<'ReopenRework'> = ({ data: { ticketId } }, complaint) =>
  onStep(complaint, ticketId, ({ planStepId, rework }) =>
    rework?.open
      ? []
      : [
          event(complaintEvents.PlanStepReopened, {
            planStepId,
            ticketId,
            reason: 'rework-reopened',
            round: complaint.round,
          }),
        ],
  );
