import type { AppendResult, Head, Position } from '../port/event-store';
import type { AppendRequest } from './append-queue';

/** What an adapter knows of its streams, appends of the same group included. */
export interface StreamLookup {
  head(stream: string): Head;
  /** Ids and positions of up to `count` events from revision `from` on, in order. */
  idsFrom(
    stream: string,
    from: number,
    count: number,
  ): readonly { readonly eventId: string; readonly position: Position }[];
}

/** Same place in the stream and same history before it. */
const isSame = (actual: Head, expected: Head): boolean =>
  actual === 'none' || expected === 'none'
    ? actual === expected
    : actual.revision === expected.revision && actual.hash === expected.hash;

/**
 * May this append be written? At the expected head nothing stands behind it, so it can't be a repeat; anywhere else it is
 * one only if exactly these ids stand where they would have gone, and a conflict otherwise (architecture §5).
 */
export const judgeAppend = (lookup: StreamLookup, request: AppendRequest): 'write' | AppendResult => {
  const { stream, events, expected } = request;
  const actual = lookup.head(stream);
  if (isSame(actual, expected)) return 'write';
  const first = expected === 'none' ? 0 : expected.revision + 1;
  const there = lookup.idsFrom(stream, first, events.length);
  const last = there.at(-1);
  if (last && there.length === events.length && there.every((one, index) => one.eventId === events[index]!.eventId))
    return { status: 'repeated', revision: first + events.length - 1, position: last.position };
  return { status: 'conflict', actual };
};
