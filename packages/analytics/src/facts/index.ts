import { type Row } from '@aftercare/projections/consumer';
import { catalogueFacts, unitFacts } from './dimensions.facts';
import { type Fact, type FactFold } from './fact';
import { ticketFacts } from './ticket-cycles.fact';
import { workOrderFacts } from './work-order.facts';

/** Every fold that feeds analytics. A state is a row like any other here; each fold knows its own shape. */
export const factFolds: readonly FactFold[] = [ticketFacts, workOrderFacts, unitFacts, catalogueFacts].map(
  (fold) => fold as unknown as FactFold,
);

/** Every fact table. */
export const facts: readonly Fact<Row>[] = factFolds.flatMap((fold) => fold.facts);

export * from './fact';
export { localDateOf } from './local-date';
