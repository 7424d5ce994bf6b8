import { event, firstBroken, reject, when, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { ComplaintCommandOf } from '../commands';
import { complaintEvents } from '../events';
import {
  mustBeExecuted,
  mustBeInvestigated,
  mustBePlanned,
  mustBeUrgentOrDecided,
  mustBeVerified,
  mustBeWorkedOn,
  mustHaveAHandler,
} from '../invariants';
import type { ExistingComplaint, Plan, PlanStep } from '../state';
import { happened, stored, underCase, type ComplaintUseCase } from './use-case';

type Body = ComplaintCommandOf<'ProposePlan'>['data'];

/** CMP-09: five parts. Blame comes first, but for urgent complaints. A new proposal replaces the one before. */
export const proposePlan: ComplaintUseCase<'ProposePlan'> = ({ data }, complaint, { commandId }) =>
  when(complaint, mustBeInvestigated, () => {
    const broken = firstBroken<ExistingComplaint>(complaint, [mustHaveAHandler, mustBeVerified, mustBeUrgentOrDecided]);
    const refusal = broken ?? incomplete(data) ?? inconsistent(data);
    if (refusal) return refusal;
    const { diagnosis, measures, assignments, milestones, budget } = data;
    const { faultCode, cause, words } = diagnosis;
    const told = measures.steps.flatMap(({ planStepId, what }) => (what === undefined ? [] : [{ planStepId, what }]));
    return [
      event(
        complaintEvents.ResolutionPlanProposed,
        {
          planId: commandId,
          diagnosis: present({ faultCode, cause }),
          measures: { steps: measures.steps.map(({ planStepId, measure }) => ({ planStepId, measure })) },
          assignments: { list: assignments.list },
          milestones: { list: milestones.list.map((one) => ({ ...one, dueBy: stored(one.dueBy) })) },
          budget: { cost: budget.cost },
          round: complaint.round,
        },
        underCase(
          complaint,
          present({ diagnosis: words, steps: told.length > 0 ? told : undefined, none: nonesIn(data) }),
        ),
      ),
    ];
  });

/** Why parts have nothing in them, by part; undefined: every part holds something. */
const nonesIn = ({ diagnosis, measures, assignments, milestones, budget }: Body) => {
  const said = present({
    diagnosis: diagnosis.none,
    measures: measures.none,
    assignments: assignments.none,
    milestones: milestones.none,
    budget: budget.none,
  });
  return Object.keys(said).length > 0 ? said : undefined;
};

/** A part holds something, or says why there is nothing in it; a budget of zero is one. */
const incomplete = ({ diagnosis, measures, assignments, milestones }: Body): Rejection | undefined => {
  const { faultCode, cause, words } = diagnosis;
  const held = {
    diagnosis: faultCode !== undefined || cause !== undefined || words !== undefined,
    measures: measures.steps.length > 0,
    assignments: assignments.list.length > 0,
    milestones: milestones.list.length > 0,
  };
  const because = {
    diagnosis: diagnosis.none,
    measures: measures.none,
    assignments: assignments.none,
    milestones: milestones.none,
  };
  const names = ['diagnosis', 'measures', 'assignments', 'milestones'] as const;
  const missing = names.filter((name) => !held[name] && because[name] === undefined);
  if (missing.length > 0) return reject('COMPLAINT.PLAN_INCOMPLETE', { missing });
  const both = names.filter((name) => held[name] && because[name] !== undefined);
  return both.length > 0 ? reject('COMPLAINT.PLAN_SAYS_NONE', { parts: both }) : undefined;
};

const inconsistent = ({ measures, assignments, milestones }: Body): Rejection | undefined => {
  const ids = measures.steps.map(({ planStepId }) => planStepId);
  if (new Set(ids).size < ids.length) return reject('COMPLAINT.PLAN_STEP_TWICE');
  const named = [...assignments.list, ...milestones.list].flatMap(({ planStepId }) =>
    planStepId === undefined ? [] : [planStepId],
  );
  const unknown = named.filter((id) => !ids.includes(id));
  return unknown.length > 0 ? reject('COMPLAINT.PLAN_STEP_UNKNOWN', { planSteps: unknown }) : undefined;
};

/** A second person looks at every plan: it spends the company's money. */
const proposedPlan = (complaint: ExistingComplaint, planId: string, person: string): Plan | Rejection => {
  const { plan } = complaint;
  if (plan?.planId !== planId || plan.status !== 'proposed') return reject('COMPLAINT.PLAN_UNKNOWN');
  return plan.proposedBy === person ? reject('COMPLAINT.PLAN_FOUR_EYES') : plan;
};

export const rejectPlan: ComplaintUseCase<'RejectPlan'> = ({ data }, complaint, { actor }) =>
  when(complaint, mustBeInvestigated, () => {
    const { planId, reason } = data;
    const plan = proposedPlan(complaint, planId, actor.id);
    if ('rejected' in plan) return plan;
    const { round } = complaint;
    return [event(complaintEvents.ResolutionPlanRejected, { planId, round }, underCase(complaint, { reason }))];
  });

export const approvePlan: ComplaintUseCase<'ApprovePlan'> = ({ data }, complaint, { actor }) =>
  when(complaint, mustBeInvestigated, () => {
    const plan = proposedPlan(complaint, data.planId, actor.id);
    return 'rejected' in plan
      ? plan
      : [event(complaintEvents.ResolutionPlanApproved, { planId: data.planId, round: complaint.round })];
  });

/** CMP-10. */
export const holdReviewMeeting: ComplaintUseCase<'HoldReviewMeeting'> = ({ data }, complaint) =>
  when(complaint, mustBeWorkedOn, () => {
    const { roles, minutes, occurredAt } = data;
    return [
      event(
        complaintEvents.ReviewMeetingHeld,
        { roles, round: complaint.round },
        { ...underCase(complaint, present({ minutes })), ...happened(occurredAt) },
      ),
    ];
  });

/** The severity may have been lowered since the plan was proposed, so the order of blame and plan is looked at again. */
export const startPlan: ComplaintUseCase<'StartPlan'> = (_command, complaint) =>
  when(complaint, mustBePlanned, () => {
    const broken = firstBroken<ExistingComplaint>(complaint, [mustBeUrgentOrDecided]);
    const { plan, round } = complaint;
    if (broken || !plan) return broken ?? reject('COMPLAINT.NOT_PLANNED');
    return [event(complaintEvents.PlanStarted, { planId: plan.planId, round })];
  });

/** A step of the plan that is being executed. */
export const stepOf = (complaint: ExistingComplaint, planStepId: string): PlanStep | Rejection =>
  complaint.plan?.steps.find((step) => step.planStepId === planStepId) ?? reject('COMPLAINT.PLAN_STEP_UNKNOWN');

export const completePlanStep: ComplaintUseCase<'CompletePlanStep'> = ({ data }, complaint) =>
  when(complaint, mustBeExecuted, () => {
    const { planStepId, result, occurredAt } = data;
    const step = stepOf(complaint, planStepId);
    if ('rejected' in step) return step;
    if (step.done) return [];
    if (step.rework?.open) return reject('COMPLAINT.STEP_IN_REWORK');
    return [
      event(
        complaintEvents.PlanStepCompleted,
        { planStepId, round: complaint.round },
        { ...underCase(complaint, present({ result })), ...happened(occurredAt) },
      ),
    ];
  });

export const reopenPlanStep: ComplaintUseCase<'ReopenPlanStep'> = ({ data }, complaint) =>
  when(complaint, mustBeExecuted, () => {
    const { planStepId } = data;
    const step = stepOf(complaint, planStepId);
    if ('rejected' in step) return step;
    return step.done
      ? [event(complaintEvents.PlanStepReopened, { planStepId, reason: 'not-done', round: complaint.round })]
      : [];
  });
