import type { RecordedEvent } from '@aftercare/domain';
import type { Position, StoredEvent } from '@aftercare/event-store';
import { digesting } from './poison';
import type { Consumer } from './consumer';

export type Decode = (stored: StoredEvent) => RecordedEvent;

/** An event shared by several consumers: decoded at most once, and only when one of them wants its type. */
export interface FeedEvent {
  readonly stored: StoredEvent;
  read(): RecordedEvent;
}

/** A page on its way to the consumers of a process. */
export interface FeedPage {
  readonly events: readonly FeedEvent[];
  readonly upTo: Position;
}

/** Makes the events of a page decode themselves on demand. */
export const feedOf = (events: readonly StoredEvent[], decode: Decode): readonly FeedEvent[] =>
  events.map((stored) => {
    let recorded: RecordedEvent | undefined;
    return { stored, read: () => (recorded ??= digesting(stored, () => decode(stored))) };
  });

/** The events of a page that `consumer` wants and has not had: a page that is delivered twice does nothing twice. */
export const wantedBy = (
  consumer: Pick<Consumer, 'types'>,
  events: readonly FeedEvent[],
  after: Position | undefined,
): readonly FeedEvent[] =>
  events.filter(
    ({ stored }) =>
      (after === undefined || stored.position > after) && (!consumer.types || consumer.types.has(stored.type)),
  );
