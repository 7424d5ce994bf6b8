import type { RecordedEvent } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';

/** See `Consumer.take`: a commit for each page that changes nothing would cost more than folding it. */
export const NOTHING_CAME_OF_IT = 'nothing-came-of-it';
export type Taken = typeof NOTHING_CAME_OF_IT | undefined | void;

/**
 * Something that follows the store: a read model, a sink, a process. It commits what an event made of its data together
 * with the position, so that after a crash it goes on exactly where its data stands.
 */
export interface Consumer {
  readonly name: string;
  readonly version: number;
  /** The event types it wants; absent: all of them. */
  readonly types?: ReadonlySet<string>;
  /** The position up to which it has committed; undefined before its first event. */
  position(): Promise<Position | undefined>;
  /**
   * Takes events of its types, in order, and commits them with `upTo`. All or nothing. An event that it can't digest
   * is reported with `PoisonEventError`; any other throw counts as a fault of what it writes to and is repeated.
   *
   * Resolves with `NOTHING_CAME_OF_IT` when the events changed nothing and `upTo` was therefore not committed: taking them
   * again would change nothing either. Without events `upTo` is always committed.
   */
  take(events: readonly RecordedEvent[], upTo: Position): Promise<Taken>;
}

/**
 * - `catching-up`: reads what was there before it looked; `live`: nothing was left when it last looked.
 * - `paused`: an event could not be digested; stands still until somebody resumes it.
 * - `rebuilding`: a new table is built beside; the old one still answers.
 */
export type ConsumerState = 'stopped' | 'catching-up' | 'live' | 'paused' | 'rebuilding';

/** Why a consumer does not get on. Never personal: kinds, codes and places only. */
export interface ConsumerFault {
  readonly reason: string;
  /** Instant at which it was noticed. */
  readonly at: string;
  /** The event that could not be digested; absent when what it writes to failed. */
  readonly event?: {
    readonly position: Position;
    readonly stream: string;
    readonly revision: number;
    readonly type: string;
  };
  /** How often it was tried since the last success. */
  readonly failures: number;
}

/** How far a consumer is; health, metrics and the command line show it. */
export interface ConsumerStatus {
  readonly name: string;
  readonly version: number;
  readonly state: ConsumerState;
  readonly position?: Position;
  /** Events behind the store's head: exact where positions count events, null where they don't. */
  readonly lagEvents: number | null;
  /** Age of the oldest thing not yet shown, in milliseconds; 0 when nothing is left. */
  readonly lagMs: number;
  readonly fault?: ConsumerFault;
  /** While rebuilding: events read so far of about how many. */
  readonly progress?: { readonly done: number; readonly total: number | null };
}
