import {
  matches,
  type DomainEvent,
  type ErasedPart,
  type OpenPart,
  type PersonalPart,
  type RecordedEvent,
  type Registry,
  type SealedPart,
  type SubjectId,
} from '@aftercare/domain/kernel';
import type { EncodedEvent, StoredEvent } from '../port/event-store';
import type { SubjectKeys } from '../port/subject-keys';
import { decodeEvent } from './decode';
import { encodeEvents, type KeysAtHand, type Writing } from './encode';
import { open } from './personal-envelope';
import { UndecodableEventError } from './undecodable-event';

type Key = Uint8Array | 'erased';

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
  /** The same for many: each subject's key is asked for once, and no event waits on its own. */
  openAll(events: readonly RecordedEvent[], keys: Pick<SubjectKeys, 'find'>): Promise<readonly RecordedEvent[]>;
  /** The same with keys at hand, and without waiting: parts of subjects that have none among them stay sealed. */
  openWith(event: RecordedEvent, keys: KeysAtHand): RecordedEvent;
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
    return opened(part, place, await keys.find(part.subject));
  };

  const opened = (part: SealedPart, place: SealedPlace, key: Key | undefined): OpenPart | ErasedPart => {
    if (key === 'erased') return { subject: part.subject, erased: true };
    const { stream, eventId, type, version } = place;
    if (!key) throw unreadable(place, 'there is no key for its subject');
    let readable: OpenPart;
    try {
      readable = open(part, key, { lineageId, stream, eventId, type, version });
    } catch {
      throw unreadable(place, 'a personal part does not open under its key');
    }
    const definition = definitionOf(type);
    // Fields of an older version are shown as they were; only the current shape is checked.
    if (definition?.version === version && !matches(definition.personal, readable.fields))
      throw unreadable(place, 'a personal part does not fit its definition');
    return readable;
  };

  const openedAmong = (event: RecordedEvent, keys: ReadonlyMap<SubjectId, Key | undefined>): RecordedEvent => {
    const { stream, eventId, type, metadata } = event;
    const place = { stream, eventId, type, version: metadata.schemaVersion };
    const open = (part: PersonalPart): PersonalPart =>
      'ciphertext' in part && keys.has(part.subject) ? opened(part, place, keys.get(part.subject)) : part;
    return { ...event, personal: event.personal.map(open) };
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
      const [only] = event.personal as readonly [PersonalPart];
      // Most have one: a promise over a list of one costs a fifth of opening it.
      const personal =
        event.personal.length === 1 && 'ciphertext' in only
          ? [opened(only, place, await keys.find(only.subject))]
          : await Promise.all(event.personal.map((part) => openPart(part, place, keys)));
      return { ...event, personal };
    },
    openAll: async (events, keys) => {
      const found = new Map<SubjectId, Key | undefined>();
      for (const { personal } of events)
        for (const { subject } of personal) if (!found.has(subject)) found.set(subject, await keys.find(subject));
      return events.map((event) => (event.personal.length === 0 ? event : openedAmong(event, found)));
    },
    openWith: openedAmong,
  };
};

const unreadable = (place: SealedPlace, reason: string): UndecodableEventError =>
  new UndecodableEventError({ ...place, position: '', revision: -1 }, reason);
