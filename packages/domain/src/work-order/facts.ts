import type { PolicyInForce } from '../policy/bodies';

/** A person or outlet that could take a job, as a read model saw it at `readPosition`. */
export interface Candidate {
  readonly kind: 'engineer' | 'outlet';
  readonly id: string;
  readonly active: boolean;
  readonly skills: readonly string[];
  readonly categories: readonly string[];
  readonly regions: readonly string[];
  readonly capacity?: number;
  readonly openJobs: number;
  readonly lastDispatchedAt?: string;
  /** Duty shifts around the window asked about; undefined: no roster, on duty 08:00–22:00 of the site's zone. */
  readonly shifts?: readonly { readonly from: string; readonly to: string }[];
  readonly absences: readonly { readonly from: string; readonly to: string }[];
}

/** What work-order decisions may use from elsewhere. */
export interface WorkOrderFacts {
  readonly dispatch: PolicyInForce<'dispatch'>;
  readonly site: { readonly site: string; readonly zone: string };
  /** Only where a dispatch is decided. */
  readonly candidates?: readonly Candidate[];
  readonly readPosition?: string;
  /** Engineers and outlets named in open complaints about the ticket, by id (CLO-04). */
  readonly recused?: readonly string[];
  /** SHA-256, hex, of each signature that `signaturesIn(command)` names, in that order. */
  readonly signatureDigests?: readonly string[];
}
