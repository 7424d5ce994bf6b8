import { buildRegistry } from './kernel/index';
import { numberSeriesRegistration } from './numbering/registration';
import { policyRegistration } from './policy/registration';
import { ticketRegistration } from './ticket/registration';
import { workOrderRegistration } from './work-order/registration';

/** Every aggregate of the platform: the edge, the codec, documentation and checks read this table. */
export const registry = buildRegistry([
  ticketRegistration,
  workOrderRegistration,
  policyRegistration,
  numberSeriesRegistration,
  // one line per aggregate
]);
