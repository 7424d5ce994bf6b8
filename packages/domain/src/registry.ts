import { accessLogRegistration } from './access-log/registration';
import { buildRegistry } from './kernel/index';
import { complaintRegistration } from './complaint/registration';
import { customerRegistration } from './customer/registration';
import { engineerRegistration } from './engineer/registration';
import { numberSeriesRegistration } from './numbering/registration';
import { onCallAlertRegistration } from './on-call-alert/registration';
import { onCallRosterRegistration } from './on-call-roster/registration';
import { outletRegistration } from './outlet/registration';
import { policyRegistration } from './policy/registration';
import { productUnitRegistration } from './product-unit/registration';
import { ticketRegistration } from './ticket/registration';
import { workOrderRegistration } from './work-order/registration';

/** Every aggregate of the platform: the edge, the codec, documentation and checks read this table. */
export const registry = buildRegistry([
  ticketRegistration,
  workOrderRegistration,
  complaintRegistration,
  policyRegistration,
  numberSeriesRegistration,
  customerRegistration,
  productUnitRegistration,
  engineerRegistration,
  outletRegistration,
  onCallRosterRegistration,
  onCallAlertRegistration,
  accessLogRegistration,
]);
