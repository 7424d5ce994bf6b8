import {
  matches,
  type DomainEvent,
  type ErasedPart,
  type OpenPart,
  type PersonalPart,
  type RecordedEvent,
  type Registry,
  type SealedPart,
} from '@aftercare/domain/kernel';
import type { EncodedEvent, StoredEvent } from '../port/event-store';
import type { SubjectKeys } from '../port/subject-keys';
import { decodeEvent } from './decode';
import { encodeEvents, type KeysAtHand, type Writing } from './encode';
import { open } from './personal-envelope';
import { UndecodableEventError } from './undecodable-event';

/** Where a sealed part was stored; read models keep this beside each envelope. */
export interface SealedPlace {
  readonly stream: string;
  readonly eventId: string;
  readonly type: string;
  /** The version stored (`metadata.schemaVersion`), not the one upcast to. */
  readonly version: number;
}

/** The stored record, format 1: what is written, what is hashed, what is encrypted (architecture §4). */
export interface Codec {
  readonly lineageId: string;
  encode(events: readonly DomainEvent[], writing: Writing, keys: KeysAtHand): readonly EncodedEvent[];
  /** Parses, upcasts and validates; personal parts stay sealed. Throws `UndecodableEventError`. */
  decode(stored: StoredEvent): RecordedEvent;
  /** The same event with its personal parts readable, or erased where the subject was forgotten. */
  openPersonal(event: RecordedEvent, keys: Pick<SubjectKeys, 'find'>): Promise<RecordedEvent>;
  /** One part on its own, as a read model keeps it. */
  openPart(part: PersonalPart, place: SealedPlace, keys: Pick<SubjectKeys, 'find'>): Promise<OpenPart | ErasedPart>;
}

export interface CodecOptions {
  readonly registry: Pick<Registry, 'event'>;
  /** Of the store written to (`store.meta.lineageId`): bound into every ciphertext. */
  readonly lineageId: string;
}

export const createCodec = ({ registry, lineageId }: CodecOptions): Codec => {
  const definitionOf = (type: string) => registry.event(type);

  const openPart: Codec['openPart'] = async (part, place, keys) => {
    if (!('ciphertext' in part)) return part;
    const key = await keys.find(part.subject);
    if (key === 'erased') return { subject: part.subject, erased: true };
    return opened(part, place, key);
  };

  const opened = (part: SealedPart, place: SealedPlace, key: Uint8Array | undefined): OpenPart => {
    const where = { ...place, position: '', revision: -1 };
    if (!key) throw new UndecodableEventError(where, 'there is no key for its subject');
    const fields = ((): OpenPart => {
      try {
        return open(part, key, { ...place, lineageId });
      } catch {
        throw new UndecodableEventError(where, 'a personal part does not open under its key');
      }
    })();
    const definition = definitionOf(place.type);
    // Fields of an older version are shown as they were; only the current shape is checked.
    if (definition?.version === place.version && !matches(definition.personal, fields.fields))
      throw new UndecodableEventError(where, 'a personal part does not fit its definition');
    return fields;
  };

  return {
    lineageId,
    encode: (events, writing, keys) => encodeEvents(events, writing, keys, { definitionOf, lineageId }),
    decode: (stored) => decodeEvent(stored, definitionOf),
    openPart,
    openPersonal: async (event, keys) => {
      if (event.personal.length === 0) return event;
      const { stream, eventId, type, metadata } = event;
      const place = { stream, eventId, type, version: metadata.schemaVersion };
      return { ...event, personal: await Promise.all(event.personal.map((part) => openPart(part, place, keys))) };
    },
  };
};
