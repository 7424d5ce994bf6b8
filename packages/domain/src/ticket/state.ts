import type { Instant, Role } from '../kernel/index';
import type { Coverage, Impact, Priority, Route, ServiceType, Tier, TicketType } from '../vocabulary';
import type { FOLLOW_UPS, JOB_KINDS, STEPS } from './events';
import type { TicketEvent } from './events';

export type Step = (typeof STEPS)[number];
export type FollowUp = (typeof FOLLOW_UPS)[number];
export type Satisfaction = NonNullable<Extract<TicketEvent, { type: 'ticket.TicketClosed' }>['data']['satisfaction']>;
export type PartsUsed = Extract<TicketEvent, { type: 'ticket.TicketClosed' }>['data']['parts'];

/** Who is responsible for the present step: a role's list, or one person of that role. */
export interface Owner {
  readonly step: Step;
  readonly role: Role;
  readonly person?: string | undefined;
}

/** Who works on the matter; `workOrderId` is set when a job's acceptance started it. */
export interface Handler {
  readonly route: Route;
  readonly role: Role;
  readonly person?: string | undefined;
  readonly workOrderId?: string | undefined;
}

/** A job of the ticket. `cycle` is the one it was opened in; a job may still be open after a reopening. */
export interface Job {
  readonly kind: (typeof JOB_KINDS)[number];
  readonly id: string;
  readonly cycle: number;
  readonly open: boolean;
}

export interface Pause {
  readonly workOrderId?: string | undefined;
}

/** One kind of follow-up within the present cycle. Times are when the attempt was recorded. */
export interface FollowUpRecord {
  readonly followUp: FollowUp;
  readonly scheduled: boolean;
  readonly attempts: readonly Instant[];
  readonly done: boolean;
  readonly missed: boolean;
}

/** What every ticket knows, whatever its status. */
export interface Case {
  readonly stream: string;
  readonly cycle: number;
  readonly site: string;
  readonly zone: string;
  /** Stream of the customer, whose key holds what they said. */
  readonly customer: string;
  /** Tier as of registration. */
  readonly tier: Tier;
  /** When this cycle's matter reached us. */
  readonly openedAt: Instant;
  readonly intent?: TicketType | undefined;
  readonly serviceType?: ServiceType | undefined;
  readonly region?: string | undefined;
  readonly category?: string | undefined;
  readonly model?: string | undefined;
  readonly unitId?: string | undefined;
  readonly type: TicketType;
  readonly typeByPerson: boolean;
  readonly priority: Priority;
  /** True: a person set the level itself, which the rule leaves alone until new safety evidence. */
  readonly priorityByHand: boolean;
  /** What a form or a person said about the impact; absent: nobody did. */
  readonly saidImpact?: Impact | undefined;
  readonly safety: boolean;
  readonly safetyMatched: readonly string[];
  readonly route?: Route | undefined;
  readonly routeByPerson: boolean;
  readonly coverage?: Coverage | undefined;
  readonly owner?: Owner | undefined;
  readonly handler?: Handler | undefined;
  /** Engineers, outlets and experts who worked on this cycle: they may not confirm for the customer. */
  readonly workers: readonly string[];
  readonly jobs: readonly Job[];
  readonly pause?: Pause | undefined;
  readonly contacts: readonly { readonly contactId: string; readonly reached: boolean }[];
  /** Outbound attempts of this cycle that did not reach the customer. */
  readonly unreached: number;
  readonly rejections: number;
  /** CLO-04: it came back, and nobody has diagnosed it again yet. */
  readonly needsDiagnosis: boolean;
  readonly solutionProposed: boolean;
  readonly solutionDeclined: boolean;
  readonly followUps: readonly FollowUpRecord[];
  readonly satisfaction?: Satisfaction | undefined;
  readonly workMinutes: number;
  readonly parts: PartsUsed;
  readonly linked: readonly string[];
  /** Complaints about it: shown, also at closing, which they don't block. */
  readonly complaints: readonly {
    readonly complaintId: string;
    readonly engineerIds: readonly string[];
    readonly open: boolean;
  }[];
  /** The step of a complaint's plan that it does. */
  readonly reworkFor?: { readonly complaintId: string; readonly planStepId: string } | undefined;
  readonly trackingLinks: readonly { readonly linkId: string; readonly revoked: boolean }[];
}

/** Before the first event. */
export interface NoTicket {
  readonly status: 'none';
}
export interface AwaitingReview extends Case {
  readonly status: 'awaiting-review';
}
export interface PendingDispatch extends Case {
  readonly status: 'pending-dispatch';
}
export interface InProgress extends Case {
  readonly status: 'in-progress';
}
export interface AwaitingConsent extends Case {
  readonly status: 'awaiting-consent';
  /** The status that the proposal found, and that an answer leads back to. */
  readonly before: 'pending-dispatch' | 'in-progress';
}
export interface PendingConfirmation extends Case {
  readonly status: 'pending-confirmation';
  readonly proposedAt: Instant;
  readonly reminders: number;
}
export interface Confirmed extends Case {
  readonly status: 'confirmed';
  readonly bySilence: boolean;
}
/** Ended; `endedAt` starts the days within which it may be reopened. */
export interface Completed extends Case {
  readonly status: 'completed';
  readonly endedAt: Instant;
}
export interface ClosedUnresolved extends Case {
  readonly status: 'closed-unresolved';
  readonly endedAt: Instant;
}
export interface Cancelled extends Case {
  readonly status: 'cancelled';
  readonly endedAt: Instant;
}

/** A ticket that exists. */
export type ExistingTicket =
  | AwaitingReview
  | PendingDispatch
  | InProgress
  | AwaitingConsent
  | PendingConfirmation
  | Confirmed
  | Completed
  | ClosedUnresolved
  | Cancelled;
export type Ended = Completed | ClosedUnresolved | Cancelled;
export type Open = Exclude<ExistingTicket, Ended>;
/** Where work goes on: reviewed, and no resolution proposed. */
export type Handled = PendingDispatch | InProgress | AwaitingConsent;
export type Ticket = NoTicket | ExistingTicket;

export const noTicket: NoTicket = { status: 'none' };

export const isEnded = (ticket: ExistingTicket): ticket is Ended =>
  ticket.status === 'completed' || ticket.status === 'closed-unresolved' || ticket.status === 'cancelled';

/** Jobs that are still open, of any cycle. */
export const openJobs = (ticket: Case): readonly Job[] => ticket.jobs.filter((job) => job.open);

/** CLO-04: who is named in an open complaint doesn't get the matter back. */
export const isNamedInComplaint = (ticket: Pick<Case, 'complaints'>, person: string | undefined): boolean =>
  person !== undefined && ticket.complaints.some(({ open, engineerIds }) => open && engineerIds.includes(person));

/** The record of one follow-up in this cycle; an empty one when nothing happened yet. */
export const followUpOf = (ticket: Case, followUp: FollowUp): FollowUpRecord =>
  ticket.followUps.find((record) => record.followUp === followUp) ?? {
    followUp,
    scheduled: false,
    attempts: [],
    done: false,
    missed: false,
  };
