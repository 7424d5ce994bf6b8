import type { StoredEvent } from '../port/event-store';

type Place = Pick<StoredEvent, 'position' | 'stream' | 'revision' | 'eventId' | 'type'>;

/** A stored event that can't be read. It says where and why, never what the event holds. */
export class UndecodableEventError extends Error {
  override readonly name = 'UndecodableEventError';
  readonly code = 'EVENT.UNDECODABLE';
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;

  constructor(
    place: Place,
    readonly reason: string,
  ) {
    super(`${place.stream}@${place.revision} (event ${place.eventId}, ${place.type}) can't be read: ${reason}`);
    this.position = place.position;
    this.stream = place.stream;
    this.revision = place.revision;
    this.eventId = place.eventId;
  }
}
