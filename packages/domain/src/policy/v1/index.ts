import type { PoliciesInForce } from '../bodies';
import { catalogueV1 } from './catalogue';
import { closingV1, dispatchV1, priorityV1, routeV1, silenceV1 } from './rules';
import { safetyListV1 } from './safety-list';
import { serviceLevelV1 } from './service-level';
import { typeListV1 } from './type-list';
import { warrantyV1 } from './warranty';

/**
 * Version 1 of every policy, as shipped. At store creation `system` publishes each in full, in force for all earlier time;
 * from then on the stream is the truth, and later shipped lists are offered as drafts only.
 */
export const policiesV1: PoliciesInForce = {
  type: { version: 1, body: typeListV1 },
  safety: { version: 1, body: safetyListV1 },
  priority: { version: 1, body: priorityV1 },
  route: { version: 1, body: routeV1 },
  dispatch: { version: 1, body: dispatchV1 },
  warranty: { version: 1, body: warrantyV1 },
  silence: { version: 1, body: silenceV1 },
  closing: { version: 1, body: closingV1 },
  catalogue: { version: 1, body: catalogueV1 },
  'service-level': { version: 1, body: serviceLevelV1 },
};
