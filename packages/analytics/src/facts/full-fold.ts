import { type RecordedEvent } from '@aftercare/domain';
import { type Row } from '@aftercare/projections/consumer';
import { factFolds, levelsOf, SERVICE_LEVELS, serviceLevelFacts, type FactRow, type ServiceLevelState } from './index';

/** The state of every stream after `events`, by fold. What the sink does page by page, done in one go. */
export const statesAfter = (events: readonly RecordedEvent[]): ReadonlyMap<string, ReadonlyMap<string, Row>> => {
  const states = new Map<string, Map<string, Row>>();
  for (const { projector } of factFolds) {
    const mine = new Map<string, Row>();
    const types = new Set(projector.types);
    for (const event of events) {
      const key = types.has(event.type) ? projector.key(event) : undefined;
      if (typeof key !== 'string') continue;
      const next = projector.evolve(mine.get(key) ?? null, event, key);
      if (next) mine.set(key, next);
    }
    states.set(projector.name, mine);
  }
  return states;
};

/** The rows of every fact table after `events`, by table. */
export const rowsAfter = (events: readonly RecordedEvent[]): ReadonlyMap<string, readonly FactRow[]> => {
  const states = statesAfter(events);
  const published = states.get(serviceLevelFacts.projector.name)?.get(SERVICE_LEVELS);
  const levels = levelsOf(published as ServiceLevelState | undefined);
  return new Map(
    factFolds.flatMap(({ projector, facts }) =>
      facts.map((fact) => [
        fact.table,
        [...(states.get(projector.name)?.values() ?? [])].flatMap((state) => fact.rows(state, levels)),
      ]),
    ),
  );
};
