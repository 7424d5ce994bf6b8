import type { Instant, RecordedEvent } from '@aftercare/domain';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inStreamOrder = (a: RecordedEvent, b: RecordedEvent): number =>
  a.stream === b.stream ? a.revision - b.revision : compare(a.stream, b.stream);

/** Events of several streams by recordedAt; within one instant cause before effect, then stream and revision (§8). */
export const inOrderOfRecording = (events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const instants = new Map<Instant, RecordedEvent[]>();
  for (const event of [...events].sort(inStreamOrder)) {
    const together = instants.get(event.metadata.recordedAt);
    if (together) together.push(event);
    else instants.set(event.metadata.recordedAt, [event]);
  }
  return [...instants.entries()]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, together]) => (together.length > 1 ? causesFirst(together) : together));
};

/** An event whose cause, or whose forerunner in its stream, has not been placed yet waits for the next round. */
const causesFirst = (together: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const unplaced = new Set(together.map((event) => event.eventId));
  const result: RecordedEvent[] = [];
  let waiting = together;
  while (waiting.length > 0) {
    const held = new Set<string>();
    const later = waiting.filter((event) => {
      if (held.has(event.stream) || unplaced.has(event.metadata.causationId)) {
        held.add(event.stream);
        return true;
      }
      result.push(event);
      unplaced.delete(event.eventId);
      return false;
    });
    // We can't write a circle of causes; a log that was tampered with is still shown.
    if (later.length === waiting.length) return [...result, ...later];
    waiting = later;
  }
  return result;
};

/** Events by when they happened, as known now; what was recorded first goes first among equals. */
export const inOrderOfOccurrence = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  [...events].sort(
    (a, b) =>
      compare(a.metadata.occurredAt, b.metadata.occurredAt) ||
      compare(a.metadata.recordedAt, b.metadata.recordedAt) ||
      inStreamOrder(a, b),
  );

/** Ids of events, in order of occurrence, that were recorded after something that happened later. */
export const lateOnes = (inOrder: readonly RecordedEvent[]): ReadonlySet<string> => {
  const late = new Set<string>();
  let earliestBehind: Instant | undefined;
  for (const { eventId, metadata } of [...inOrder].reverse()) {
    if (earliestBehind !== undefined && earliestBehind < metadata.recordedAt) late.add(eventId);
    if (earliestBehind === undefined || metadata.recordedAt < earliestBehind) earliestBehind = metadata.recordedAt;
  }
  return late;
};
