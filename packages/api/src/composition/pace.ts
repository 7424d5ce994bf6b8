import { setTimeout as sleep } from 'node:timers/promises';
import { millisOf, type Instant } from '@aftercare/domain';
import type { Clock, EventStore, SubscriptionPage } from '@aftercare/event-store';
import { Admission } from './admission';

/** With so few requests at once nobody waits for anybody. */
const FEW = 4;
/** An event may be so old before creating requests wait for read models; a page under way takes about as long again. */
const MOST_UNSEEN_MS = 400;
/** The same for a process's command that is due. */
const MOST_UNDONE_MS = 800;
/** While many requests are being answered, what is younger than this waits: larger pages cost less each. */
const HOLD_MS = 150;
const STEP_MS = 20;
/**
 * So many creations may be on their way to the read models however old they are: where a disk is slow, each page takes long
 * whatever it holds, and fewer requests would not make it faster. Together they are less than a page.
 */
const FEW_UNSEEN = 24;
/** A command that was carried tells for so long how far behind the outboxes are. */
const TOLD_MS = 250;

/**
 * Shares one process between people and what follows the log. A burst of requests goes first, for a moment; under lasting
 * load creating requests wait at the door (`admit`) until read models and processes have caught up with them: a queue that
 * shows a ticket late is worse than an answer that comes a little later. Somebody who waits for a read model
 * (`Aftercare-Min-Position`) ends the hold.
 */
export class Pace {
  private inFlight = 0;
  private waiters = 0;
  /** Instant of the oldest event that read models were not shown yet; undefined: none. */
  private oldest: Instant | undefined;
  /** False until everything that was there at the start has been read: nobody waits for a backlog of hours. */
  private live = false;
  private carried = { at: Number.NEGATIVE_INFINITY, age: 0 };
  private admitted = 0;
  /** Of the admitted, those who came before the page that was shown last. */
  private seen = 0;
  private readonly door = new Admission(() => this.tooFarBehind);

  constructor(private readonly clock: Pick<Clock, 'now' | 'simulated'>) {}

  /** Requests that are being answered, those at the door included. */
  get requests(): number {
    return this.inFlight;
  }

  /** How old the oldest thing is that followers of the log have not seen or done, in ms; 0 while they read a backlog. */
  get behind(): number {
    return Math.max(this.unseenMs, this.undoneMs);
  }

  requestStarted(): void {
    this.inFlight += 1;
  }

  requestEnded(): void {
    this.inFlight = Math.max(0, this.inFlight - 1);
  }

  /** Resolves when a creating request may go on. Throws 503 when too many wait. */
  async admit(): Promise<void> {
    await this.door.enter();
    this.admitted += 1;
  }

  /** While `work` runs, read models don't wait. */
  async urgently<T>(work: () => Promise<T>): Promise<T> {
    this.waiters += 1;
    try {
      return await work();
    } finally {
      this.waiters -= 1;
    }
  }

  /** Resolves when it is the turn of a process's command, which was due since `since`. */
  async carry(since: Instant): Promise<void> {
    await this.turn(since);
    const now = millisOf(this.clock.now());
    this.carried = { at: now, age: now - millisOf(since) };
  }

  /** Hands a page on when it is its turn, and knows until the next one is asked for that it is not yet shown. */
  async *shown(page: SubscriptionPage, signal?: AbortSignal): AsyncGenerator<SubscriptionPage, void, undefined> {
    const [first] = page.events;
    if (first) {
      this.oldest = recordedAtOf(first.metadata);
      // A full page gains nothing by waiting.
      if (page.caughtUp) await this.turn(this.oldest, signal);
    }
    const { admitted } = this;
    yield page;
    this.seen = admitted;
    this.live ||= page.caughtUp;
    this.oldest = page.caughtUp ? undefined : recordedAtOf(page.events.at(-1)?.metadata);
  }

  /** Nobody follows the log here any more: what is behind is somebody else's matter. */
  ended(): void {
    this.oldest = undefined;
    this.live = false;
  }

  /** A moment for requests while there are many, counted from `since`. */
  private async turn(since: Instant | undefined, signal?: AbortSignal): Promise<void> {
    if (since === undefined || this.clock.simulated) return;
    const until = millisOf(since) + HOLD_MS;
    while (this.requestsGoFirst && millisOf(this.clock.now()) < until && !signal?.aborted) await sleep(STEP_MS);
  }

  private get tooFarBehind(): boolean {
    const unseen = this.admitted - this.seen >= FEW_UNSEEN && this.unseenMs > MOST_UNSEEN_MS;
    return unseen || this.undoneMs > MOST_UNDONE_MS;
  }

  private get unseenMs(): number {
    return this.oldest === undefined || !this.live ? 0 : this.ageOf(this.oldest);
  }

  private get undoneMs(): number {
    if (!this.live || this.clock.simulated) return 0;
    return millisOf(this.clock.now()) - this.carried.at < TOLD_MS ? this.carried.age : 0;
  }

  private ageOf(at: Instant): number {
    return this.clock.simulated ? 0 : millisOf(this.clock.now()) - millisOf(at);
  }

  private get requestsGoFirst(): boolean {
    // Whoever waits at the door waits for the read models.
    return this.inFlight > FEW && this.door.waiting === 0 && this.waiters === 0;
  }
}

/** Only the envelope is looked at: the page is decoded by whoever wants it. */
const recordedAtOf = (metadata: string | undefined): Instant | undefined =>
  metadata === undefined ? undefined : /"recordedAt":"([^"]+)"/.exec(metadata)?.[1];

/** The same store, whose subscription hands out its pages when it is their turn. */
export const paced = (store: EventStore, pace: Pace): EventStore => ({
  meta: store.meta,
  read: (stream, options) => store.read(stream, options),
  readAll: (options) => store.readAll(options),
  append: (stream, events, options) => store.append(stream, events, options),
  head: () => store.head(),
  close: () => store.close(),
  async *subscribe(options) {
    try {
      for await (const page of store.subscribe(options)) yield* pace.shown(page, options.signal);
    } finally {
      pace.ended();
    }
  },
});
