import { type RecordedEvent } from '@aftercare/domain';
import { type Metric, type MetricDefinition } from '../metric';
import { parametersFor } from '../parameters';
import { countedDrillDown, countedFigures, type CasesSql } from './answer';
import { tally, type NaiveCase } from './tally';
import { type Counting } from './shape';

/** A metric that counts cases and those of them that something holds for: one definition, one SQL file, one naive fold. */
export const countedMetric = (
  definition: MetricDefinition,
  counting: Counting,
  told: {
    readonly cases: CasesSql;
    /** The cases from the events alone; `at` in ms. */
    readonly naiveCases: (events: readonly RecordedEvent[], at: number) => readonly NaiveCase[];
    readonly dimensions?: readonly string[];
  },
): Metric => ({
  ...definition,
  parameters: parametersFor(definition.dimensions, told.dimensions ? { dimensions: told.dimensions } : {}),
  figures: (database, parameters, at) => countedFigures(told.cases, counting, { database, parameters, at }),
  drillDown: (database, parameters, { at, selector }) =>
    countedDrillDown(told.cases, counting, { database, parameters, at, selector }),
  fold: (events, parameters, at) => tally(told.naiveCases(events, at), counting, parameters),
});
