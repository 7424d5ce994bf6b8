import { aggregateOf, idOf, type Instant, type RecordedEvent, type Registry, type Text } from '@aftercare/domain';
import { invalid } from '../http/problem';
import { changesBetween } from './changes';
import { mustNotBeAhead, utc } from './cut';
import { sentenceOf } from './event-sentence';
import { LocalTime } from './local-time';
import type { AuditSources } from './history';
import { matterOf, type Reach } from './matter';
import { inOrderOfRecording } from './order';

/** A point in a history: a revision of the leading stream, or an instant (what was known then). */
export type Point = { readonly revision: number } | { readonly at: Instant };

/** An event that took part in a change. */
export interface ChangingEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly says: Text;
  readonly recordedAt: Instant;
}

/** A field that is different at the second point, with every event between that touched it. */
export interface FieldChange {
  readonly stream: string;
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly by: readonly string[];
}

/** What changed between two points. `by` of a change names `events`. */
export interface Difference {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  readonly changes: readonly FieldChange[];
  readonly events: readonly ChangingEvent[];
}

/**
 * `12` is a revision, anything else an instant with its offset.
 *
 * @throws 400 naming the parameter
 */
export const pointOf = (text: string, name: string, now: Instant): Point => {
  if (/^\d{1,7}$/.test(text)) return { revision: Number(text) };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) {
    const at = utc(text);
    mustNotBeAhead(at, name, now);
    return { at };
  }
  throw invalid([{ pointer: `/${name}`, message: 'Expected a revision, or an instant with its offset' }]);
};

/**
 * The fields of a matter's states that differ between two points and the events that did it.
 *
 * @throws 404 when there is no such stream, 400 when `to` lies before `from`
 */
export const differenceOf = async (
  { streams, registry, config }: AuditSources,
  leading: string,
  { from, to, reach }: { readonly from: Point; readonly to: Point; readonly reach: Reach },
): Promise<Difference> => {
  const matter = await matterOf(streams, leading, { reach, cut: 'at' in to ? { asOf: to.at } : {} });
  const own = matter[0].events;
  if (instantOfPoint(from, own) > instantOfPoint(to, own) || lastRevision(from, own) > lastRevision(to, own))
    throw invalid([{ pointer: '/to', message: 'Expected a point after /from' }]);
  const time = new LocalTime(config.zone);
  const changes: FieldChange[] = [];
  const between: RecordedEvent[] = [];
  for (const { stream, events } of matter) {
    const isBefore = sideOf(from, own, stream === leading);
    const isWithin = sideOf(to, own, stream === leading);
    const kept = events.filter(isWithin);
    changes.push(...fieldChanges(registry, stream, kept, isBefore));
    between.push(...kept.filter((event) => !isBefore(event)));
  }
  return {
    id: idOf(leading),
    from,
    to,
    changes,
    events: inOrderOfRecording(between).map((event) => ({
      eventId: event.eventId,
      stream: event.stream,
      revision: event.revision,
      type: event.type,
      says: sentenceOf(event, registry, (instant) => time.withOffset(instant)),
      recordedAt: event.metadata.recordedAt,
    })),
  };
};

/** A revision is a place in the leading stream; in the streams beside it, it means the instant of its recording. */
const sideOf = (point: Point, own: readonly RecordedEvent[], leading: boolean): ((event: RecordedEvent) => boolean) => {
  if ('revision' in point && leading) return ({ revision }) => revision <= point.revision;
  const instant = instantOfPoint(point, own);
  return ({ metadata }) => metadata.recordedAt <= instant;
};

const instantOfPoint = (point: Point, own: readonly RecordedEvent[]): Instant =>
  'at' in point ? point.at : (own[Math.min(point.revision, own.length - 1)]?.metadata.recordedAt ?? '');

const lastRevision = (point: Point, own: readonly RecordedEvent[]): number =>
  'revision' in point ? point.revision : own.filter(({ metadata }) => metadata.recordedAt <= point.at).length - 1;

/** Folds step by step and notes who touched a field; what came back to its old value is no change. */
const fieldChanges = (
  registry: Registry,
  stream: string,
  events: readonly RecordedEvent[],
  isBefore: (event: RecordedEvent) => boolean,
): readonly FieldChange[] => {
  const decider = registry.aggregate(aggregateOf(stream))?.decider;
  if (!decider) return [];
  const touched = new Map<string, string[]>();
  let start: unknown = decider.initial;
  let state: unknown = decider.initial;
  for (const event of events) {
    const next: unknown = decider.evolve(state, event);
    if (isBefore(event)) start = next;
    else
      for (const { field } of changesBetween(state, next))
        touched.set(field, [...(touched.get(field) ?? []), event.eventId]);
    state = next;
  }
  return changesBetween(start, state).map((change) => ({ stream, ...change, by: touched.get(change.field) ?? [] }));
};
