import type { ComplaintEvent, Recorded, Role } from '@aftercare/domain';
import { MILESTONE, promiseKey, type PromiseRow } from './promise-row';

type PlanEvent = Extract<Recorded<ComplaintEvent>, { readonly type: (typeof MILESTONE_EVENTS)[number] }>;
type PlanProposed = Extract<PlanEvent, { readonly type: 'complaint.ResolutionPlanProposed' }>;

/** Events that set or meet milestones of a plan (CMP-09). Which plan is in force stands with the complaint's owner. */
export const MILESTONE_EVENTS = [
  'complaint.ResolutionPlanProposed',
  'complaint.PlanStepCompleted',
  'complaint.PlanStepReopened',
  'complaint.ReworkTicketFailed',
  'complaint.OutcomeCommunicated',
] as const satisfies readonly ComplaintEvent['type'][];

/** A plan has no more: an event that meets a step's milestones touches so many rows, whichever are there. */
const MOST = 60;
/** Milestones of the whole plan: met when the outcome is told. */
const WHOLE_PLAN = '';

/** Keys of the milestones that an event may touch; none for other events. */
export const milestoneKeys = (event: Recorded<ComplaintEvent>): readonly string[] =>
  isPlanEvent(event) ? idsIn(event).map((id) => promiseKey(event.stream, MILESTONE, id)) : [];

/** The milestone after an event that touches it. */
export const milestoneAfter = (
  row: PromiseRow | null,
  event: Recorded<ComplaintEvent>,
  key: string,
): PromiseRow | null => {
  if (!isPlanEvent(event)) return row;
  switch (event.type) {
    case 'complaint.ResolutionPlanProposed':
      return proposed(event).find((one) => promiseKey(event.stream, MILESTONE, one.id) === key) ?? row;
    case 'complaint.PlanStepCompleted':
    case 'complaint.OutcomeCommunicated':
      return row && { ...row, met: true };
    default:
      return row && { ...row, met: false };
  }
};

const isPlanEvent = (event: Recorded<ComplaintEvent>): event is PlanEvent =>
  MILESTONE_EVENTS.some((type) => type === event.type);

const idsIn = (event: PlanEvent): readonly string[] => {
  switch (event.type) {
    case 'complaint.ResolutionPlanProposed':
      return proposed(event).map(({ id }) => id);
    case 'complaint.OutcomeCommunicated':
      return idsOf(WHOLE_PLAN);
    default:
      return idsOf(event.data.planStepId);
  }
};

const idsOf = (planStepId: string): readonly string[] =>
  Array.from({ length: MOST }, (_, index) => idOf(planStepId, index));

/** A plan's milestones have no names of their own: the step, and its how manieth it is. */
const idOf = (planStepId: string, index: number): string => `${planStepId} ${index}`;

const proposed = ({ stream, data, metadata }: PlanProposed): readonly PromiseRow[] => {
  const { planId, milestones, assignments } = data;
  return milestones.list.map(({ planStepId = WHOLE_PLAN, name, dueBy }, place) => {
    const before = milestones.list.slice(0, place).filter((one) => (one.planStepId ?? WHOLE_PLAN) === planStepId);
    return {
      kind: MILESTONE,
      stream,
      matter: stream,
      id: idOf(planStepId, before.length),
      dueBy,
      givenAt: metadata.recordedAt,
      moved: 0,
      words: [],
      plan: planId,
      name,
      met: false,
      assigned: assignedIn(assignments.list, planStepId),
    };
  });
};

/** A person who is named before a role that is. */
const assignedIn = (
  assignments: PlanProposed['data']['assignments']['list'],
  planStepId: string,
): { readonly role: Role; readonly person: string | null } | null => {
  const theirs = assignments.filter((one) => one.planStepId === planStepId);
  const first = theirs.find(({ person }) => person !== undefined) ?? theirs[0];
  return first ? { role: first.role, person: first.person ?? null } : null;
};
