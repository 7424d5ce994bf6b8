export { classifyType, type Classification } from './classify-type';
export { assessSafety, type SafetyAssessment } from './assess-safety';
export { prioritize, type Prioritization } from './prioritize';
export { routeFor } from './route-for';
export { determineWarranty, warrantyStart, type WarrantyBasis, type WarrantyDetermination } from './warranty';
export { addOnCalendar, elapsedOnCalendar, REACHABLE_HOURS, type Calendar, type DayCalendar } from './calendar';
export {
  addWorkingDays,
  isProvisionalBetween,
  officeCalendar,
  officeOf,
  softwareTestDue,
  workingDayOf,
  type OfficeCalendar,
} from './office';
export type { HolidayNotice, Limit, OfficeHours, ServiceLevelPolicy } from './service-level-body';
export { elapsedOf, reachedAt, standsStill, type ClockRun, type ClockTime, type Pause } from './clock';
export { addDays, addMonths, instantAt, localDateOf, monthOf } from './local-time';
export { policiesV1 } from './v1/index';
export { HOLIDAYS_CN, holidayOn } from './holidays-cn';
export { HOLIDAY_NOTICES_CN } from './holiday-notices-cn';
export { addHoursSkippingHolidays, silencePlan, type SilencePlan } from './silence';
export { policyCommands, type PolicyCommand } from './commands';
export { policyDecider, policyRegistration } from './registration';
export { bodyProblems } from './body-check';
export { TWO_PERSON_KINDS } from './invariants';
export {
  policiesInForce,
  policyHistory,
  policyInForce,
  warrantyVersionFor,
  type PolicyHistories,
  type PolicyHistory,
  type PolicyVersion,
} from './in-force';
export { dryRun, type DryRunCase, type DryRunReport } from './dry-run';
