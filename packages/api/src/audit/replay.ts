import { aggregateOf, type RecordedEvent, type Registry } from '@aftercare/domain';
import { changesBetween, type Change } from './changes';

/** One event of a replay, and what it did to the state of its stream. */
export interface ReplayStep {
  readonly event: RecordedEvent;
  readonly changes: readonly Change[];
}

/** Plays events again one by one, each onto the state of its own stream; nothing is read but the events. */
export const replaySteps = (registry: Registry, events: readonly RecordedEvent[]): readonly ReplayStep[] => {
  const states = new Map<string, unknown>();
  return events.map((event) => {
    const decider = registry.aggregate(aggregateOf(event.stream))?.decider;
    if (!decider) return { event, changes: [] };
    const before: unknown = states.get(event.stream) ?? decider.initial;
    const after: unknown = decider.evolve(before, event);
    states.set(event.stream, after);
    return { event, changes: changesBetween(before, after) };
  });
};
