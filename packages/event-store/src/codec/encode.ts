import {
  matches,
  problemsIn,
  type Actor,
  type DomainEvent,
  type EventDefinition,
  type Instant,
  type OpenPart,
  type SubjectId,
} from '@aftercare/domain/kernel';
import { RefusedPayloadError, type EncodedEvent, type Head } from '../port/event-store';
import { canonicalJson, canonicalString } from './canonical-json';
import { GENESIS, hashOf, withHash } from './hash-chain';
import { seal, type EnvelopePlace } from './personal-envelope';
import { eventIdOf } from './uuid-v5';

/** The keys that the events' subjects have; 'erased' for who was forgotten. */
export type KeysAtHand = ReadonlyMap<SubjectId, Uint8Array | 'erased'>;

/** Under which command, by whom and onto which head events are written. */
export interface Writing {
  readonly stream: string;
  readonly head: Head;
  readonly commandId: string;
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly actor: Actor;
  readonly receivedAt?: Instant;
  /** The clock at this attempt; `recordedAt` never falls behind the previous event's. */
  readonly now: Instant;
}

export interface EncodeContext {
  readonly definitionOf: (type: string) => EventDefinition | undefined;
  readonly lineageId: string;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const instant = (value: string): string => {
  if (!INSTANT.test(value)) throw new RefusedPayloadError('NOT_STORABLE', 'an instant is not ISO 8601 UTC with ms');
  return `"${value}"`;
};

/** Every subject that has a part in the events: their keys are needed before `encode`. */
export const subjectsOf = (events: readonly DomainEvent[]): readonly SubjectId[] => [
  ...new Set(events.flatMap((event) => event.personal?.map((part) => part.subject) ?? [])),
];

/** Encodes, encrypts and chains. Synchronous, done once per (command, head): a retry sends the same bytes. */
export const encodeEvents = (
  events: readonly DomainEvent[],
  writing: Writing,
  keys: KeysAtHand,
  context: EncodeContext,
): readonly EncodedEvent[] => {
  const { head } = writing;
  const start = head === 'none' ? 0 : head.revision + 1;
  const recordedAt = head !== 'none' && head.recordedAt > writing.now ? head.recordedAt : writing.now;
  const shared = metadataOf(writing);
  let prev = head === 'none' ? GENESIS : head.hash;
  const { lineageId } = context;
  const { stream } = writing;
  return events.map((event, index) => {
    const { type } = event;
    const { version } = checked(event, context);
    const revision = start + index;
    const eventId = eventIdOf(writing.commandId, stream, index);
    const data = dataText(event, keys, { lineageId, stream, eventId, type, version });
    const metadata = shared(event, version, recordedAt, prev);
    prev = hashOf({ stream, revision, eventId, type, data }, metadata, prev);
    return { stream, revision, eventId, type, data, metadata: withHash(metadata, prev) };
  });
};

/** What does not fit its own definition could never be read again: a bug of the decider, found before it is stored. */
const checked = (event: DomainEvent, context: EncodeContext): EventDefinition => {
  const definition = context.definitionOf(event.type);
  if (!definition) throw new Error(`event type ${event.type} is not registered`);
  if (!matches(definition.data, event.data)) throw misfit(event.type, 'data', problemsIn(definition.data, event.data));
  for (const part of event.personal ?? [])
    if (!matches(definition.personal, part.fields))
      throw misfit(event.type, 'personal', problemsIn(definition.personal, part.fields));
  return definition;
};

const misfit = (type: string, where: string, problems: ReturnType<typeof problemsIn>): Error =>
  new Error(
    `${type} does not fit its definition, ${where}: ${problems.map((p) => `${p.pointer} ${p.message}`).join('; ')}`,
  );

/** `$` sorts before every letter, so the personal envelopes stand first. */
const dataText = (event: DomainEvent, keys: KeysAtHand, place: EnvelopePlace): string => {
  const data = canonicalJson(event.data ?? {});
  const parts = event.personal ?? [];
  if (parts.length === 0) return data;
  if (parts.length > 1 && new Set(parts.map((part) => part.subject)).size < parts.length)
    throw new RefusedPayloadError('NOT_STORABLE', `${event.type} has two personal parts of one subject`);
  const sealed = parts.map((part) => envelopeText(part, keys, place)).join(',');
  return data === '{}' ? `{"$p":[${sealed}]}` : `{"$p":[${sealed}],${data.slice(1)}`;
};

/** For who was forgotten the event is recorded without the words (DEC-15). */
const envelopeText = (part: OpenPart, keys: KeysAtHand, place: EnvelopePlace): string => {
  const subject = canonicalString(part.subject);
  const key = keys.get(part.subject);
  if (key === undefined) throw new Error(`no key was fetched for a subject of ${place.type}`);
  if (key === 'erased') return `{"erased":true,"subject":${subject}}`;
  const { ciphertext, commitment, nonce } = seal(part, key, place);
  return `{"ciphertext":"${ciphertext}","commitment":"${commitment}","nonce":"${nonce}","subject":${subject}}`;
};

/** Canonical metadata without its hash, members in sorted order; written by hand because it stands in the hot path. */
const metadataOf = (writing: Writing) => {
  const before =
    `{"actor":${canonicalJson(writing.actor)},"causationId":${canonicalString(writing.causationId)}` +
    `,"commandDigest":${canonicalString(writing.commandDigest)},"commandId":${canonicalString(writing.commandId)}` +
    `,"correlationId":${canonicalString(writing.correlationId)},"occurredAt":`;
  return (event: DomainEvent, version: number, recordedAt: Instant, prev: string): string => {
    const receivedAt = event.receivedAt ?? writing.receivedAt;
    return (
      `${before}${instant(event.occurredAt ?? recordedAt)},"prev":"${prev}"` +
      (receivedAt === undefined ? '' : `,"receivedAt":${instant(receivedAt)}`) +
      `,"recordedAt":${instant(recordedAt)},"schemaVersion":${version}}`
    );
  };
};
