import { RefusedPayloadError, type EncodedEvent, type Head } from '../port/event-store';

export const MAX_EVENT_BYTES = 256 * 1024;
export const MAX_APPEND_BYTES = 900_000;
export const MAX_APPEND_EVENTS = 100;

const wellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();

const bytesOf = (event: EncodedEvent): number => Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);

/**
 * The limits that are the same in every adapter, so that a store can be copied into another. Returns the size in bytes.
 * Events encoded for another stream or head are a bug of the caller.
 */
export const checkAppend = (stream: string, events: readonly EncodedEvent[], expected: Head): number => {
  if (events.length === 0) throw new RefusedPayloadError('NOT_STORABLE', 'an append holds at least one event');
  if (events.length > MAX_APPEND_EVENTS)
    throw new RefusedPayloadError('TOO_MANY_EVENTS', `an append holds at most ${MAX_APPEND_EVENTS} events`);
  const first = expected === 'none' ? 0 : expected.revision + 1;
  let total = 0;
  events.forEach((event, index) => {
    if (event.stream !== stream || event.revision !== first + index)
      throw new Error(`${event.stream}@${event.revision} was encoded for another head than ${stream}@${first - 1}`);
    const size = bytesOf(event);
    if (size > MAX_EVENT_BYTES)
      throw new RefusedPayloadError('EVENT_TOO_LARGE', `${event.type} has ${size} bytes of ${MAX_EVENT_BYTES}`);
    if (!wellFormed(event.data) || !wellFormed(event.metadata))
      throw new RefusedPayloadError('NOT_STORABLE', `${event.type} holds ill-formed Unicode`);
    total += size;
  });
  if (total > MAX_APPEND_BYTES)
    throw new RefusedPayloadError('APPEND_TOO_LARGE', `an append has ${total} bytes of ${MAX_APPEND_BYTES}`);
  return total;
};
