import { buildRegistry } from './kernel/index';
import { ticketRegistration } from './ticket/registration';
import { workOrderRegistration } from './work-order/registration';

/** Every aggregate of the platform: the edge, the codec, documentation and checks read this table. */
export const registry = buildRegistry([
  ticketRegistration,
  workOrderRegistration,
  // one line per aggregate
]);
