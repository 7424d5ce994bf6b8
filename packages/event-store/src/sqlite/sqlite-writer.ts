import type Database from 'better-sqlite3';
import type { AppendRequest } from '../adapter/append-queue';
import { judgeAppend, type StreamLookup } from '../adapter/judge-append';
import type { Positions } from '../adapter/positions';
import { headAfter } from '../codec/hash-chain';
import {
  OutcomeUnknownError,
  StoreFailedError,
  type AppendResult,
  type EncodedEvent,
  type Head,
  type Position,
} from '../port/event-store';
import { sqliteCode } from './sqlite-code';

export interface WriterOptions {
  readonly db: Database.Database;
  readonly positions: Positions;
  /** Called when a commit failed in a way that leaves the file's state unknown; not expected to return. */
  readonly onFatal: (error: Error) => void;
}

/**
 * The one connection that writes. A group of appends is one transaction and one flush to disk. An append is judged
 * before anything of it is written, so a refused one leaves no trace and the rest of its group is not disturbed.
 */
export class SqliteWriter implements StreamLookup {
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #rollback: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #last: Database.Statement;
  readonly #ids: Database.Statement;
  #failed = false;

  constructor(private readonly options: WriterOptions) {
    const { db } = options;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
    this.#insert = db.prepare(
      `INSERT INTO events (stream, revision, event_id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, revision) DO NOTHING`,
    );
    this.#last = db.prepare('SELECT revision, metadata FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.#ids = db.prepare(
      `SELECT event_id AS eventId, global_position AS place FROM events
       WHERE stream = ? AND revision >= ? AND revision < ? ORDER BY revision`,
    );
  }

  /** Writes a group; throws only what is the answer to all of it. */
  write(group: readonly AppendRequest[]): readonly AppendResult[] {
    if (this.#failed) throw new StoreFailedError('an earlier commit failed: restart the process');
    const results = this.#inTransaction(() => group.map((request) => this.#one(request)));
    this.#commitNow();
    return results;
  }

  head(stream: string): Head {
    const row = this.#last.get(stream) as { revision: number; metadata: string } | undefined;
    return row ? headAfter(row) : 'none';
  }

  idsFrom(stream: string, from: number, count: number): readonly { eventId: string; position: Position }[] {
    const rows = this.#ids.all(stream, from, from + count) as { eventId: string; place: number }[];
    return rows.map(({ eventId, place }) => ({ eventId, position: this.options.positions.format(place) }));
  }

  #one(request: AppendRequest): AppendResult {
    const { expected, events } = request;
    // A new stream needs no look first: the insert itself finds out whether it is new.
    if (expected === 'none') return this.#insertAll(events) ?? this.#judged(request);
    const verdict = judgeAppend(this, request);
    return verdict === 'write' ? this.#insertAll(events)! : verdict;
  }

  #judged(request: AppendRequest): AppendResult {
    const verdict = judgeAppend(this, request);
    if (verdict === 'write') throw new Error(`${request.stream} is empty and takes no event`);
    return verdict;
  }

  /** Undefined, with nothing written, when there is already something at the first revision. */
  #insertAll(events: readonly EncodedEvent[]): AppendResult | undefined {
    let place = 0;
    for (const event of events) {
      const { stream, revision, eventId, type, data, metadata } = event;
      const { changes, lastInsertRowid } = this.#insert.run(stream, revision, eventId, type, data, metadata);
      if (changes === 0 && event === events[0]) return undefined;
      if (changes === 0) throw new StoreFailedError(`${stream} holds revision ${revision} but not the one before it`);
      place = Number(lastInsertRowid);
    }
    return { status: 'appended', revision: events.at(-1)!.revision, position: this.options.positions.format(place) };
  }

  /** Before the commit a failure is harmless: nothing of the group is there, and a later one may succeed. */
  #inTransaction<T>(work: () => T): T {
    try {
      this.#begin.run();
      return work();
    } catch (error) {
      this.#undo();
      throw failure(error);
    }
  }

  #commitNow(): void {
    try {
      this.#commit.run();
    } catch (error) {
      if (!leavesStateUnknown(error)) {
        this.#undo();
        throw failure(error);
      }
      // After a failed flush the page cache may claim what the disk doesn't have: no further answer can be trusted.
      this.#failed = true;
      const unknown = new OutcomeUnknownError('the disk failed during a commit', { cause: error });
      this.options.onFatal(unknown);
      throw unknown;
    }
  }

  #undo(): void {
    // SQLite itself rolls back on a full disk.
    if (this.options.db.inTransaction) this.#rollback.run();
  }
}

/** SHM: the index of the WAL could not grow, which is a full disk before anything was written. */
const leavesStateUnknown = (error: unknown): boolean =>
  sqliteCode(error).startsWith('SQLITE_IOERR') && !sqliteCode(error).startsWith('SQLITE_IOERR_SHM');

const failure = (error: unknown): unknown => {
  const code = sqliteCode(error);
  if (code === '') return error;
  const what =
    code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR_SHM') ? 'the disk is full' : `SQLite says ${code}`;
  return new StoreFailedError(`nothing was written: ${what}`, { cause: error });
};
