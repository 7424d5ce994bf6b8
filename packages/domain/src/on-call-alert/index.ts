export { onCallAlertCommands, type OnCallAlertCommand } from './commands';
export { onCallAlertEvents, type OnCallAlertEvent } from './events';
export type { OnCallFacts } from './facts';
export { onCallAlertDecider, onCallAlertRegistration } from './registration';
export { ACKNOWLEDGE_WITHIN, CALLING_ROUNDS } from './rules';
export { isOpenAlert, isWaiting, type OnCallAlert } from './state';
export {
  ALERT_STATES,
  alertCauseLabels,
  alertStateLabels,
  closedForLabels,
  type AlertCause,
  type AlertStatus,
  type ClosedFor,
} from './words';
