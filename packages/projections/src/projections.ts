import type { Instant } from '@aftercare/domain';
import type { Clock, EventStore, Position } from '@aftercare/event-store';
import type { ConsumerStatus, Decode } from './consumer/index';
import type { OutboxEntry, SendCommand, WakeFault } from './process/index';
import type { AnyProcess } from './process/reaction';
import type { BuildProgress, BuildSourceRef } from './rebuild/index';
import type { ReadModel, Views } from './sql/index';

export interface ProjectionsOptions {
  readonly views: Views;
  readonly store: EventStore;
  readonly decode: Decode;
  readonly clock: Clock;
  readonly models: readonly ReadModel[];
  readonly processes?: readonly AnyProcess[];
  /** Carries the processes' commands; required when there are any. */
  readonly send?: SendCommand;
  /**
   * False: commands leave and alarms ring only in `settle`. Default: true, and false under a simulated clock, where a run
   * has to tell the same story each time.
   */
  readonly background?: boolean;
  /** How a child process opens the events for a rebuild; absent: rebuilds run in this process. */
  readonly source?: BuildSourceRef;
  readonly execArgv?: readonly string[];
  /** Events per page and per commit; default 500. */
  readonly pageSize?: number;
  /** Called when a consumer's state changes. */
  readonly onChange?: (name: string) => void;
  /**
   * Other work that only one process may do (the ClickHouse sink, anchors): begun when this process has the work, and to
   * be ended when `signal` aborts. `views` are those to write through: on PostgreSQL they refuse who has lost the lease.
   * On SQLite, where there is no lease, it lasts as long as `run`.
   */
  readonly alongside?: (work: { readonly views: Views; readonly signal: AbortSignal }) => Promise<void>;
}

/** A consumer with side effects can't be rebuilt: it would send its commands again. */
export class NotRebuildableError extends Error {
  override readonly name = 'NotRebuildableError';
  constructor(readonly consumer: string) {
    super(`${consumer} acts on what it reads and can't be rebuilt`);
  }
}

/** This read model is being rebuilt already. */
export class AlreadyRebuildingError extends Error {
  override readonly name = 'AlreadyRebuildingError';
  constructor(readonly consumer: string) {
    super(`${consumer} is being rebuilt already`);
  }
}

/** Another process has the work: what acts on its consumers has to be asked there. */
export class WorkElsewhereError extends Error {
  override readonly name = 'WorkElsewhereError';
  readonly code = 'WORK_ELSEWHERE';
  constructor() {
    super('another process follows the events: ask that one');
  }
}

/** Progress of a rebuild as `rebuild` tells it: events folded, and the place reached. */
export type RebuildProgress = BuildProgress;

/**
 * The reading side of one process: read models and processes that follow the store. Where several processes share the
 * views (PostgreSQL), one at a time has the work; the others answer from what that one commits.
 */
export interface Projections {
  /**
   * Follows the store until `signal` aborts; resolves when everything is committed. Outdated tables are rebuilt beside.
   * Where the views are shared it stands by until this process has the work, and again when it has lost it.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Whether this process has the work now. */
  working(): boolean;
  status(): Promise<readonly ConsumerStatus[]>;
  /** Whether the consumer has reached `position` within `timeoutMs`. Throws `UnknownConsumerError`. */
  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean>;
  /** Replays a paused consumer from the event it stopped at. False: it was not paused. Throws `WorkElsewhereError`. */
  resume(name: string): boolean;
  /**
   * Builds the table anew beside the one that answers, then switches. Resolves when the new one answers. Throws
   * `UnknownConsumerError`, `NotRebuildableError`, `AlreadyRebuildingError`, `BuildFailedError`, `WorkElsewhereError`.
   */
  rebuild(name: string, onProgress?: (progress: RebuildProgress) => void): Promise<{ readonly peakBytes: number }>;
  /** Commands that kept failing and wait for a person, with their process. */
  parked(): Promise<readonly (OutboxEntry & { readonly process: string })[]>;
  /** Tries a parked command again. */
  retry(commandId: string): Promise<boolean>;
  /** Alarms on which a process threw. */
  wakeFaults(): readonly (WakeFault & { readonly process: string })[];
  /** Does everything that is due now, and what follows from it: events → reactions → commands → alarms → … */
  settle(): Promise<void>;
  /** The next instant at which a process has something to do. */
  nextDue(): Promise<Instant | undefined>;
}
