import { type Row } from '@aftercare/projections/consumer';
import { complaintFacts } from './complaint.facts';
import { catalogueFacts, unitFacts } from './dimensions.facts';
import { type Fact, type FactFold } from './fact';
import { promiseFacts } from './promises.fact';
import { serviceLevelFacts } from './service-levels';
import { ticketFacts } from './ticket-cycles.fact';
import { workOrderFacts } from './work-order.facts';

/**
 * Every fold that feeds analytics, the service levels first: control points are judged by them. A state is a row like any
 * other here; each fold knows its own shape.
 */
export const factFolds: readonly FactFold[] = [
  serviceLevelFacts,
  ticketFacts,
  workOrderFacts,
  complaintFacts,
  promiseFacts,
  unitFacts,
  catalogueFacts,
].map((fold) => fold as unknown as FactFold);

/** Every fact table. */
export const facts: readonly Fact<Row>[] = factFolds.flatMap((fold) => fold.facts);

export * from './fact';
export { levelsOf, SERVICE_LEVELS, serviceLevelFacts, type ServiceLevelState } from './service-levels';
export { localDateOf } from './local-date';
