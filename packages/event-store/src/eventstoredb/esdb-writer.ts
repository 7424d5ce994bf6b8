import { judgeAppend } from '../adapter/judge-append';
import type { AppendRequest } from '../adapter/append-queue';
import { headAfter, storedHash } from '../codec/hash-chain';
import {
  OutcomeUnknownError,
  StoreFailedError,
  type AppendResult,
  type Head,
  type StoredEvent,
} from '../port/event-store';
import { Places } from './append-places';
import { appendError, clientReconnects, failureOf } from './esdb-errors';
import { EsdbFeed } from './esdb-feed';
import type { EsdbLink, LogPosition } from './esdb-link';
import type { EsdbLog } from './esdb-log';
import type { EsdbPositions } from './esdb-positions';
import { toServer } from './esdb-record';
import type { EsdbStreams } from './esdb-streams';
import type { KnownHeads } from './known-heads';

export interface WriterParts {
  readonly link: EsdbLink;
  readonly streams: EsdbStreams;
  readonly log: Pick<EsdbLog, 'saw'>;
  readonly positions: EsdbPositions;
  readonly heads: KnownHeads;
  /** Where the log ended when the store was opened. */
  readonly end: LogPosition;
  /** Called when something was noted of the store as a whole. */
  readonly noted?: () => void;
  /** How long an append may take before its outcome counts as unknown. */
  readonly deadlineMs: number;
}

/** Appends, each judged by revision (the server) and by ids and hash (here). */
export class EsdbWriter {
  readonly #places = new Places();
  readonly #feed: EsdbFeed;
  #renewing: Promise<void> | undefined;

  constructor(private readonly parts: WriterParts) {
    this.#feed = new EsdbFeed(parts.link, parts.end, parts.noted);
  }

  append(request: AppendRequest, bytes: number): Promise<AppendResult> {
    return this.#places.inTurn(request.stream, bytes, (entered) => this.#append(request, entered));
  }

  /** Waits for what was taken in; afterwards nothing is. */
  async close(): Promise<void> {
    await this.#places.close();
    await this.#feed.close();
  }

  async #append(request: AppendRequest, entered: <T>(send: () => Promise<T>) => Promise<T>): Promise<AppendResult> {
    const { heads, link } = this.parts;
    const { stream, expected, events } = request;
    const outgoing = events.map(toServer);
    if (heads.judge(stream, expected) !== 'at') {
      const verdict = await this.#judge(request);
      if (verdict !== 'write') return verdict;
    }
    const revision = expected === 'none' ? 'no_stream' : BigInt(expected.revision);
    let position: LogPosition | undefined;
    try {
      ({ position } = await entered(() => this.#inTime(link.append(stream, outgoing, revision))));
    } catch (error) {
      heads.doubt(stream);
      if (failureOf(error) === 'wrong-revision') return this.#refused(request);
      throw this.#failed(error);
    }
    return this.#acknowledged(request, position).catch((error: unknown) => {
      heads.doubt(stream);
      throw new OutcomeUnknownError('EventStoreDB does not show what it acknowledged', { cause: error });
    });
  }

  #failed(error: unknown): Error {
    if (error instanceof OutcomeUnknownError || error instanceof StoreFailedError) return error;
    if (failureOf(error) === 'transient' && !clientReconnects(error)) this.#renew();
    return appendError(error);
  }

  /** The server has no word of its own for a repeat: "written" holds for both. */
  async #acknowledged(request: AppendRequest, position: LogPosition | undefined): Promise<AppendResult> {
    const { positions, log, heads } = this.parts;
    const sent = request.events.at(-1)!;
    const hash = storedHash(sent.metadata);
    if (position !== undefined && hash !== undefined && (await this.#feed.hashAt(position)) === hash) {
      log.saw(position);
      heads.saw(request.stream, headAfter(sent) as Exclude<Head, 'none'>);
      return { status: 'appended', revision: sent.revision, position: positions.format(position) };
    }
    const there = await this.#stored(request.stream, sent.revision);
    if (there === undefined) throw new Error('the acknowledged event is not there');
    const status = hash !== undefined && storedHash(there.metadata) === hash ? 'appended' : 'repeated';
    return { status, revision: sent.revision, position: there.position };
  }

  async #refused(request: AppendRequest): Promise<AppendResult> {
    const verdict = await this.#judge(request);
    if (verdict !== 'write') return verdict;
    throw new OutcomeUnknownError('EventStoreDB refused a revision that it shows: it may be changing its leader');
  }

  /**
   * By what the stream holds: a repeat only if exactly these ids stand behind exactly that head. The server compares
   * revisions and ids, never the history before them.
   */
  async #judge(request: AppendRequest): Promise<'write' | AppendResult> {
    const { streams, heads } = this.parts;
    const { stream, events, expected } = request;
    const head = await streams.head(stream);
    if (head !== 'none') heads.saw(stream, head);
    const first = expected === 'none' ? 0 : expected.revision;
    const there = await streams.events(stream, { from: BigInt(first), count: events.length + 1 });
    const before = expected === 'none' ? 'none' : there[0] ? headAfter(there[0]) : 'none';
    const sameHistory = expected === 'none' || (before !== 'none' && before.hash === expected.hash);
    return judgeAppend(
      {
        head: () => head,
        idsFrom: (_, from, count) => (sameHistory ? there.filter(within(from, count)) : []),
      },
      request,
    );
  }

  async #stored(stream: string, revision: number): Promise<StoredEvent | undefined> {
    const [event] = await this.parts.streams.events(stream, { from: BigInt(revision), count: 1 });
    return event;
  }

  /** A deadline of our own: the client's ends at the server, and a connection that died never answers. */
  #inTime<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#renew();
        reject(new OutcomeUnknownError('EventStoreDB did not answer an append in time'));
      }, this.parts.deadlineMs);
      call.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /** After errors that the client does not recover from by itself it would give the same answer for ever. */
  #renew(): void {
    this.#renewing ??= this.parts.link.renew().finally(() => {
      this.#renewing = undefined;
    });
  }
}

const within =
  (from: number, count: number) =>
  ({ revision }: StoredEvent): boolean =>
    revision >= from && revision < from + count;
