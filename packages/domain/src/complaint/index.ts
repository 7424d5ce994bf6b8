export * from './events';
export * from './control-points/index';
export {
  closingOutcomeLabels,
  complaintCategoryLabels,
  complaintStateLabels,
  dismissalGroundLabels,
  externalBodyLabels,
  graveCauseLabels,
  measureLabels,
  natureLabels,
  partyLabels,
  reachLabels,
  recourseLabels,
  responsibilityLabels,
  urgencyLabels,
  verdictLabels,
  type ClosingOutcome,
  type ComplaintCategory,
  type ComplaintStatus,
  type GraveCause,
  type Party,
  type ResponsibilityStatus,
  type Verdict,
} from './words';
export {
  complaintCommands,
  type ComplaintCommand,
  type ComplaintCommandName,
  type ComplaintCommandOf,
} from './commands';
