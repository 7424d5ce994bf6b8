import { invariant } from '../kernel/index';
import {
  isOpen,
  isResponsibilityDecided,
  openAppeals,
  stageOf,
  type Closed,
  type Dismissed,
  type ExistingComplaint,
  type OpenComplaint,
  type PendingVerdict,
  type Registered,
  type Stage,
  type Withdrawn,
} from './state';

export const mustBeWorkedOn = invariant(
  'COMPLAINT.NOT_OPEN',
  'what changes the course of a complaint needs one that is open, or that goes on inside after a withdrawal',
  (complaint: ExistingComplaint) => stageOf(complaint) !== undefined,
);

export const mustHaveItsComplainant = invariant(
  'COMPLAINT.NOBODY_COMPLAINS',
  'what is done with the complainant needs a complaint that is open and was not withdrawn',
  (complaint: ExistingComplaint): complaint is OpenComplaint => isOpen(complaint),
);

export const mustBeRegistered = invariant(
  'COMPLAINT.ALREADY_ACKNOWLEDGED',
  'receipt is acknowledged once, before anything else',
  (complaint: ExistingComplaint): complaint is Registered => complaint.status === 'registered',
);

const isAt = (complaint: ExistingComplaint, ...stages: readonly Stage[]): boolean => {
  const stage = stageOf(complaint);
  return stage !== undefined && stages.includes(stage);
};

export const mustBeInvestigated = invariant(
  'COMPLAINT.NOT_BEING_INVESTIGATED',
  'a complaint is verified after its acknowledgement and until its outcome was communicated',
  (complaint: ExistingComplaint) => isAt(complaint, 'verifying', 'planned', 'executing'),
);

export const mustBePlanned = invariant(
  'COMPLAINT.NOT_PLANNED',
  'only an approved plan is started',
  (complaint: ExistingComplaint) => isAt(complaint, 'planned') && complaint.plan?.status === 'approved',
);

export const mustBeExecuted = invariant(
  'COMPLAINT.NOT_EXECUTING',
  'steps are done and the outcome is told while the plan is executed',
  (complaint: ExistingComplaint) => isAt(complaint, 'executing'),
);

export const mustAwaitVerdict = invariant(
  'COMPLAINT.NO_VERDICT_AWAITED',
  'a verdict is heard after the outcome was communicated',
  (complaint: ExistingComplaint): complaint is PendingVerdict => complaint.status === 'pending-verdict',
);

export const mustBeVerified = invariant(
  'COMPLAINT.NOT_VERIFIED',
  'whether it is genuine and complete is verified first (CMP-06)',
  (complaint: ExistingComplaint) => complaint.verified !== undefined,
);

export const mustHaveAHandler = invariant(
  'COMPLAINT.NO_HANDLER',
  'a complaint has a dedicated handler (CMP-16)',
  (complaint: ExistingComplaint) => complaint.handler !== undefined,
);

export const mustHaveResponsibilityDecided = invariant(
  'COMPLAINT.RESPONSIBILITY_OPEN',
  'responsibility is confirmed or undetermined before a complaint closes, and before the plan of one that is not urgent (CMP-07)',
  (complaint: ExistingComplaint) => isResponsibilityDecided(complaint),
);

export const mustBeUrgentOrDecided = invariant(
  'COMPLAINT.RESPONSIBILITY_BEFORE_PLAN',
  'containment comes before blame for urgent complaints only',
  (complaint: ExistingComplaint) => complaint.severity === 'urgent' || isResponsibilityDecided(complaint),
);

export const mustHaveNoOpenStep = invariant(
  'COMPLAINT.STEPS_OPEN',
  'the outcome is told when every step of the plan is done',
  (complaint: ExistingComplaint) => complaint.plan?.steps.every(({ done }) => done) ?? true,
);

export const mustNotWaitForEscalation = invariant(
  'COMPLAINT.ESCALATION_DUE',
  'after a second dissatisfied verdict it is escalated to a new handler',
  (complaint: ExistingComplaint) => !complaint.escalationDue,
);

export const mustBeDismissed = invariant(
  'COMPLAINT.NOT_DISMISSED',
  'only a dismissal can be appealed',
  (complaint: ExistingComplaint): complaint is Dismissed => complaint.status === 'dismissed',
);

export const mustBeReopenable = invariant(
  'COMPLAINT.NOT_REOPENABLE',
  'only a complaint that was closed or withdrawn is reopened; a dismissal is appealed',
  (complaint: ExistingComplaint): complaint is Closed | Withdrawn =>
    complaint.status === 'closed' || complaint.status === 'withdrawn',
);

export const mustGoOnInside = invariant(
  'COMPLAINT.NOT_CONTINUED_INSIDE',
  'only a withdrawn complaint that goes on inside is ended inside',
  (complaint: ExistingComplaint): complaint is Withdrawn =>
    complaint.status === 'withdrawn' && complaint.inside !== undefined,
);

export const mustBeFreeToPropose = invariant(
  'COMPLAINT.RESPONSIBILITY_DECIDED',
  'responsibility is proposed when there is no proposal and no finding',
  ({ responsibility: { status } }: ExistingComplaint) => status === 'none' || status === 'undetermined',
);

export const mustBeProposed = invariant(
  'COMPLAINT.NOTHING_PROPOSED',
  'only a proposal of responsibility is confirmed or rejected',
  ({ responsibility }: ExistingComplaint) => responsibility.status === 'proposed',
);

export const mustBeConfirmed = invariant(
  'COMPLAINT.RESPONSIBILITY_NOT_CONFIRMED',
  'parties are told of, and appeal, what was confirmed and is not final yet',
  ({ responsibility: { status } }: ExistingComplaint) => status === 'confirmed' || status === 'under-appeal',
);

export const mustHaveNoOpenAppeal = invariant(
  'COMPLAINT.APPEAL_OPEN',
  'nothing is final while an appeal is open',
  ({ responsibility }: ExistingComplaint) => openAppeals(responsibility).length === 0,
);
