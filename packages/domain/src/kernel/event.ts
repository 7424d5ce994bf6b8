import type { Actor } from './actor';
import type { Instant } from './instant';

/** Whose key encrypts a personal part: a stream-like name, `customer-<uuid>`, `staff-<id>`, `ticket-<uuid>` (a case). */
export type SubjectId = string;

/** Personal fields of one subject, readable. */
export interface OpenPart<Fields = Record<string, unknown>> {
  readonly subject: SubjectId;
  readonly fields: Fields;
}

/** The same as stored: AES-256-GCM under a key derived from the subject's key and the event's id (architecture §4). */
export interface SealedPart {
  readonly subject: SubjectId;
  /** 96 bit, hex. */
  readonly nonce: string;
  /** Commits to the derived key, so that one ciphertext can't open to two texts; hex. */
  readonly commitment: string;
  /** Ciphertext and tag, base64. */
  readonly ciphertext: string;
}

/** What is left after the subject was forgotten (DEC-15). */
export interface ErasedPart {
  readonly subject: SubjectId;
  readonly erased: true;
}

export type PersonalPart<Fields = Record<string, unknown>> = OpenPart<Fields> | SealedPart | ErasedPart;

/** A fact that a decider wants recorded. */
export interface DomainEvent<Type extends string = string, Data = unknown, Personal = Record<string, unknown>> {
  readonly type: Type;
  readonly data: Data;
  readonly personal?: readonly OpenPart<Personal>[];
  /** When the fact happened by the actor's word; absent: when it is recorded (DEC-17). */
  readonly occurredAt?: Instant;
  /** When the matter reached us, where that is earlier than its recording. */
  readonly receivedAt?: Instant;
}

/** What stands beside an event's payload. `prev` and `hash` are the chain (architecture §4). */
export interface EventMetadata {
  readonly schemaVersion: number;
  readonly commandId: string;
  /** Keyed digest (HMAC-SHA-256) of the command, hex: the same Idempotency-Key with another command is refused. */
  readonly commandDigest: string;
  /** The stream of the ticket (or standalone complaint) whose matter this is. */
  readonly correlationId: string;
  /** Id of the event or request that caused THIS event. */
  readonly causationId: string;
  readonly actor: Actor;
  readonly occurredAt: Instant;
  readonly receivedAt?: Instant;
  readonly recordedAt: Instant;
  readonly prev: string;
  readonly hash: string;
}

/** An event as read back: upcast to its current version, personal parts sealed unless somebody opened them. */
export interface RecordedEvent<Type extends string = string, Data = unknown, Personal = Record<string, unknown>> {
  readonly stream: string;
  /** From 0, decimal, the same in every adapter. */
  readonly revision: number;
  /** Opaque, sortable as text; only comparable within one store. */
  readonly position: string;
  readonly eventId: string;
  readonly type: Type;
  readonly data: Data;
  readonly personal: readonly PersonalPart<Personal>[];
  readonly metadata: EventMetadata;
}

/** The recorded form of a union of events, member by member. */
export type Recorded<E> =
  E extends DomainEvent<infer Type, infer Data, infer Personal> ? RecordedEvent<Type, Data, Personal> : never;

/** Aggregate part of a stream name: `work_order` of `work_order-9b2c…`. */
export const aggregateOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** Id part of a stream name: the uuid behind the first dash. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
