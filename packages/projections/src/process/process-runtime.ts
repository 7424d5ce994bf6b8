import { plus, type Instant } from '@aftercare/domain';
import type { Clock } from '@aftercare/event-store';
import {
  defaultRetries,
  delayAfter,
  reasonOf,
  type Consumer,
  type ConsumerFault,
  type RetryPolicy,
} from '../consumer/index';
import type { ViewsDb } from '../sql/schema';
import { OutboxDispatcher, outboxRetries, type SendCommand } from './outbox-dispatcher';
import { ProcessInputs } from './process-inputs';
import { ProcessStore, type OutboxEntry } from './process-store';
import type { AnyProcess } from './reaction';

export interface ProcessRuntimeOptions {
  readonly process: AnyProcess;
  readonly db: ViewsDb;
  readonly clock: Clock;
  readonly send: SendCommand;
  readonly retries?: RetryPolicy;
  /** Instances served side by side; default 16, and 1 under a simulated clock. */
  readonly concurrency?: number;
  /** Looks for something to do at least so often: where others may change what waits. */
  readonly lookEveryMs?: number;
}

/** An alarm on which a process threw: a bug; tried again with back-off. */
export interface WakeFault {
  readonly instance: string;
  readonly reason: string;
  readonly failures: number;
  readonly notBefore: Instant;
}

const WAKES_AT_ONCE = 100;

/**
 * Runs one process manager: its inputs come through the consumer group, its commands leave through the outbox, its alarms
 * ring by the Clock. State, outbox, alarms and position are one commit (architecture §7).
 */
export class ProcessRuntime {
  readonly consumer: Consumer;
  readonly #store: ProcessStore;
  readonly #inputs: ProcessInputs;
  readonly #dispatcher: OutboxDispatcher;
  readonly #clock: Clock;
  readonly #wakeFaults = new Map<string, WakeFault>();
  readonly #lookEveryMs: number | undefined;
  #fault: ConsumerFault | undefined;
  #poke: () => void = () => undefined;
  #cycle: Promise<unknown> = Promise.resolve();
  #caughtUp: () => Promise<boolean> = () => Promise.resolve(false);
  #changes = 0;
  /** Set while nothing is due before `next` and nothing came in; only where time stands still between two looks. */
  #quiet: { readonly next: Instant | undefined } | undefined;

  constructor(options: ProcessRuntimeOptions) {
    const { process, db, clock, send, retries = outboxRetries } = options;
    this.#clock = clock;
    this.#lookEveryMs = options.lookEveryMs;
    this.#store = new ProcessStore(db, process);
    this.#inputs = new ProcessInputs(process, this.#store, clock);
    this.consumer = this.#inputs.consumer(() => this.#changed());
    this.#dispatcher = new OutboxDispatcher({
      process: process.name,
      store: this.#store,
      inputs: this.#inputs,
      send,
      clock,
      retries,
      concurrency: options.concurrency ?? (clock.simulated ? 1 : 16),
    });
  }

  get name(): string {
    return this.consumer.name;
  }

  /** Why nothing gets out at present: its tables can't be read or written. Goes away by itself. */
  get fault(): ConsumerFault | undefined {
    return this.#fault;
  }

  /**
   * Tells the runtime how to know that its consumer has read everything there is (it may wait a moment for that). Until
   * then no alarm rings: after downtime the backlog may hold what the alarm was waiting for.
   */
  watch(caughtUp: () => Promise<boolean>): void {
    this.#caughtUp = caughtUp;
  }

  /** Sends, rings and waits until `signal` aborts; the step in progress then is finished. */
  async run(signal: AbortSignal): Promise<void> {
    // One listener for the whole run: whatever it sleeps for, the end pokes it awake.
    signal.addEventListener('abort', () => this.#poke(), { once: true });
    while (!signal.aborted) {
      const poked = new Promise<void>((resolve) => {
        this.#poke = resolve;
      });
      try {
        await this.doDue(signal);
        this.#fault = undefined;
        await this.#untilNext(poked, signal);
      } catch (error) {
        await this.#waitAfter(error, signal);
      }
    }
    await this.#cycle;
  }

  /** Everything that is due now: commands, then alarms if the backlog is read, then their commands. True: something was. */
  doDue(signal?: AbortSignal): Promise<boolean> {
    const done = this.#cycle.then(async () => {
      if (this.#isQuiet()) return false;
      const changes = this.#changes;
      const sent = await this.#dispatcher.drain(signal);
      const rung = await this.#ring(signal);
      if (sent + rung === 0) await this.#noteQuiet(changes);
      return sent + rung > 0;
    });
    this.#cycle = done.catch(() => undefined);
    return done;
  }

  /** Commands that kept failing and wait for a person. */
  parked(): Promise<readonly OutboxEntry[]> {
    return this.#store.parked();
  }

  /** Tries a parked command again. False: there is none of this id. */
  async retry(commandId: string): Promise<boolean> {
    const found = await this.#store.unpark(commandId, this.#clock.now());
    this.#changed();
    return found;
  }

  /** The next instant at which there is something to do; past: now. */
  async nextDue(): Promise<Instant | undefined> {
    if (this.#isQuiet()) return this.#quiet?.next;
    const faults = this.wakeFaults().map((fault) => fault.notBefore);
    const all = [await this.#store.nextTry(), ...faults, await this.#store.nextWake()];
    return all.filter((at): at is Instant => at !== undefined).sort()[0];
  }

  /** Alarms on which the process threw. */
  wakeFaults(): readonly WakeFault[] {
    return [...this.#wakeFaults.values()];
  }

  #changed(): void {
    this.#changes += 1;
    this.#quiet = undefined;
    this.#poke();
  }

  /** A simulated story looks after each of its steps: asking the database that often took a fifth of its time. */
  #isQuiet(): boolean {
    return this.#quiet !== undefined && (this.#quiet.next === undefined || this.#quiet.next > this.#clock.now());
  }

  async #noteQuiet(changes: number): Promise<void> {
    if (!this.#clock.simulated) return;
    const next = await this.nextDue();
    // What came in while this was asked may be due at once.
    if (changes === this.#changes) this.#quiet = { next };
  }

  async #ring(signal?: AbortSignal): Promise<number> {
    let rung = 0;
    const now = this.#clock.now();
    const due = await this.#store.wakesDue(now, WAKES_AT_ONCE);
    const ringing = new Set(due.map((wake) => wake.instance));
    for (const instance of this.#wakeFaults.keys()) if (!ringing.has(instance)) this.#wakeFaults.delete(instance);
    for (const { instance, at } of due) {
      if (signal?.aborted || (this.#wakeFaults.get(instance)?.notBefore ?? '') > now) continue;
      // Asked each time: what an alarm before it set off may be an event that this one has to know.
      if (!(await this.#caughtUp())) break;
      if (await this.#rings(instance, at)) rung += 1;
    }
    return rung;
  }

  async #rings(instance: string, at: Instant): Promise<boolean> {
    try {
      await this.#inputs.wake(instance, at);
      this.#wakeFaults.delete(instance);
      await this.#dispatcher.drain();
      return true;
    } catch (error) {
      const failures = (this.#wakeFaults.get(instance)?.failures ?? 0) + 1;
      const notBefore = plus(this.#clock.now(), delayAfter(failures, outboxRetries));
      this.#wakeFaults.set(instance, { instance, reason: reasonOf(error), failures, notBefore });
      return false;
    }
  }

  /** A database that is away comes back: until then the loop must not end. */
  async #waitAfter(error: unknown, signal: AbortSignal): Promise<void> {
    const failures = (this.#fault?.failures ?? 0) + 1;
    this.#fault = { reason: reasonOf(error), at: this.#clock.now(), failures };
    const until = plus(this.#clock.now(), delayAfter(failures, defaultRetries));
    await this.#clock.sleepUntil(until, signal).catch(() => undefined);
  }

  async #untilNext(poked: Promise<void>, signal: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const next = await this.nextDue();
    // A due alarm that did not ring waits for the backlog: looked at again in a moment.
    const due = next === undefined ? undefined : next > now ? next : plus(now, 250);
    const look = this.#lookEveryMs === undefined ? undefined : plus(now, this.#lookEveryMs);
    const until = due === undefined || (look !== undefined && look < due) ? look : due;
    if (signal.aborted) return;
    const awake = new AbortController();
    const sleep = until === undefined ? poked : this.#clock.sleepUntil(until, awake.signal).catch(() => undefined);
    await Promise.race([poked, sleep]);
    awake.abort();
  }
}
