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
export { complaintDecider } from './decider';
export { RESPONSIBILITY_EVENTS } from './evolve/responsibility';
export { type ComplaintFacts } from './facts';
export { complaintRegistration } from './registration';
export {
  isOpen as isComplaintOpen,
  stageOf as complaintStageOf,
  type Complaint,
  type ExistingComplaint,
  type Shares,
  type Stage as ComplaintStage,
} from './state';
