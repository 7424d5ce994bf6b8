import type { DomainEvent, Recorded } from '../../kernel/index';
import type { ComplaintEvent } from '../events';
import type { ExistingComplaint, Plan, PlanStep } from '../state';
import { movedTo } from './carried';
import { evolveClosing, type ClosingEvent } from './closing';

type EventNamed<Type extends ComplaintEvent['type']> = Extract<ComplaintEvent, DomainEvent<Type>>;

export type PlanEvent = EventNamed<
  | 'complaint.ResolutionPlanProposed'
  | 'complaint.ResolutionPlanRejected'
  | 'complaint.ResolutionPlanApproved'
  | 'complaint.ReviewMeetingHeld'
  | 'complaint.PlanStarted'
  | 'complaint.ReworkTicketOpened'
  | 'complaint.ReworkTicketFailed'
  | 'complaint.PlanStepCompleted'
  | 'complaint.PlanStepReopened'
  | 'complaint.ProgressCommunicated'
  | 'complaint.CommitmentGiven'
  | 'complaint.CommitmentKept'
>;

type LaterEvent = Recorded<PlanEvent | ClosingEvent>;

/** The plan and what comes of it. */
// One flat case per event reads better than a second dispatch.
// eslint-disable-next-line complexity
export const evolvePlan = (complaint: ExistingComplaint, event: LaterEvent): ExistingComplaint => {
  switch (event.type) {
    case 'complaint.ReviewMeetingHeld':
    case 'complaint.ProgressCommunicated':
      return complaint;
    case 'complaint.ResolutionPlanProposed': {
      const steps = event.data.measures.steps.map(({ planStepId }) => ({ planStepId, done: false }));
      const plan: Plan = { planId: event.data.planId, proposedBy: event.metadata.actor.id, status: 'proposed', steps };
      return { ...complaint, plan };
    }
    case 'complaint.ResolutionPlanRejected':
      return withPlan(complaint, 'rejected');
    case 'complaint.ResolutionPlanApproved':
      return movedTo(withPlan(complaint, 'approved'), 'planned');
    case 'complaint.PlanStarted':
      return movedTo(withPlan(complaint, 'started'), 'executing');
    case 'complaint.ReworkTicketOpened':
      return withStep(complaint, event.data.planStepId, (step) => ({
        ...step,
        rework: { ticketId: event.data.ticketId, open: true },
      }));
    case 'complaint.ReworkTicketFailed':
      return withStep(complaint, event.data.planStepId, (step) => ({ ...step, rework: ended(step), done: false }));
    case 'complaint.PlanStepCompleted':
      return withStep(complaint, event.data.planStepId, (step) => ({ ...step, rework: ended(step), done: true }));
    case 'complaint.PlanStepReopened':
      return withStep(complaint, event.data.planStepId, (step) => reopened(step, event.data.ticketId));
    case 'complaint.CommitmentGiven': {
      const { commitmentId } = event.data;
      return { ...complaint, commitments: [...complaint.commitments, { commitmentId, kept: false }] };
    }
    case 'complaint.CommitmentKept':
      return {
        ...complaint,
        commitments: complaint.commitments.map((one) =>
          one.commitmentId === event.data.commitmentId ? { ...one, kept: true } : one,
        ),
      };
    default:
      return evolveClosing(complaint, event);
  }
};

const withPlan = (complaint: ExistingComplaint, status: Plan['status']): ExistingComplaint =>
  complaint.plan ? { ...complaint, plan: { ...complaint.plan, status } } : complaint;

const withStep = (
  complaint: ExistingComplaint,
  planStepId: string,
  change: (step: PlanStep) => PlanStep,
): ExistingComplaint => {
  const { plan } = complaint;
  if (!plan) return complaint;
  const steps = plan.steps.map((step) => (step.planStepId === planStepId ? change(step) : step));
  return { ...complaint, plan: { ...plan, steps } };
};

const ended = ({ rework }: PlanStep): PlanStep['rework'] => rework && { ...rework, open: false };

/** A rework ticket that was reopened does the step again. */
const reopened = (step: PlanStep, ticketId: string | undefined): PlanStep => ({
  ...step,
  done: false,
  rework: ticketId === undefined ? ended(step) : { ticketId, open: true },
});
