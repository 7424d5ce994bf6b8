import { instantOf, type Instant } from '@aftercare/domain/kernel';
import {
  RefusedPayloadError,
  StoreFailedError,
  type EncodedEvent,
  type Position,
  type StoredEvent,
} from '../port/event-store';
import type { IncomingEvent, LogPosition, OutgoingEvent } from './esdb-link';
import type { EsdbPositions } from './esdb-positions';

/** Where the store says what it is; the one stream of ours that holds no events of the platform. */
export const META_STREAM = 'aftercare_store_meta';

/** Not the server's own streams (statistics, link streams, stream metadata) and not our description of the store. */
export const isOurs = (stream: string): boolean => stream[0] !== '$' && stream !== META_STREAM;

/**
 * An event for the client, which parses nothing itself but makes the JSON text of the data again. What would not come
 * out as the text that was hashed is refused before it is stored; the metadata goes as the bytes that it is.
 */
export const toServer = (event: EncodedEvent): OutgoingEvent => {
  const data = survivor(event, event.data);
  return {
    id: event.eventId,
    type: event.type,
    contentType: 'application/json',
    data,
    metadata: new Uint8Array(Buffer.from(event.metadata, 'utf8')),
  };
};

const survivor = (event: EncodedEvent, text: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notStorable(event);
  }
  if (typeof value !== 'object' || value === null || JSON.stringify(value) !== text) throw notStorable(event);
  return value as Record<string, unknown>;
};

const notStorable = (event: EncodedEvent): RefusedPayloadError =>
  new RefusedPayloadError('NOT_STORABLE', `${event.type} does not come back as the same JSON text`);

/** An event as the port knows it. Revisions are decimal numbers everywhere but on the wire. */
export const fromServer = (event: IncomingEvent, positions: EsdbPositions): StoredEvent =>
  new ServerEvent(event, positions.format(placeOf(event)));

/** A class and not a literal, for the same reason as a decoded event (`codec/decode.ts`). */
class ServerEvent implements StoredEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly storedAt: Instant;

  constructor(
    event: IncomingEvent,
    readonly position: Position,
  ) {
    this.stream = event.streamId;
    this.revision = Number(event.revision);
    this.eventId = event.id;
    this.type = event.type;
    this.data = dataText(event);
    this.metadata = metadataText(event);
    this.storedAt = instantOf(event.created);
  }
}

/** The payload as it lies in the store. */
export const dataText = (event: IncomingEvent): string => textOf(event.data);

/** The metadata as it lies in the store. */
export const metadataText = (event: IncomingEvent): string => textOf(event.metadata);

/** Servers before 22.6 leave it out when a stream is read. */
export const placeOf = (event: IncomingEvent): LogPosition => {
  if (event.position === undefined) throw new StoreFailedError('this EventStoreDB is older than 23.10');
  return event.position;
};

/**
 * The text that lies there. Where the client parsed it, the same text again; what it could not parse it hands over as
 * it is, data as a string and metadata as bytes: whoever reads the event finds that it is no JSON.
 */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return value === undefined ? '' : JSON.stringify(value);
};
