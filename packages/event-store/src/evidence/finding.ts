import type { BadEvent } from '../verify/verify';

/** What was done to a history, as far as it can be told. */
export type FindingCode =
  | 'PAYLOAD_ALTERED'
  | 'CIPHERTEXT_ALTERED'
  | 'METADATA_ALTERED'
  | 'TIME_ALTERED'
  /** Payload, metadata or both: from the bytes alone it can't be told which. */
  | 'BYTES_ALTERED'
  | 'SWAPPED'
  | 'MOVED'
  /** A revision is missing in the middle of a stream. */
  | 'EVENT_DELETED'
  | 'CHAIN_BROKEN'
  /** A stream ends before what was anchored. */
  | 'TAIL_DELETED'
  | 'STREAM_DELETED'
  /** Chained in itself, but not what was anchored. */
  | 'REWRITTEN'
  | 'EVENTS_ADDED'
  | 'ANCHOR_ALTERED'
  | 'ANCHOR_MISSING'
  | 'COPY_DIFFERS'
  | 'COPY_UNREADABLE'
  | 'KEY_UNKNOWN'
  /** What was recorded when the store was copied: by its signature, or in itself. */
  | 'BRIDGE_ALTERED'
  /** The store does not hold what it was copied with. */
  | 'BRIDGE_DIFFERS';

/** The first thing found wrong, in words. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
  /** The event, where one can be named. */
  readonly at?: BadEvent;
  /** Number of the anchor that doesn't agree. */
  readonly anchor?: number;
}
