import type { ViewsDb } from './schema';

/** The database of everything derived: one side that writes, one that only reads and never waits for it. */
export interface Views {
  readonly write: ViewsDb;
  readonly read: ViewsDb;
  /** Beginning of the names of the files in which tables are built before they are copied in. */
  readonly buildPrefix: string;
  /** Who of several processes does the work. Absent on SQLite: there the writer lock lets one process in only. */
  readonly lease?: WorkLease;
  close(): Promise<void>;
}

/** The right to follow the log and to write what is derived from it: one process has it, the others stand by. */
export interface WorkLease {
  /** Name of this process among those that could have the work. */
  readonly holder: string;
  /** Resolves when this process has the work, however long that takes. Rejects only when `signal` aborts. */
  acquire(signal: AbortSignal): Promise<Tenure>;
}

/** The time in which this process has the work. */
export interface Tenure {
  /** Aborts when the work went to somebody else, or may have: nothing of it may be begun any more. */
  readonly lost: AbortSignal;
  /** Views for this tenure only: each transaction begins with the proof that the lease is still held. */
  readonly views: Views;
  /** Gives the work away, so that whoever stands by need not wait for the lease to run out. */
  release(): Promise<void>;
}

/** The work went to another process while this one thought that it had it; what was being written is undone. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  constructor() {
    super('another process has the work now');
  }
}
