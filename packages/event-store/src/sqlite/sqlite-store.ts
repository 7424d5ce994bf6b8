import type { Database } from 'better-sqlite3';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { AppendQueue } from '../adapter/append-queue';
import { checkAppend } from '../adapter/limits';
import { Positions } from '../adapter/positions';
import { promised } from '../adapter/promised';
import { subscription } from '../adapter/subscription';
import { WakeUp } from '../adapter/wake-up';
import type { Clock } from '../port/clock';
import {
  StoreFailedError,
  type AllPage,
  type AppendResult,
  type EncodedEvent,
  type Head,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type StoreMeta,
  type StreamPage,
} from '../port/event-store';
import { checkStanding, sealOf, standingOf, type MovableStore, type StoreNote } from '../port/movable-store';
import { StoreRefusedError } from '../port/store-refused';
import { openDurable, openReading } from './open-database';
import { sqliteCode } from './sqlite-code';
import { SqliteReader } from './sqlite-reader';
import { SqliteWriter } from './sqlite-writer';
import { checkFormat, prepareMeta, readMeta } from './store-meta';
import { addNote, readNotes } from './store-notes';
import { takeWriterLock, type WriterLock } from './writer-lock';

export interface SqliteStoreOptions {
  readonly path: string;
  readonly clock: Pick<Clock, 'simulated'>;
  /** Beside a running writer, from another process: never locks, never writes, and may look at a simulated store. */
  readonly readOnly?: boolean;
  /** Of a new store; an existing one must have it. */
  readonly lineageId?: string;
  /** For the copy: opens also what is sealed or only partly filled. */
  readonly moving?: boolean;
  /** After a failed flush to disk; the default ends the process, because nothing it says could be trusted any more. */
  readonly onFatal?: (error: Error) => void;
}

/** How often a reader in another process looks for new events. */
const POLL_MS = 200;

/** The embedded event store: one SQLite file, one writing process (architecture §6). */
export interface SqliteEventStore extends MovableStore {
  /** The live writer's own settings, for the check that an acknowledgement means "on disk". */
  pragmas(): { readonly journalMode: string; readonly synchronous: number };
  /** A consistent copy of the file, made while writing goes on. */
  backup(target: string): Promise<void>;
}

const endProcess = (error: Error): void => {
  process.stderr.write(`aftercare: ${error.message}; ending, because the state of the disk is unknown\n`);
  process.exit(70);
};

/** Opens the store at `path`, makes it when there is none. Throws `StoreRefusedError`. */
export const openSqliteStore = (options: SqliteStoreOptions): SqliteEventStore =>
  options.readOnly ? openForReading(options.path) : openForWriting(options);

const openForReading = (path: string): SqliteEventStore => {
  const db = openReading(path);
  const meta = readMeta(db);
  if (!meta) {
    db.close();
    throw new StoreRefusedError('NOT_FOUND', `${path} is no event store`);
  }
  return new SqliteStore({ meta: checkFormat(meta, path), reading: db });
};

const openForWriting = (options: SqliteStoreOptions): SqliteEventStore => {
  const { path, clock, lineageId, onFatal = endProcess } = options;
  const opened: { close(): void }[] = [];
  try {
    const lock = takeWriterLock(path);
    opened.push({ close: () => lock.release() });
    const db = openDurable(path);
    opened.push(db);
    const meta = prepareMeta(db, path, {
      simulated: clock.simulated,
      ...(lineageId === undefined ? {} : { lineageId }),
    });
    if (!options.moving) checkStanding(standingOf(readNotes(db)));
    return new SqliteStore({ meta, reading: openReading(path), writing: { db, lock, onFatal } });
  } catch (error) {
    opened.reverse().forEach((one) => one.close());
    throw error;
  }
};

interface Parts {
  readonly meta: StoreMeta;
  readonly reading: Database;
  readonly writing?: { readonly db: Database; readonly lock: WriterLock; readonly onFatal: (error: Error) => void };
}

class SqliteStore implements SqliteEventStore {
  readonly meta: StoreMeta;
  readonly #positions: Positions;
  readonly #reader: SqliteReader;
  /**
   * Streams are read on the connection that writes, where there is one: every commit makes the other connection forget
   * its pages, and under load reading them again costs more than the append. Nothing is open on it between two turns.
   */
  readonly #streams: SqliteReader;
  readonly #queue: AppendQueue | undefined;
  readonly #wakeUp = new WakeUp();
  readonly #closing = new AbortController();
  #seal: string | undefined;
  readonly appendsInOrder = 500;

  constructor(private readonly parts: Parts) {
    this.meta = parts.meta;
    this.#positions = new Positions(parts.meta.storeId);
    this.#reader = new SqliteReader(parts.reading, this.#positions);
    this.#streams = parts.writing ? new SqliteReader(parts.writing.db, this.#positions) : this.#reader;
    if (!parts.writing) return;
    const writer = new SqliteWriter({ ...parts.writing, positions: this.#positions });
    this.#seal = sealOf(standingOf(readNotes(parts.writing.db)));
    this.#queue = new AppendQueue((group) => {
      const results = writer.write(group);
      this.#wakeUp.ring();
      return results;
    });
  }

  async append(stream: string, events: readonly EncodedEvent[], options: { expected: Head }): Promise<AppendResult> {
    if (!this.#queue) throw new StoreFailedError('the store was opened for reading only');
    if (this.#seal !== undefined) throw new StoreFailedError(this.#seal);
    const { expected } = options;
    return this.#queue.push({ stream, events, expected }, checkAppend(stream, events, expected));
  }

  read(stream: string, options?: ReadOptions): Promise<StreamPage> {
    return promised(() => reading(() => this.#streams.read(stream, options)));
  }

  async readAll(options: ReadAllOptions = {}): Promise<AllPage> {
    const page = reading(() => this.#reader.readAll(options));
    // Whoever pages through everything comes back at once: let others have their turn in between.
    if (!page.end) await setImmediate();
    return page;
  }

  subscribe(options: { after?: Position; pageSize?: number; signal: AbortSignal }) {
    return subscription(
      {
        start: (after) => reading(() => this.#positions.parse(after, this.#reader.end())),
        page: (place, limit) => reading(() => this.#reader.page(place, limit)),
        position: (place) => this.#positions.format(place),
        version: () => this.#wakeUp.version,
        changedSince: (version, signal) => this.#changedSince(version, signal),
      },
      { ...options, signal: AbortSignal.any([options.signal, this.#closing.signal]) },
    );
  }

  async #changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.#queue) return this.#wakeUp.changedSince(version, signal);
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => undefined);
  }

  head(): Promise<Position | undefined> {
    return promised(() => {
      const end = reading(() => this.#reader.end());
      return end === 0 ? undefined : this.#positions.format(end);
    });
  }

  notes(): Promise<readonly StoreNote[]> {
    return promised(() => reading(() => readNotes(this.parts.reading)));
  }

  note(note: StoreNote): Promise<void> {
    return promised(() => {
      const db = this.parts.writing?.db;
      if (db === undefined) throw new StoreFailedError('the store was opened for reading only');
      // What was taken in before a seal is written before it.
      this.#queue?.flush();
      addNote(db, note);
      this.#seal = sealOf(standingOf(readNotes(db)));
    });
  }

  pragmas(): { journalMode: string; synchronous: number } {
    const db = this.parts.writing?.db ?? this.parts.reading;
    return {
      journalMode: String(db.pragma('journal_mode', { simple: true })),
      synchronous: Number(db.pragma('synchronous', { simple: true })),
    };
  }

  async backup(target: string): Promise<void> {
    await this.parts.reading.backup(target);
  }

  close(): Promise<void> {
    return promised(() => {
      if (this.#closing.signal.aborted) return;
      this.#queue?.close();
      this.#closing.abort();
      this.parts.reading.close();
      this.parts.writing?.db.close();
      this.parts.writing?.lock.release();
    });
  }
}

/** What SQLite says about a damaged file becomes an error of the port. */
const reading = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const code = sqliteCode(error);
    throw code === '' ? error : new StoreFailedError(`the store can't be read: SQLite says ${code}`, { cause: error });
  }
};
