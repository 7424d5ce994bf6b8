import type { PoliciesInForce } from '../policy/bodies';

/** What complaint decisions may use from elsewhere; the API gathers it per command (architecture §3). */
export interface ComplaintFacts {
  /** Safety decides the provisional severity, service level the calendar of an appeal's period. */
  readonly policies: PoliciesInForce;
  readonly site: { readonly site: string; readonly zone: string };
  /** Only on creation: the number allocated for it. */
  readonly number?: { readonly number: string; readonly serial: number };
  /** The customer whom the command names, as on record. */
  readonly customer?: { readonly stream: string };
  /** What the command says it is about, as far as it is on record. */
  readonly found?: {
    readonly ticket?: boolean;
    /** The ticket that the work order belongs to. */
    readonly workOrder?: { readonly ticketId: string };
  };
}
