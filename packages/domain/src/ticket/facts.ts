import type { PoliciesInForce } from '../policy/bodies';
import type { Tier } from '../vocabulary';

/** What is known of a unit when warranty is determined: from the product unit's stream. */
export interface UnitFacts {
  readonly unitId: string;
  readonly category: string;
  readonly model: string;
  readonly serial?: string;
  readonly soldOn?: string;
  readonly installedOn?: string;
  readonly producedOn?: string;
}

/** What ticket decisions may use from elsewhere; the API gathers it per command (architecture §3). */
export interface TicketFacts {
  readonly policies: PoliciesInForce;
  readonly site: { readonly site: string; readonly zone: string };
  /** Only on creation: the number allocated for it. */
  readonly number?: { readonly number: string; readonly serial: number };
  /** Only on creation: the customer as on record. */
  readonly customer?: {
    readonly stream: string;
    readonly tier: Tier;
    readonly region?: string;
    /** Asked to be forgotten, or was: nothing new is begun under their name (DEC-15). */
    readonly restricted?: boolean;
  };
  readonly unit?: UnitFacts;
}
