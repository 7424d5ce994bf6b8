import { invariant } from '../kernel/index';
import {
  isEnded,
  openJobs,
  type AwaitingConsent,
  type AwaitingReview,
  type Confirmed,
  type Ended,
  type ExistingTicket,
  type Handled,
  type InProgress,
  type Open,
  type PendingConfirmation,
  type PendingDispatch,
} from './state';

export const mustAwaitReview = invariant(
  'TICKET.NOT_AWAITING_REVIEW',
  'only a submitted ticket that nobody reviewed can be reviewed',
  (ticket: ExistingTicket): ticket is AwaitingReview => ticket.status === 'awaiting-review',
);

export const mustBeOpen = invariant(
  'TICKET.NOT_OPEN',
  'what changes the course of a matter needs one that has not ended',
  (ticket: ExistingTicket): ticket is Open => !isEnded(ticket),
);

export const mustBeHandled = invariant(
  'TICKET.NOT_BEING_HANDLED',
  'work goes on from pending dispatch until a resolution is proposed',
  (ticket: ExistingTicket): ticket is Handled =>
    ticket.status === 'pending-dispatch' || ticket.status === 'in-progress' || ticket.status === 'awaiting-consent',
);

export const mustBeDispatchable = invariant(
  'TICKET.NOT_DISPATCHABLE',
  'only a ticket that is pending dispatch or in progress can be taken, paused or offered a solution',
  (ticket: ExistingTicket): ticket is PendingDispatch | InProgress =>
    ticket.status === 'pending-dispatch' || ticket.status === 'in-progress',
);

export const mustAwaitConsent = invariant(
  'TICKET.NOT_AWAITING_CONSENT',
  'only a solution that waits for consent can be accepted',
  (ticket: ExistingTicket): ticket is AwaitingConsent => ticket.status === 'awaiting-consent',
);

export const mustHaveASolutionToDecline = invariant(
  'TICKET.NO_SOLUTION_TO_DECLINE',
  'a customer declines a solution that waits for consent, or at the job while work is in progress',
  (ticket: ExistingTicket): ticket is AwaitingConsent | InProgress =>
    ticket.status === 'awaiting-consent' || ticket.status === 'in-progress',
);

export const mustAwaitConfirmation = invariant(
  'TICKET.NOT_AWAITING_CONFIRMATION',
  'only a proposed resolution can be confirmed or rejected',
  (ticket: ExistingTicket): ticket is PendingConfirmation => ticket.status === 'pending-confirmation',
);

export const mustBeConfirmed = invariant(
  'TICKET.NOT_CONFIRMED',
  'a ticket closes after the customer confirmed or after silence',
  (ticket: ExistingTicket): ticket is Confirmed => ticket.status === 'confirmed',
);

export const mustHaveNoOpenJob = invariant(
  'TICKET.JOB_OPEN',
  'no job may be open',
  (ticket: ExistingTicket) => openJobs(ticket).length === 0,
);

export const mustBeDiagnosedAgain = invariant(
  'TICKET.NEEDS_NEW_DIAGNOSIS',
  'a resolution after a rejection needs a diagnosis recorded later than the rejection (CLO-04)',
  (ticket: ExistingTicket) => !ticket.needsDiagnosis,
);

export const mustNotBePaused = invariant(
  'TICKET.ALREADY_PAUSED',
  'a ticket is paused by its job or by hand, never by both',
  (ticket: ExistingTicket) => ticket.pause === undefined,
);

export const mustBeASafetyCase = invariant(
  'TICKET.NOT_A_SAFETY_CASE',
  'only a safety mark that is there can be lowered',
  (ticket: ExistingTicket) => ticket.safety,
);

export const mustNotBeASafetyCase = invariant(
  'TICKET.SAFETY_NEVER_SILENT',
  'a safety case is never decided by silence',
  (ticket: ExistingTicket) => !ticket.safety,
);

export const mustBeReopenable = invariant(
  'TICKET.NOT_REOPENABLE',
  'only what was confirmed or has ended can be reopened',
  (ticket: ExistingTicket): ticket is Confirmed | Ended => ticket.status === 'confirmed' || isEnded(ticket),
);
