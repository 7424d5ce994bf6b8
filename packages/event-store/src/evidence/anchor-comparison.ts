import type { EventStore, Position, StoredEvent } from '../port/event-store';
import type { VerifyState } from '../verify/verify';
import { BadCopyError, type AnchorCopies } from './anchor-copies';
import { isAnchorStream } from './anchor-stream';
import type { Finding } from './finding';
import { BrokenHeadError, HeadIndex, type StreamHead } from './head-index';
import type { AnchorEntry } from './ledger';

/** An anchor whose events are not those of the store. */
interface Disagreement {
  readonly anchor: AnchorEntry;
  readonly events: number;
  readonly streams: number;
}

/** Holds each anchor's root against the events, while somebody else walks through the store and checks their chain. */
export class AnchorComparison {
  /** The page that was read last. */
  page: readonly StoredEvent[] = [];
  readonly #index = new HeadIndex();
  /** Those still to come, the oldest first. */
  readonly #due: AnchorEntry[];
  #disagreement: Disagreement | undefined;
  /** The chain is broken here; whoever walks says how. */
  #broken = false;

  constructor(anchors: readonly AnchorEntry[], { links, upTo }: VerifyState) {
    for (const [stream, { revision, hash }] of links) this.#index.seed({ stream, revision, hash });
    this.#due = anchors.filter((anchor) => !this.#isBehind(anchor, upTo));
  }

  /** Events of the store, anchor streams left out. */
  get events(): number {
    return this.#index.events;
  }

  /** The same store, whose pages are looked at on their way. It ends early once an anchor doesn't agree. */
  watch(store: Pick<EventStore, 'readAll'>): Pick<EventStore, 'readAll'> {
    return {
      readAll: async (options) => {
        const page = await store.readAll(options);
        this.page = page.events;
        for (const event of page.events) await this.#next(event);
        return this.#disagreement ? { ...page, end: true } : page;
      },
    };
  }

  /** Also the anchors that lie at the end of the store, or beyond what is left of it; the first that doesn't agree. */
  async end(copies: AnchorCopies | undefined): Promise<Finding | undefined> {
    for (let anchor = this.#due[0]; anchor && !this.#disagreement; anchor = this.#due[0]) await this.#compare(anchor);
    return this.#disagreement && this.#explain(this.#disagreement, copies);
  }

  async #next(event: StoredEvent): Promise<void> {
    if (this.#broken || this.#disagreement) return;
    for (let anchor = this.#due[0]; anchor && this.#isPast(anchor, event); anchor = this.#due[0]) {
      await this.#compare(anchor);
      if (this.#disagreement) return;
    }
    try {
      this.#index.fold(event);
    } catch (error) {
      if (!(error instanceof BrokenHeadError)) throw error;
      this.#broken = true;
    }
  }

  /** Positions compare within one store; in a copy of it the number of events tells the same place. */
  #isPast(anchor: AnchorEntry, { position, stream }: StoredEvent): boolean {
    if (isOfOneStore(anchor.position, position)) return position > anchor.position;
    return !isAnchorStream(stream) && this.#index.events >= anchor.events;
  }

  #isBehind(anchor: AnchorEntry, upTo: Position | undefined): boolean {
    if (upTo === undefined) return false;
    return isOfOneStore(anchor.position, upTo) ? anchor.position <= upTo : anchor.events <= this.#index.events;
  }

  async #compare(anchor: AnchorEntry): Promise<void> {
    this.#due.shift();
    await this.#index.settle();
    const { events, streams } = this.#index;
    if (events !== anchor.events || streams !== anchor.streams || this.#index.root() !== anchor.root)
      this.#disagreement = { anchor, events, streams };
  }

  /** In words, with the stream named where copies list what stood there. */
  async #explain({ anchor, events, streams }: Disagreement, copies: AnchorCopies | undefined): Promise<Finding> {
    const named = copies && (await this.#nameFrom(anchor, copies));
    const about = `anchor ${anchor.number} of ${anchor.time}`;
    if (named) return { ...named, anchor: anchor.number, message: `${named.message} (${about})` };
    const lost = anchor.events - events;
    const [code, what] =
      streams < anchor.streams
        ? ([
            'STREAM_DELETED',
            `${anchor.streams - streams} of ${anchor.streams} streams with ${lost} events are gone`,
          ] as const)
        : lost > 0
          ? (['TAIL_DELETED', `${lost} of ${anchor.events} events are gone from the ends of streams`] as const)
          : lost < 0
            ? (['EVENTS_ADDED', `${-lost} events were put in among those that were anchored`] as const)
            : (['REWRITTEN', 'events were written anew and chained again'] as const);
    return {
      code,
      anchor: anchor.number,
      message: `${about} was taken over something else: ${what}; which stream it is, only copies of the anchors can tell`,
    };
  }

  /** The first stream that doesn't stand where the signed lists say it stood; undefined when they don't tell. */
  async #nameFrom(
    { number }: AnchorEntry,
    copies: AnchorCopies,
  ): Promise<Pick<Finding, 'code' | 'message'> | undefined> {
    const stood = new Map<string, StreamHead>();
    try {
      for await (const { entry, heads } of copies.read()) {
        if (entry.number > number) break;
        for (const head of heads ?? []) stood.set(head.stream, head);
      }
    } catch (error) {
      if (error instanceof BadCopyError) return undefined;
      throw error;
    }
    for (const then of stood.values()) {
      const finding = compared(then, this.#index.headOf(then.stream));
      if (finding) return finding;
    }
    return undefined;
  }
}

/** What was done to a stream that stood at `then`; undefined when it still stands there. */
export const compared = (
  then: StreamHead,
  now: StreamHead | undefined,
): Pick<Finding, 'code' | 'message'> | undefined => {
  const { stream, revision, hash } = then;
  if (!now)
    return { code: 'STREAM_DELETED', message: `${stream} is gone as a whole: it had revisions 0 to ${revision}` };
  if (now.revision < revision)
    return {
      code: 'TAIL_DELETED',
      message: `${stream} ends at revision ${now.revision}, but had revision ${revision}: its newest events were deleted`,
    };
  if (now.revision > revision)
    return {
      code: 'EVENTS_ADDED',
      message: `${stream} had nothing behind revision ${revision}, and now has revision ${now.revision} there`,
    };
  if (now.hash !== hash)
    return {
      code: 'REWRITTEN',
      message: `${stream} was written anew: its chain is whole, but revision ${revision} is not the event that was anchored`,
    };
  return undefined;
};

/** Positions begin with their store's id. */
const isOfOneStore = (a: Position, b: Position): boolean => a.slice(0, a.indexOf('-')) === b.slice(0, b.indexOf('-'));
