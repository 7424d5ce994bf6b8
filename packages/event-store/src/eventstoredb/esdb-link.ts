import type { Readable } from 'node:stream';

/** A place in the server's log: both halves, because the server asks for both again. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event on its way to the server. */
export interface OutgoingEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: 'application/json';
  /** Parsed: the client makes the text itself. */
  readonly data: Record<string, unknown>;
  /** Exactly a Uint8Array: a Buffer would be stored as an object with numbered members. */
  readonly metadata: Uint8Array;
}

/** An event as it comes: data and metadata as the text that lies there, or as the client parsed them. */
export interface IncomingEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  /** The server's own stamp, in milliseconds. */
  readonly created: number;
  readonly position?: LogPosition;
}

/** What a reading stream yields. */
export interface Delivered {
  readonly event?: IncomingEvent;
}

export interface StreamRead {
  readonly from: bigint | 'start' | 'end';
  readonly count: number;
  readonly backward?: boolean;
}

export interface AllRead {
  readonly from: LogPosition | 'start' | 'end';
  readonly count: number;
  readonly backward?: boolean;
}

export interface AllSubscription {
  readonly after: LogPosition | 'start';
  /** Everything up to here was looked at; events before it may still lie in the readable's buffer. Must not throw. */
  readonly checkpointReached: (position: LogPosition) => void;
}

/** A readable of `Delivered` that can be called off. */
export interface Reading {
  readonly stream: Readable;
  cancel(): void;
}

/**
 * The few calls that the adapter makes, as the official client answers them: the seam at which its traps are tried.
 * Errors are the client's own, see `esdb-errors`.
 */
export interface EsdbLink {
  append(
    stream: string,
    events: readonly OutgoingEvent[],
    expected: bigint | 'no_stream',
  ): Promise<{ readonly position?: LogPosition | undefined }>;
  readStream(stream: string, read: StreamRead): Reading;
  readAll(read: AllRead): Reading;
  /** Also emits 'caughtUp', possibly before the events it speaks of are read. */
  subscribeToAll(subscription: AllSubscription): Reading;
  /** After a call that never came back: lets go of the connection that writes and makes another. */
  renew(): Promise<void>;
  dispose(): Promise<void>;
}
