import {
  instantOf,
  later,
  millisOf,
  MINUTE,
  plus,
  type Actor,
  type DomainEvent,
  type Instant,
  type RecordedEvent,
} from '../src/kernel/index';

/** When stories start: a Thursday, 16:00 in Shanghai. */
export const START: Instant = '2026-10-01T08:00:00.000Z';

/** An event of a story with when and by whom it was recorded, where that matters. */
export interface Told {
  readonly told: DomainEvent;
  readonly at?: Instant;
  readonly by?: Actor;
}

/** Says when (and by whom) an event of a story was recorded. */
export const recordedAt = (at: Instant, told: DomainEvent, by?: Actor): Told => ({ told, at, ...(by ? { by } : {}) });

const isTold = (item: DomainEvent | Told): item is Told => 'told' in item;

const SOMEBODY: Actor = { id: 'agent-1', role: 'agent' };

/**
 * Records events as an event store would, without chain and encryption: revisions from 0, one minute apart unless told
 * otherwise, never going back. Personal parts come out sealed, so that nothing in a test can read them by accident.
 *
 * @param stream the stream they belong to
 * @param first the instant of the first event
 */
export const recordedStory = (
  stream: string,
  story: readonly (DomainEvent | Told)[],
  first: Instant = START,
): RecordedEvent[] =>
  story.reduce<RecordedEvent[]>((events, item, revision) => {
    const last = events[events.length - 1]?.metadata.recordedAt;
    const next = last === undefined ? first : plus(last, MINUTE);
    const asked = isTold(item) && item.at !== undefined ? item.at : next;
    const at = last === undefined ? asked : later(asked, last);
    const told = isTold(item) ? item.told : item;
    return [...events, recordedOne(stream, revision, told, { at, actor: (isTold(item) && item.by) || SOMEBODY })];
  }, []);

/** One event as recorded. `position` counts with the revision; a history over several streams sets its own. */
export const recordedOne = (
  stream: string,
  revision: number,
  told: DomainEvent,
  stamp: {
    readonly at: Instant;
    readonly actor: Actor;
    readonly commandId?: string;
    readonly correlationId?: string;
    readonly causationId?: string;
    readonly eventId?: string;
    readonly position?: string;
  },
): RecordedEvent => {
  const commandId = stamp.commandId ?? `command-${revision}`;
  return {
    stream,
    revision,
    position: stamp.position ?? String(revision).padStart(20, '0'),
    eventId: stamp.eventId ?? `${stream}-${revision}`,
    type: told.type,
    data: told.data,
    personal: (told.personal ?? []).map(({ subject }) => ({ subject, nonce: '', commitment: '', ciphertext: '' })),
    metadata: {
      schemaVersion: 1,
      commandId,
      commandDigest: '0'.repeat(64),
      correlationId: stamp.correlationId ?? stream,
      causationId: stamp.causationId ?? commandId,
      actor: stamp.actor,
      occurredAt: told.occurredAt ?? stamp.at,
      ...(told.receivedAt === undefined ? {} : { receivedAt: told.receivedAt }),
      recordedAt: stamp.at,
      prev: '0'.repeat(64),
      hash: '0'.repeat(64),
    },
  };
};

/** `START` moved by minutes. */
export const minutesIn = (minutes: number): Instant => instantOf(millisOf(START) + minutes * MINUTE);
