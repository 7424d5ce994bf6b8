import type { RecordedEvent } from '@aftercare/domain';
import { digesting } from './poison';
import type { Projector, Row } from './projector';

const NONE: readonly string[] = [];

/** The rows an event touches, as a list. */
export const keysOf = (projector: Pick<Projector, 'key'>, event: RecordedEvent): readonly string[] => {
  const key = projector.key(event);
  if (key === undefined) return NONE;
  return typeof key === 'string' ? [key] : key;
};

/**
 * Folds events into rows in memory. `rows` holds what is known before (a key that is absent has no row) and is changed;
 * the answer is the keys that were touched. Live run, rebuild and the tests' full fold all come through here.
 */
export const foldInto = (
  projector: Projector,
  rows: Map<string, Row | null>,
  events: readonly RecordedEvent[],
): ReadonlySet<string> => {
  const touched = new Set<string>();
  for (const event of events)
    digesting(event, () => {
      for (const key of keysOf(projector, event)) {
        rows.set(key, projector.evolve(rows.get(key) ?? null, event, key));
        touched.add(key);
      }
    });
  return touched;
};

/** The rows that the whole history makes: what every read model must equal. */
export const fullFold = (projector: Projector, events: readonly RecordedEvent[]): ReadonlyMap<string, Row> => {
  const types = new Set(projector.types);
  const rows = new Map<string, Row | null>();
  foldInto(
    projector,
    rows,
    events.filter((event) => types.has(event.type)),
  );
  return new Map([...rows].filter((entry): entry is [string, Row] => entry[1] !== null));
};
