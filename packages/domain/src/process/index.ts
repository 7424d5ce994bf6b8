import type { ProcessManager } from '../kernel/index';
import { acceptanceTimer } from './acceptance-timer.process';
import { complaintTickets } from './complaint-tickets.process';
import { controlPointTimer } from './control-point-timer.process';
import { erasureProcess } from './erasure.process';
import { followUpTimer } from './follow-up-timer.process';
import type { PolicyLookup } from './inputs';
import { onCallAlertProcess } from './on-call/on-call-alert.process';
import { onCallShifts } from './on-call/on-call-shifts.process';
import { responsibilityTimer } from './responsibility-timer.process';
import { retentionProcess } from './retention.process';
import { silenceTimer } from './silence-timer.process';
import { ticketFulfilment } from './ticket-fulfilment/ticket-fulfilment.process';

export type { PolicyLookup } from './inputs';

/** Every process of the platform. `policies` gives the versions in force at an instant. */
export const processManagers = (policies: PolicyLookup): readonly ProcessManager<unknown>[] => [
  ticketFulfilment(policies),
  acceptanceTimer(policies),
  silenceTimer(policies),
  followUpTimer(policies),
  erasureProcess,
  retentionProcess,
  controlPointTimer(policies),
  complaintTickets,
  responsibilityTimer,
  onCallAlertProcess,
  onCallShifts,
];
