import {
  matches,
  problemsIn,
  type ErasedPart,
  type EventDefinition,
  type EventMetadata,
  type RecordedEvent,
  type SealedPart,
} from '@aftercare/domain/kernel';
import type { StoredEvent } from '../port/event-store';
import { UndecodableEventError } from './undecodable-event';

type Json = Record<string, unknown>;
type StoredPart = SealedPart | ErasedPart;

const NO_PARTS: readonly StoredPart[] = [];

/** Stored bytes → parse → upcast → validate. Personal parts stay sealed: most readers never need them open. */
export const decodeEvent = (
  stored: StoredEvent,
  definitionOf: (type: string) => EventDefinition | undefined,
): RecordedEvent => {
  const definition = definitionOf(stored.type);
  if (!definition) throw new UndecodableEventError(stored, 'its type is not registered');
  const raw = parsed(stored, 'data');
  const metadata = parsed(stored, 'metadata') as unknown as EventMetadata;
  const personal = '$p' in raw ? partsOf(raw, stored) : NO_PARTS;
  const data = upcast(withoutParts(raw), metadata.schemaVersion, definition, stored);
  if (!matches(definition.data, data)) throw misfit(stored, definition, data);
  return new DecodedEvent(stored, definition.type, { data, personal, metadata });
};

/**
 * A class and not a literal: what a literal in a hot place makes goes to the engine's old memory for good, once most of it
 * was kept a while (one long stream held is enough). From then on every event read stays until the next full collection,
 * at three times the cost of reading it.
 */
class DecodedEvent implements RecordedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly eventId: string;
  readonly data: unknown;
  readonly personal: readonly StoredPart[];
  readonly metadata: EventMetadata;

  /**
   * @param type the definition's own text: whoever tells types apart compares it with constants, and one that was read
   *   anew is compared letter by letter
   */
  constructor(
    stored: StoredEvent,
    readonly type: string,
    parts: Pick<DecodedEvent, 'data' | 'personal' | 'metadata'>,
  ) {
    this.stream = stored.stream;
    this.revision = stored.revision;
    this.position = stored.position;
    this.eventId = stored.eventId;
    this.data = parts.data;
    this.personal = parts.personal;
    this.metadata = parts.metadata;
  }
}

const parsed = (stored: StoredEvent, part: 'data' | 'metadata'): Json => {
  let value: unknown;
  try {
    value = JSON.parse(stored[part]);
  } catch {
    // The parser's message would quote the content.
    throw new UndecodableEventError(stored, `${part} is no JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UndecodableEventError(stored, `${part} is no JSON object`);
  return value as Json;
};

const withoutParts = (raw: Json): Json => {
  if (!('$p' in raw)) return raw;
  const { $p: _, ...data } = raw;
  return data;
};

const partsOf = (raw: Json, stored: StoredEvent): readonly StoredPart[] => {
  const parts = raw['$p'];
  if (!Array.isArray(parts) || !parts.every(isPart))
    throw new UndecodableEventError(stored, '$p is no list of envelopes');
  return parts;
};

const isPart = (value: unknown): value is StoredPart => {
  if (typeof value !== 'object' || value === null) return false;
  const part = value as Json;
  if (typeof part['subject'] !== 'string') return false;
  if (part['erased'] === true) return true;
  return (
    typeof part['nonce'] === 'string' &&
    typeof part['commitment'] === 'string' &&
    typeof part['ciphertext'] === 'string'
  );
};

const upcast = (data: Json, version: unknown, definition: EventDefinition, stored: StoredEvent): Json => {
  if (version === definition.version) return data;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new UndecodableEventError(stored, 'its schema version is no number');
  if (version > definition.version)
    throw new UndecodableEventError(stored, `version ${version} is newer than this program's ${definition.version}`);
  return definition.upcasts.slice(version - 1).reduce((older, lift) => lift(older), data);
};

const misfit = (stored: StoredEvent, definition: EventDefinition, data: Json): UndecodableEventError =>
  new UndecodableEventError(
    stored,
    `data does not fit its definition: ${problemsIn(definition.data, data, 5)
      .map((problem) => `${problem.pointer} ${problem.message}`)
      .join('; ')}`,
  );
