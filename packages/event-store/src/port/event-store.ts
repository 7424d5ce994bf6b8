import type { Instant } from '@aftercare/domain/kernel';

/** Where a stream stands. Got from `read` only, never from an acknowledgement (architecture §5). */
export type Head = 'none' | { readonly revision: number; readonly hash: string; readonly recordedAt: Instant };

/** Opaque, fixed-width, sortable as text, prefixed by the store's id. */
export type Position = string;

/** An event as it lies in the store: the exact text that was hashed. */
export interface StoredEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  /** JSON text of the payload, personal envelopes in `$p`. */
  readonly data: string;
  /** JSON text of the metadata; `hash` is its last member. */
  readonly metadata: string;
  /** The server's own stamp, where there is a server: not hashed, held against `recordedAt` by `verify` only. */
  readonly storedAt?: Instant;
}

/** An event ready to be appended: encoded, encrypted, chained onto one head. */
export type EncodedEvent = Omit<StoredEvent, 'position' | 'storedAt'>;

export interface StoreMeta {
  readonly storeId: string;
  readonly lineageId: string;
  readonly formatVersion: number;
  /** Written under a simulated clock: a real `serve` refuses it. */
  readonly simulated: boolean;
}

export interface StreamPage {
  readonly events: readonly StoredEvent[];
  /** The stream's head at the moment of reading, whatever part of it the page holds. */
  readonly head: Head;
}

export interface ReadOptions {
  /** Forward: first revision of the page (default 0). Backward: last revision of the page (default head). */
  readonly from?: number;
  /** Default 1,000. */
  readonly limit?: number;
  readonly direction?: 'forward' | 'backward';
}

export interface ReadAllOptions {
  /** Exclusive. Forward: what comes after. Backward: what comes before; absent: from the very end. */
  readonly after?: Position;
  readonly limit?: number;
  readonly direction?: 'forward' | 'backward';
  readonly types?: readonly string[];
}

export interface AllPage {
  readonly events: readonly StoredEvent[];
  /** Where to go on, also when the filter left the page empty; absent in an empty store. */
  readonly upTo?: Position;
  /** True: nothing lies beyond `upTo` at the moment of reading. */
  readonly end: boolean;
}

export interface SubscriptionPage {
  readonly events: readonly StoredEvent[];
  /** May be saved as a checkpoint once this page is committed; pages may be empty. */
  readonly upTo?: Position;
  /** True: everything appended before this page was asked for has been delivered. */
  readonly caughtUp: boolean;
}

export type AppendResult =
  | { readonly status: 'appended' | 'repeated'; readonly revision: number; readonly position: Position }
  | { readonly status: 'conflict'; readonly actual: Head };

/** The append queue is full (1,000 appends or 16 MB): the caller answers 503 with Retry-After. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
}

/** The store could not say whether it wrote: repeat the same bytes. */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
}

/** Nothing was written and nothing will be until somebody acts (disk full, corrupt file). */
export class StoreFailedError extends Error {
  override readonly name = 'StoreFailedError';
}

/** A position of another store, or beyond the head. */
export class UnknownPositionError extends Error {
  override readonly name = 'UnknownPositionError';
}

/** An event over 256 KiB, an append over 100 events or 900 KB, a payload that does not survive JSON. */
export class RefusedPayloadError extends Error {
  override readonly name = 'RefusedPayloadError';
  constructor(
    readonly code: 'EVENT_TOO_LARGE' | 'APPEND_TOO_LARGE' | 'TOO_MANY_EVENTS' | 'NOT_STORABLE',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Append-only, per-stream ordered, globally ordered. Every adapter passes the kit in `testing/`.
 * Limits are the same in all: event ≤ 256 KiB, append ≤ 100 events and ≤ 900 KB.
 */
export interface EventStore {
  readonly meta: StoreMeta;
  read(stream: string, options?: ReadOptions): Promise<StreamPage>;
  readAll(options?: ReadAllOptions): Promise<AllPage>;
  /**
   * All or nothing, durable when it resolves. A repeat only if exactly these ids stand at expected + 1 … n; that is
   * checked before the revision; a partial match is a conflict.
   */
  append(stream: string, events: readonly EncodedEvent[], options: { readonly expected: Head }): Promise<AppendResult>;
  /** Catches up and then stays live; throws only what is fatal. Ends when `signal` aborts. */
  subscribe(options: {
    readonly after?: Position;
    readonly pageSize?: number;
    readonly signal: AbortSignal;
  }): AsyncIterable<SubscriptionPage>;
  /** Position of the last event; undefined in an empty store. */
  head(): Promise<Position | undefined>;
  close(): Promise<void>;
}
