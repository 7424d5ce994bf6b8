import type { Instant } from '../kernel/index';
import type { Severity } from '../vocabulary';
import type { ComplaintEvent } from './events';
import type { ComplaintCategory, ResponsibilityStatus, Verdict } from './words';

type DataOf<Name extends string> = Extract<ComplaintEvent, { type: `complaint.${Name}` }>['data'];

export type About = DataOf<'ComplaintRegistered'>['about'];
export type Staff = DataOf<'HandlerAssigned'>['handler'];
export type Shares = DataOf<'ResponsibilityConfirmed'>['shares'];
export type PlanData = DataOf<'ResolutionPlanProposed'>;
export type Measured = Pick<
  DataOf<'SeverityLoweringProposed'>,
  'nature' | 'reach' | 'urgency' | 'safety' | 'graveCause'
>;

/** A proposal to lower the severity that waits for a second person. */
export interface Lowering extends Measured {
  readonly loweringId: string;
  readonly severity: Severity;
  readonly by: string;
}

/** Who was told of a share, and until when they may appeal. */
export interface Notice {
  readonly shareId: string;
  readonly appealBy: Instant;
}
export interface Appeal {
  readonly appealId: string;
  readonly shareId: string;
  readonly open: boolean;
}

/** DEC-09: the track of its own. */
export interface Responsibility {
  readonly status: ResponsibilityStatus;
  readonly proposalId?: string | undefined;
  readonly result?: 'attributed' | 'undetermined' | undefined;
  readonly shares: Shares;
  readonly proposedBy?: string | undefined;
  readonly confirmedBy?: string | undefined;
  readonly notices: readonly Notice[];
  readonly appeals: readonly Appeal[];
}

/** A step of the plan in force, and the ticket that does it where there is one. */
export interface PlanStep {
  readonly planStepId: string;
  readonly done: boolean;
  readonly rework?: { readonly ticketId: string; readonly open: boolean } | undefined;
}
export interface Plan {
  readonly planId: string;
  readonly proposedBy: string;
  readonly status: 'proposed' | 'rejected' | 'approved' | 'started';
  readonly steps: readonly PlanStep[];
}

export interface ExternalReference {
  readonly referenceId: string;
  readonly answered: boolean;
  readonly decided: boolean;
}

/** What every complaint knows, whatever its status. */
export interface Case {
  readonly stream: string;
  readonly number: string;
  readonly site: string;
  readonly zone: string;
  readonly round: number;
  readonly receivedAt: Instant;
  readonly complainant: 'customer' | 'other-person' | 'anonymous';
  readonly customer?: string | undefined;
  readonly about: About;
  readonly fromTicket?: string | undefined;
  readonly region?: string | undefined;
  readonly category: ComplaintCategory;
  readonly severity: Severity;
  readonly provisional: boolean;
  readonly measured: Measured;
  readonly safetyMatched: readonly string[];
  readonly lowering?: Lowering | undefined;
  readonly handler?: Staff | undefined;
  /** Everybody who ever was the handler. */
  readonly handlers: readonly string[];
  readonly contacts: readonly { readonly contactId: string; readonly reached: boolean }[];
  readonly evidence: readonly string[];
  readonly external: readonly ExternalReference[];
  readonly holds: readonly { readonly holdId: string; readonly open: boolean }[];
  readonly requests: readonly {
    readonly requestId: string;
    /** Said by the complainant, so that the answer lies under their key. */
    readonly ofComplainant: boolean;
    readonly open: boolean;
  }[];
  /** The last verification of this round. */
  readonly verified?: { readonly genuine: 'yes' | 'partly' | 'no' | 'unclear'; readonly complete: boolean } | undefined;
  readonly responsibility: Responsibility;
  readonly plan?: Plan | undefined;
  readonly commitments: readonly { readonly commitmentId: string; readonly kept: boolean }[];
  /** When somebody tried to hear a verdict on this round's outcome and did not reach the complainant. */
  readonly verdictAttempts: readonly Instant[];
  /** Of this round. */
  readonly verdict?: Verdict | undefined;
  /** Of all rounds, in order. */
  readonly verdicts: readonly Verdict[];
  readonly level: number;
  /** A second or later dissatisfied verdict: nothing but an escalation or a final position leads on. */
  readonly escalationDue: boolean;
  /** Staff who acted on it or were its handler. */
  readonly involved: readonly string[];
  /** The same, as it was when it was last escalated; absent: never. */
  readonly involvedBefore?: readonly string[] | undefined;
  /** Control points that somebody was reminded of, or that were missed: `plan 1 remind 1`. */
  readonly clockNotes: readonly string[];
}

/** Where the work on a complaint stands: its status, or that of the work that goes on inside after a withdrawal. */
export type Stage = 'registered' | 'verifying' | 'planned' | 'executing' | 'pending-verdict';

export interface NoComplaint {
  readonly status: 'none';
}
export interface Registered extends Case {
  readonly status: 'registered';
}
export interface Verifying extends Case {
  readonly status: 'verifying';
}
export interface Planned extends Case {
  readonly status: 'planned';
}
export interface Executing extends Case {
  readonly status: 'executing';
}
export interface PendingVerdict extends Case {
  readonly status: 'pending-verdict';
}
export interface Closed extends Case {
  readonly status: 'closed';
  readonly endedAt: Instant;
}
export interface Dismissed extends Case {
  readonly status: 'dismissed';
  readonly endedAt: Instant;
  readonly appealBy: Instant;
}
/** `inside`: a safety complaint goes on without its complainant. */
export interface Withdrawn extends Case {
  readonly status: 'withdrawn';
  readonly endedAt: Instant;
  readonly inside?: Stage | undefined;
}

export type OpenComplaint = Registered | Verifying | Planned | Executing | PendingVerdict;
export type ExistingComplaint = OpenComplaint | Closed | Dismissed | Withdrawn;
export type Complaint = NoComplaint | ExistingComplaint;

export const noComplaint: NoComplaint = { status: 'none' };

export const isOpen = (complaint: ExistingComplaint): complaint is OpenComplaint =>
  complaint.status !== 'closed' && complaint.status !== 'dismissed' && complaint.status !== 'withdrawn';

/** Undefined: nothing is worked on any more. */
export const stageOf = (complaint: ExistingComplaint): Stage | undefined => {
  if (complaint.status === 'withdrawn') return complaint.inside;
  return isOpen(complaint) ? complaint.status : undefined;
};

/** CMP-07: closing needs it, and so does a plan that isn't urgent. */
export const isResponsibilityDecided = ({ responsibility: { status } }: Case): boolean =>
  status !== 'none' && status !== 'proposed';

export const openAppeals = ({ appeals }: Responsibility): readonly Appeal[] => appeals.filter(({ open }) => open);

/** Shares that weigh something: each of them is told, and may be appealed. */
export const weighing = (shares: Shares): Shares => shares.filter(({ percent }) => percent > 0);

/** The person complained about, by their opaque id. */
export const personConcerned = ({ about }: Case): string | undefined => about.staff?.id;
