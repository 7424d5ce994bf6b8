import { checkAppend } from '../adapter/limits';
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
  type SubscriptionPage,
} from '../port/event-store';
import { checkStanding, sealOf, standingOf, type MovableStore, type StoreNote } from '../port/movable-store';
import { takeLink } from './client-link';
import { readError } from './esdb-errors';
import type { EsdbLink, LogPosition } from './esdb-link';
import { EsdbLog } from './esdb-log';
import { prepareMeta } from './esdb-meta';
import { addNote, readNotes } from './esdb-notes';
import { EsdbPositions } from './esdb-positions';
import { EsdbStreams } from './esdb-streams';
import { EsdbSubscription, PATIENCE, type Patience } from './esdb-subscription';
import { EsdbWriter } from './esdb-writer';
import { KnownHeads } from './known-heads';

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true`, or several hosts of one cluster; passed to the official client as it is. */
  readonly connectionString: string;
  readonly clock: Pick<Clock, 'simulated'>;
  /** Of a new store; an existing one must have it. */
  readonly lineageId?: string;
  /** Refuses a server that holds no store, where it would make one. */
  readonly existing?: boolean;
  /** For the copy: opens also what is sealed or only partly filled. */
  readonly moving?: boolean;
  /** How long an append may take before its outcome counts as unknown; 5 s. */
  readonly deadlineMs?: number;
}

/**
 * Opens the store in an EventStoreDB (23.10 or 24.x), makes it when the server holds none. Throws `StoreRefusedError`
 * for a store that does not fit and `StoreBusyError` when the server does not answer.
 */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<MovableStore> =>
  openOn(takeLink(options.connectionString), options);

/** Errors that say already what there is to say. */
const OURS: readonly string[] = ['StoreRefusedError', 'StoreFailedError', 'StoreBusyError', 'OutcomeUnknownError'];

export interface OpenOnOptions extends Omit<EventStoreDbOptions, 'connectionString'> {
  readonly patience?: Partial<Patience>;
}

/** The same on a link that is already there. */
export const openOn = async (link: EsdbLink, options: OpenOnOptions): Promise<MovableStore> => {
  const { clock, lineageId, existing = false } = options;
  try {
    const meta = await prepareMeta(link, {
      simulated: clock.simulated,
      existing,
      ...(lineageId === undefined ? {} : { lineageId }),
    });
    const standing = standingOf(await readNotes(link));
    if (!options.moving) checkStanding(standing);
    const positions = new EsdbPositions(meta.storeId);
    const log = new EsdbLog(link, positions);
    return new EventStoreDbStore(meta, { link, positions, log, end: await log.end(), seal: sealOf(standing) }, options);
  } catch (error) {
    await link.dispose();
    throw error instanceof Error && OURS.includes(error.name) ? error : readError(error);
  }
};

interface Parts {
  readonly link: EsdbLink;
  readonly positions: EsdbPositions;
  readonly log: EsdbLog;
  readonly end: LogPosition;
  readonly seal: string | undefined;
}

class EventStoreDbStore implements MovableStore {
  /** Only one after the other are appends to different streams certain to keep their order. */
  readonly appendsInOrder = 1;
  #seal: string | undefined;
  readonly #streams: EsdbStreams;
  readonly #writer: EsdbWriter;
  readonly #heads = new KnownHeads();
  readonly #closing = new AbortController();
  readonly #patience: Patience;

  constructor(
    readonly meta: StoreMeta,
    private readonly parts: Parts,
    options: OpenOnOptions,
  ) {
    this.#seal = parts.seal;
    this.#streams = new EsdbStreams(parts.link, parts.positions);
    this.#patience = { ...PATIENCE, ...options.patience };
    this.#writer = new EsdbWriter({
      ...parts,
      streams: this.#streams,
      heads: this.#heads,
      noted: () => void this.#readSeal().catch(() => undefined),
      deadlineMs: options.deadlineMs ?? 5_000,
    });
  }

  async append(stream: string, events: readonly EncodedEvent[], options: { expected: Head }): Promise<AppendResult> {
    if (this.#seal !== undefined) throw new StoreFailedError(this.#seal);
    const { expected } = options;
    return this.#writer.append({ stream, events, expected }, checkAppend(stream, events, expected));
  }

  async read(stream: string, options?: ReadOptions): Promise<StreamPage> {
    const page = await this.#streams.read(stream, options);
    if (page.head !== 'none') this.#heads.saw(stream, page.head);
    return page;
  }

  readAll(options?: ReadAllOptions): Promise<AllPage> {
    return this.parts.log.readAll(options);
  }

  async *subscribe(options: {
    after?: Position;
    pageSize?: number;
    signal: AbortSignal;
  }): AsyncGenerator<SubscriptionPage, void, undefined> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    if (signal.aborted) return;
    const after = await this.parts.log.place(options.after);
    yield* new EsdbSubscription(
      { ...this.parts, patience: this.#patience },
      { after, pageSize: options.pageSize ?? 1_000, signal },
    ).pages();
  }

  notes(): Promise<readonly StoreNote[]> {
    return readNotes(this.parts.link);
  }

  async note(note: StoreNote): Promise<void> {
    await addNote(this.parts.link, note);
    await this.#readSeal();
  }

  /** Also when another process has sealed the store: this one may go on running. */
  async #readSeal(): Promise<void> {
    this.#seal = sealOf(standingOf(await this.notes()));
  }

  head(): Promise<Position | undefined> {
    return this.parts.log.head();
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await this.#writer.close();
    await this.parts.link.dispose();
  }
}
