/** What a ticket's stream says so far, cycle by cycle: the state behind the fact rows, kept as a row itself. */
export interface TicketState {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly ticketId: string;
  readonly version: number;
  readonly number: string;
  readonly site: string;
  readonly zone: string;
  readonly channel: string;
  readonly customer: string;
  readonly tier: string;
  readonly region: string;
  readonly category: string;
  readonly model: string;
  readonly unitId: string;
  readonly cycles: readonly CycleState[];
}

/** One cycle: from registration or reopening to closing and what follows. */
export interface CycleState {
  readonly cycle: number;
  readonly openedBy: 'registered' | 'submitted' | 'reopened';
  /** receivedAt where there is one: clocks start when the matter reached us (domain model, ground rules). */
  readonly openedAt: string;
  readonly recordedAt: string;
  readonly type: string;
  readonly route: string;
  readonly priority: string;
  readonly safety: boolean;
  readonly handlingStartedAt?: string;
  readonly firstResponseAt?: string;
  readonly proposedAt?: string;
  readonly confirmedAt?: string;
  readonly confirmedHow: '' | 'customer' | 'silence';
  readonly rejections: number;
  readonly closedAt?: string;
  readonly closing: '' | 'completed' | 'unresolved' | 'cancelled' | 'merged';
  readonly closingReason: string;
  readonly reopenedAt?: string;
  readonly faultCode: string;
  readonly faultAt?: string;
  readonly contacts: number;
  readonly inboundContacts: number;
  readonly jobs: number;
  readonly workMinutes: number;
  readonly pauses: readonly { readonly reason: string; readonly from: string; readonly until?: string }[];
  readonly answers?: Readonly<Record<'responseSpeed' | 'expertise' | 'attitude' | 'problemSolved', string>>;
  readonly scaleVersion: number;
  readonly repeatOf: readonly string[];
  readonly trace: readonly string[];
}
