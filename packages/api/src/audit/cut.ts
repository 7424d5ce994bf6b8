import { dateTime, instantOf, millisOf, optional, whole, type Instant, type RecordedEvent } from '@aftercare/domain';
import { invalid } from '../http/problem';

/** Which part of a history is wanted; several may be given (DEC-17, architecture §8). */
export interface HistoryCut {
  /** What was known: recordedAt ≤ asOf. */
  readonly asOf?: Instant;
  /** What the leading stream held at this revision; it says nothing about the streams linked to it. */
  readonly asOfRevision?: number;
  /** What had happened, as known now: occurredAt ≤ occurredBy, in the order in which it happened. */
  readonly occurredBy?: Instant;
}

/** The parameters of a query that takes a cut. */
export const cutInput = {
  asOf: optional(dateTime()),
  asOfRevision: optional(whole(0, 1_000_000)),
  occurredBy: optional(dateTime()),
};

interface CutInput {
  readonly asOf?: string | undefined;
  readonly asOfRevision?: number | undefined;
  readonly occurredBy?: string | undefined;
}

/** Instants given with any offset become UTC, as they are compared with. */
export const cutOf = ({ asOf, asOfRevision, occurredBy }: CutInput): HistoryCut => ({
  ...(asOf === undefined ? {} : { asOf: utc(asOf) }),
  ...(asOfRevision === undefined ? {} : { asOfRevision }),
  ...(occurredBy === undefined ? {} : { occurredBy: utc(occurredBy) }),
});

/** What a clock elsewhere may be ahead, as with occurredAt. */
const AHEAD_MS = 5 * 60_000;

/**
 * What will be known tomorrow is known to nobody: the same question would have another answer then.
 *
 * @throws 400 naming the parameter
 */
export const mustNotBeAhead = (instant: Instant | undefined, name: string, now: Instant): void => {
  if (instant !== undefined && millisOf(instant) > millisOf(now) + AHEAD_MS)
    throw invalid([{ pointer: `/${name}`, message: 'Expected an instant that is not in the future' }]);
};

/** The same cut, if none of its instants lies ahead. Throws 400. */
export const notInFuture = (cut: HistoryCut, now: Instant): HistoryCut => {
  mustNotBeAhead(cut.asOf, 'asOf', now);
  mustNotBeAhead(cut.occurredBy, 'occurredBy', now);
  return cut;
};

/** An instant with an offset, in UTC with milliseconds. */
export const utc = (text: string): Instant => instantOf(millisOf(text));

/** Whether the cut keeps this event; `leading` tells that it belongs to the stream that revisions count in. */
export const isWithin = ({ revision, metadata }: RecordedEvent, cut: HistoryCut, leading: boolean): boolean =>
  (cut.asOf === undefined || metadata.recordedAt <= cut.asOf) &&
  (cut.occurredBy === undefined || metadata.occurredAt <= cut.occurredBy) &&
  (!leading || cut.asOfRevision === undefined || revision <= cut.asOfRevision);
