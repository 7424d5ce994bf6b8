import { between, MINUTE, type Instant, type RecordedEvent, type Registry, type Text } from '@aftercare/domain';
import { notFound } from '../http/problem';
import { jobsOf, personalOf, type Streams } from '../streams/streams';
import { reasonsOf, sentenceOf } from './event-sentence';
import { roleLabels } from './labels';
import { maskFields } from './masking';

/** Which part of the history is wanted; several may be given (DEC-17, architecture §8). */
export interface HistoryCut {
  /** What was known: recordedAt ≤ asOf. */
  readonly asOf?: Instant;
  /** What the ticket's own stream held at this revision. */
  readonly asOfRevision?: number;
  /** What had happened, as known now: occurredAt ≤ occurredBy, in the order in which it happened. */
  readonly occurredBy?: Instant;
}

export interface HistoryEntry {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly says: Text;
  readonly by: { readonly id: string; readonly role: string; readonly roleName: Text; readonly onBehalfOf?: string };
  readonly why?: Readonly<Record<string, unknown>>;
  readonly receivedAt?: Instant;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** More than 15 minutes between what happened and its recording: known by somebody's statement. */
  readonly byStatement: boolean;
  /** With occurredBy: recorded after something that happened later. */
  readonly late?: boolean;
  /** The event, or the request, that caused this one. */
  readonly causedBy: { readonly id: string; readonly eventType?: string; readonly stream?: string };
  readonly commandId: string;
  readonly data: unknown;
  /** Masked. */
  readonly personal?: Readonly<Record<string, unknown>>;
  readonly erased?: boolean;
  readonly hash: string;
}

export interface TicketHistory {
  readonly ticketId: string;
  readonly streams: readonly { readonly stream: string; readonly revision: number; readonly hash: string }[];
  /** The ticket's status at the cut; absent with occurredBy, whose order no state was ever folded in. */
  readonly status?: string;
  readonly entries: readonly HistoryEntry[];
}

/**
 * A ticket's history with its work orders, from the streams alone: it answers while read models and ClickHouse are down.
 * Personal fields are masked.
 */
export const ticketHistory = async (
  { streams, registry }: { readonly streams: Streams; readonly registry: Registry },
  ticketId: string,
  cut: HistoryCut,
): Promise<TicketHistory> => {
  const name = `ticket-${ticketId}`;
  const ticket = await streams.load(name);
  if (ticket.head === 'none') throw notFound();
  const own = ticket.events.filter((event) => isWithin(event, cut, true));
  const jobs = await Promise.all(jobsOf(own).map((job) => streams.load(job)));
  const all = [own, ...jobs.map(({ events }) => events.filter((event) => isWithin(event, cut, false)))];
  const ordered = cut.occurredBy === undefined ? inOrderOfRecording(all.flat()) : inOrderOfOccurrence(all.flat());
  const opened = await streams.openAll(ordered);
  const byId = new Map(ordered.map((event) => [event.eventId, event]));
  const decider = registry.aggregate('ticket')?.decider;
  const folded = decider && own.reduce<unknown>((s, e) => decider.evolve(s, e), decider.initial);
  return {
    ticketId,
    streams: all.flatMap((events) => {
      const last = events.at(-1);
      return last ? [{ stream: last.stream, revision: last.revision, hash: last.metadata.hash }] : [];
    }),
    ...(cut.occurredBy === undefined && folded ? { status: (folded as { status: string }).status } : {}),
    entries: opened.map((event, index) => entryOf(event, registry, byId, lateAt(ordered, index, cut))),
  };
};

const isWithin = ({ revision, metadata }: RecordedEvent, cut: HistoryCut, isTicket: boolean): boolean =>
  (cut.asOf === undefined || metadata.recordedAt <= cut.asOf) &&
  (cut.occurredBy === undefined || metadata.occurredAt <= cut.occurredBy) &&
  (!isTicket || cut.asOfRevision === undefined || revision <= cut.asOfRevision);

const inStreamOrder = (a: RecordedEvent, b: RecordedEvent): number =>
  a.stream === b.stream ? a.revision - b.revision : a.stream < b.stream ? -1 : 1;

/** By recordedAt; within one instant cause before effect, then stream and revision. */
const inOrderOfRecording = (events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const instants = new Map<Instant, RecordedEvent[]>();
  for (const event of [...events].sort(inStreamOrder)) {
    const { recordedAt } = event.metadata;
    instants.set(recordedAt, [...(instants.get(recordedAt) ?? []), event]);
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

const inOrderOfOccurrence = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  [...events].sort(
    (a, b) =>
      compare(a.metadata.occurredAt, b.metadata.occurredAt) ||
      compare(a.metadata.recordedAt, b.metadata.recordedAt) ||
      inStreamOrder(a, b),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const lateAt = (events: readonly RecordedEvent[], index: number, cut: HistoryCut): boolean | undefined => {
  if (cut.occurredBy === undefined) return undefined;
  const { recordedAt } = events[index]!.metadata;
  return events.slice(index + 1).some((later) => later.metadata.recordedAt < recordedAt);
};

const entryOf = (
  event: RecordedEvent,
  registry: Registry,
  byId: ReadonlyMap<string, RecordedEvent>,
  late: boolean | undefined,
): HistoryEntry => {
  const { actor, occurredAt, receivedAt, recordedAt, causationId, commandId, hash } = event.metadata;
  const cause = byId.get(causationId);
  const why = reasonsOf(event);
  const { fields, erased } = personalOf(event);
  return {
    stream: event.stream,
    revision: event.revision,
    eventId: event.eventId,
    type: event.type,
    says: sentenceOf(event, registry),
    by: { ...actor, roleName: roleLabels[actor.role] },
    ...(why ? { why } : {}),
    ...(receivedAt === undefined ? {} : { receivedAt }),
    occurredAt,
    recordedAt,
    byStatement: between(occurredAt, recordedAt) > 15 * MINUTE,
    ...(late === undefined ? {} : { late }),
    causedBy: { id: causationId, ...(cause ? { eventType: cause.type, stream: cause.stream } : {}) },
    commandId,
    data: event.data,
    ...(Object.keys(fields).length > 0 ? { personal: maskFields(fields) } : {}),
    ...(erased ? { erased } : {}),
    hash,
  };
};
