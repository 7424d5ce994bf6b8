import { setImmediate } from 'node:timers/promises';
import { plus } from '@aftercare/domain';
import { UnknownPositionError, type Clock, type EventStore, type Position } from '@aftercare/event-store';
import { NOTHING_CAME_OF_IT, type Consumer, type ConsumerFault, type ConsumerState } from './consumer';
import { feedOf, wantedBy, type Decode, type FeedEvent, type FeedPage } from './feed';
import { CheckpointMovedError, PoisonEventError, reasonOf } from './poison';
import { delayAfter, type RetryPolicy } from './retry-policy';
import { WaitingRoom } from './waiting-room';

/** What a member shares with the others of its group. */
export interface Surroundings {
  readonly store: Pick<EventStore, 'readAll' | 'head'>;
  readonly decode: Decode;
  readonly clock: Clock;
  readonly retries: RetryPolicy;
  readonly pageSize: number;
  /** Where the shared reader is: a member that reads on its own joins again once it stands there. */
  delivered(): Position | undefined;
  changed(): void;
}

/** Saving a position costs a commit: pages without anything for a consumer are saved only now and then. */
const SAVE_AFTER_SKIPPED = 1_000;

/**
 * One consumer in a group. It takes the shared reader's pages as long as all goes well. When something fails it leaves
 * the others alone, reads from its own position, and joins again when it has caught up: a poison event stops only the
 * consumer that can't digest it, and a slow start holds nobody up.
 */
export class Member {
  #position: Position | undefined;
  #saved: Position | undefined;
  #skipped = 0;
  #shared = false;
  #state: ConsumerState = 'stopped';
  #fault: ConsumerFault | undefined;
  #recordedAt: string | undefined;
  #work: Promise<void> = Promise.resolve();
  #own: Promise<void> | undefined;
  #signal: AbortSignal = AbortSignal.abort();
  #resume: (() => void) | undefined;
  readonly #waiting = new WaitingRoom();

  constructor(
    public consumer: Consumer,
    private readonly around: Surroundings,
  ) {}

  get position(): Position | undefined {
    return this.#position;
  }
  get state(): ConsumerState {
    return this.#state;
  }
  get fault(): ConsumerFault | undefined {
    return this.#fault;
  }
  /** recordedAt of the last event that was taken. */
  get recordedAt(): string | undefined {
    return this.#recordedAt;
  }

  /** Reads the saved position; a position that the store doesn't know pauses the consumer (a restored, older store). */
  async load(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    await this.#reload();
    try {
      if (this.#position !== undefined) await this.around.store.readAll({ after: this.#position, limit: 1 });
      this.#shared = true;
      this.#become('catching-up');
    } catch (error) {
      if (!(error instanceof UnknownPositionError)) throw error;
      this.#shared = false;
      this.#fault = this.#faultOf(error, 1, 'its position is not one of this store: rebuild it');
      this.#become('paused');
    }
  }

  /** The same for a member that comes while the others are running. */
  async join(signal: AbortSignal): Promise<void> {
    await this.load(signal);
    if (this.#shared) this.#readAlone(undefined);
  }

  /** A page of the shared reader; never throws. */
  async accept(page: FeedPage): Promise<void> {
    if (!this.#shared) return;
    await this.#exclusively(() => this.#take(page)).catch((error: unknown) => this.#readAlone(error));
  }

  /** The shared reader found nothing left. */
  caughtUp(): void {
    if (this.#shared && this.#state === 'catching-up') this.#become('live');
  }

  /** Whether `position` was reached within `timeoutMs`. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#position !== undefined && this.#position >= position) return Promise.resolve(true);
    return this.#waiting.wait(position, timeoutMs);
  }

  /** Goes on from where it paused. False: it was not paused. */
  resume(): boolean {
    if (this.#state !== 'paused') return false;
    if (this.#resume) this.#resume();
    else void this.join(this.#signal);
    return true;
  }

  /** Stands still between two pages while `exchange` runs, then goes on with the consumer that it returns. */
  async replace(exchange: () => Promise<Consumer>): Promise<void> {
    this.#shared = false;
    await this.#exclusively(async () => {
      this.consumer = await exchange();
      await this.#reload();
      this.#fault = undefined;
    });
    if (this.#resume) this.#resume();
    else if (!this.#own) this.#readAlone(undefined);
    if (this.#position !== undefined) this.#waiting.reached(this.#position);
  }

  /** Lets the page in progress finish and saves the position. */
  async stop(): Promise<void> {
    this.#shared = false;
    this.#resume?.();
    await this.#own;
    await this.#exclusively(() => this.#savePosition()).catch((error: unknown) => {
      this.#fault = this.#faultOf(error, 1);
    });
    this.#waiting.close();
    this.#become('stopped');
  }

  async #take(page: FeedPage): Promise<void> {
    const wanted = wantedBy(this.consumer, page.events, this.#position);
    if (this.#position !== undefined && page.upTo <= this.#position) return;
    const saved = wanted.length > 0 && (await this.#takeOrStopBefore(wanted, page.upTo));
    this.#moved(page.upTo, page.events.at(-1));
    if (saved) return;
    this.#skipped += page.events.length;
    if (this.#skipped >= SAVE_AFTER_SKIPPED) await this.#savePosition();
  }

  /**
   * True: committed with its position. What stands before an event that can't be digested is good and is kept; the position
   * then points right at it.
   */
  async #takeOrStopBefore(wanted: readonly FeedEvent[], upTo: Position): Promise<boolean> {
    try {
      const taken = await this.consumer.take(
        wanted.map((event) => event.read()),
        upTo,
      );
      if (taken === NOTHING_CAME_OF_IT) return false;
      this.#saved = upTo;
      this.#skipped = 0;
      return true;
    } catch (error) {
      if (error instanceof PoisonEventError) {
        const good = wanted.filter(({ stored }) => stored.position < error.place.position);
        const last = good.at(-1);
        if (last) {
          await this.#takeOrStopBefore(good, last.stored.position);
          this.#moved(last.stored.position, last);
        }
      }
      throw error;
    }
  }

  #moved(upTo: Position, last: FeedEvent | undefined): void {
    this.#position = upTo;
    this.#fault = undefined;
    if (last) this.#recordedAt = recordedAtOf(last);
    this.#waiting.reached(upTo);
  }

  async #savePosition(): Promise<void> {
    if (this.#position === undefined || this.#position === this.#saved || this.#state === 'stopped') return;
    await this.consumer.take([], this.#position);
    this.#saved = this.#position;
    this.#skipped = 0;
  }

  /** Somebody else moved the checkpoint: what stands in the rows now is the truth. */
  async #reload(): Promise<void> {
    this.#position = this.#saved = await this.consumer.position();
    this.#skipped = 0;
  }

  #readAlone(error: unknown): void {
    this.#shared = false;
    this.#own = this.#catchUpAlone(error).finally(() => {
      this.#own = undefined;
    });
  }

  async #catchUpAlone(first: unknown): Promise<void> {
    let error = first;
    if (this.#state !== 'paused') this.#become('catching-up');
    while (!this.#signal.aborted) {
      if (error !== undefined) await this.#waitAfter(error);
      if (this.#signal.aborted) return;
      try {
        if (await this.#exclusively(() => this.#ownPage())) return;
        error = undefined;
        await setImmediate();
      } catch (caught) {
        error = caught;
        if (caught instanceof CheckpointMovedError)
          await this.#exclusively(() => this.#reload()).catch(() => undefined);
      }
    }
  }

  /** True: stands where the shared reader stands and has joined it. */
  async #ownPage(): Promise<boolean> {
    const { store, decode, pageSize } = this.around;
    const after = this.#position;
    const page = await store.readAll({
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
      ...(this.consumer.types ? { types: [...this.consumer.types] } : {}),
    });
    if (page.upTo !== undefined) await this.#take({ events: feedOf(page.events, decode), upTo: page.upTo });
    const delivered = this.around.delivered();
    if (!page.end || (delivered !== undefined && (this.#position === undefined || this.#position < delivered)))
      return false;
    this.#shared = true;
    this.#become('live');
    return true;
  }

  async #waitAfter(error: unknown): Promise<void> {
    const { clock, retries } = this.around;
    const failures = (this.#fault?.failures ?? 0) + 1;
    this.#fault = this.#faultOf(error, failures);
    const poison = error instanceof PoisonEventError;
    if (poison && failures >= retries.attempts) return this.#pauseUntilResumed();
    this.around.changed();
    await clock.sleepUntil(plus(clock.now(), delayAfter(failures, retries)), this.#signal).catch(() => undefined);
  }

  async #pauseUntilResumed(): Promise<void> {
    this.#become('paused');
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      this.#signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.#resume = undefined;
    this.#fault = undefined;
    this.#become('catching-up');
  }

  #faultOf(error: unknown, failures: number, reason = reasonOf(error)): ConsumerFault {
    const at = this.around.clock.now();
    return { reason, at, failures, ...(error instanceof PoisonEventError ? { event: error.place } : {}) };
  }

  #become(state: ConsumerState): void {
    this.#state = state;
    this.around.changed();
  }

  /** One thing at a time: a page, a replacement, the last save. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work);
    this.#work = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}

/** Only the envelope is looked at: an event that nobody wanted is not worth decoding. */
const recordedAtOf = ({ stored }: FeedEvent): string | undefined => /"recordedAt":"([^"]+)"/.exec(stored.metadata)?.[1];
