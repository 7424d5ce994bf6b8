import type { Recorded } from '../kernel/index';
import type { ComplaintEvent } from './events';
import { evolveCase } from './evolve/case';
import type { ClosingEvent } from './evolve/closing';
import { opened } from './evolve/opened';
import { evolvePlan, type PlanEvent } from './evolve/plan';
import { evolveResponsibility, type ResponsibilityEvent } from './evolve/responsibility';
import type { Complaint, ExistingComplaint } from './state';

/**
 * Folds one event into the complaint. Total: an event that meets a state it shouldn't (a stream that was cut or altered)
 * changes what it can and never throws. Personal parts stay sealed.
 */
export const evolveComplaint = (complaint: Complaint, event: Recorded<ComplaintEvent>): Complaint => {
  const next = complaint.status === 'none' ? opened(complaint, event) : evolveExisting(complaint, event);
  return next.status === 'none' ? next : involving(next, event);
};

const evolveExisting = (complaint: ExistingComplaint, event: Recorded<ComplaintEvent>): ExistingComplaint => {
  if (isOfResponsibility(event))
    return { ...complaint, responsibility: evolveResponsibility(complaint.responsibility, event) };
  return isOfPlanOrClosing(event) ? evolvePlan(complaint, event) : evolveCase(complaint, event);
};

const RESPONSIBILITY: Readonly<Record<ResponsibilityEvent['type'], true>> = {
  'complaint.ResponsibilityProposed': true,
  'complaint.ResponsibilityProposalRejected': true,
  'complaint.ResponsibilityConfirmed': true,
  'complaint.ResponsibilityUndetermined': true,
  'complaint.ResponsibilityNotified': true,
  'complaint.ResponsibilityAppealed': true,
  'complaint.AppealDecided': true,
  'complaint.ResponsibilityBecameFinal': true,
};

const PLAN_AND_CLOSING: Readonly<Record<(PlanEvent | ClosingEvent)['type'], true>> = {
  'complaint.ResolutionPlanProposed': true,
  'complaint.ResolutionPlanRejected': true,
  'complaint.ResolutionPlanApproved': true,
  'complaint.ReviewMeetingHeld': true,
  'complaint.PlanStarted': true,
  'complaint.ReworkTicketOpened': true,
  'complaint.ReworkTicketFailed': true,
  'complaint.PlanStepCompleted': true,
  'complaint.PlanStepReopened': true,
  'complaint.ProgressCommunicated': true,
  'complaint.CommitmentGiven': true,
  'complaint.CommitmentKept': true,
  'complaint.OutcomeCommunicated': true,
  'complaint.VerdictRecorded': true,
  'complaint.SecondHandlingOpened': true,
  'complaint.ComplaintEscalated': true,
  'complaint.DismissalCommunicated': true,
  'complaint.DismissalAppealed': true,
  'complaint.ComplaintWithdrawn': true,
  'complaint.InternalHandlingEnded': true,
  'complaint.ComplaintClosed': true,
  'complaint.ComplaintReopened': true,
  'complaint.LessonsRecorded': true,
};

const isOfResponsibility = (event: Recorded<ComplaintEvent>): event is Recorded<ResponsibilityEvent> =>
  Object.hasOwn(RESPONSIBILITY, event.type);
const isOfPlanOrClosing = (event: Recorded<ComplaintEvent>): event is Recorded<PlanEvent | ClosingEvent> =>
  Object.hasOwn(PLAN_AND_CLOSING, event.type);

/** Machines and the complainant's side are not staff who got involved. */
const OUTSIDE: readonly string[] = ['system', 'channel', 'customer'];

const involving = (
  complaint: ExistingComplaint,
  { metadata: { actor } }: Recorded<ComplaintEvent>,
): ExistingComplaint =>
  OUTSIDE.includes(actor.role) || complaint.involved.includes(actor.id)
    ? complaint
    : { ...complaint, involved: [...complaint.involved, actor.id] };
