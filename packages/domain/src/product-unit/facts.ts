import type { PoliciesInForce } from '../policy/bodies';

/** What decisions about a unit may use from elsewhere: the policies in force now, for the start of its warranty. */
export interface ProductUnitFacts {
  readonly policies: Pick<PoliciesInForce, 'warranty'>;
}
