import type { Instant } from '../../kernel/index';

/** What is open or held in the matters of a person; shape of `findings` in the events. */
export interface ErasureFindings {
  readonly openTickets: string[];
  readonly openComplaints: string[];
  readonly appeals: string[];
  readonly legalHolds: string[];
  readonly warrantyUntil?: Instant;
  readonly readPosition?: string;
}

/** What decisions about erasure use from elsewhere. */
export interface CustomerFacts {
  readonly findings?: ErasureFindings;
  /** When the last of the person's cases ended; absent: there was none, or it is open. */
  readonly lastCaseEndedAt?: Instant;
  /** Whose calendar days count. */
  readonly zone?: string;
  readonly exports?: { exportId: string; stream: string; at: Instant }[];
}
