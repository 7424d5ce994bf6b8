export { classifyType, type Classification } from './classify-type';
export { assessSafety, type SafetyAssessment } from './assess-safety';
export { prioritize, type Prioritization } from './prioritize';
export { routeFor } from './route-for';
export { determineWarranty, warrantyStart, type WarrantyBasis, type WarrantyDetermination } from './warranty';
export { addOnCalendar, elapsedOnCalendar, REACHABLE_HOURS, type Calendar } from './calendar';
export { addDays, addMonths, instantAt, localDateOf, monthOf } from './local-time';
export { policiesV1 } from './v1/index';
