import type { RecordedEvent } from '@aftercare/domain/kernel';
import type { Codec } from '../codec/codec';
import { nextLink, type ChainLink } from '../codec/chain-link';
import { memberOf } from '../codec/hash-chain';
import { UndecodableEventError } from '../codec/undecodable-event';
import type { EventStore, Head } from '../port/event-store';

/** A stream as a decision sees it: everything up to one head. */
export interface LoadedStream {
  readonly head: Head;
  readonly events: readonly RecordedEvent[];
}

const PAGE = 500;

/**
 * Reads a whole stream, page by page. The chain is checked on the way: nothing may be decided on bytes that are not
 * those once written.
 */
export const loadStream = async (
  { store, codec }: { readonly store: Pick<EventStore, 'read'>; readonly codec: Pick<Codec, 'decode'> },
  stream: string,
): Promise<LoadedStream> => {
  const events: RecordedEvent[] = [];
  let link: ChainLink | undefined;
  for (;;) {
    const page = await store.read(stream, { from: events.length, limit: PAGE });
    for (const stored of page.events) {
      const next = nextLink(stored, link);
      if (typeof next === 'string') throw new UndecodableEventError(stored, next);
      link = next;
      events.push(codec.decode(stored));
    }
    if (page.head === 'none' || page.events.length === 0 || events.length > page.head.revision)
      return { head: page.head, events };
  }
};

/**
 * The last event alone, for a stream whose every event says all there is to know: a long stream costs no more than a short
 * one. Its own bytes are checked; what stands before it is left to `verify`.
 */
export const loadLastEvent = async (
  { store, codec }: { readonly store: Pick<EventStore, 'read'>; readonly codec: Pick<Codec, 'decode'> },
  stream: string,
): Promise<LoadedStream> => {
  const { head, events } = await store.read(stream, { direction: 'backward', limit: 1 });
  const [last] = events;
  if (!last) return { head, events: [] };
  const before = { revision: last.revision - 1, hash: memberOf(last.metadata, 'prev') ?? '', recordedAt: -Infinity };
  const link = nextLink(last, last.revision === 0 ? undefined : before);
  if (typeof link === 'string') throw new UndecodableEventError(last, link);
  return { head, events: [codec.decode(last)] };
};
