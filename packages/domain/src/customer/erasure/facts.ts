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
  readonly exports?: { exportId: string; stream: string; at: Instant }[];
}
