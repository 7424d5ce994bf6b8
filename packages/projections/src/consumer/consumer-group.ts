import { setImmediate } from 'node:timers/promises';
import { between } from '@aftercare/domain';
import type { Clock, EventStore, Position } from '@aftercare/event-store';
import type { Consumer, ConsumerStatus } from './consumer';
import { feedOf, type Decode } from './feed';
import { Member } from './member';
import { defaultRetries, type RetryPolicy } from './retry-policy';

export interface GroupOptions {
  readonly store: EventStore;
  readonly decode: Decode;
  readonly clock: Clock;
  /** Events per page and per commit; default 500. */
  readonly pageSize?: number;
  readonly retries?: RetryPolicy;
  /** Called when a consumer's state changes, with its name. */
  readonly onChange?: (name: string) => void;
}

/**
 * The consumers of one process behind one reader: each event is read and decoded once however many want it. They move
 * page by page; each commits for itself, and one that fails goes its own way until it has caught up (`Member`).
 */
export class ConsumerGroup {
  readonly #members = new Map<string, Member>();
  #delivered: Position | undefined;
  #running: Promise<void> | undefined;
  #loaded: Promise<void> = Promise.resolve();
  #signal: AbortSignal | undefined;

  constructor(private readonly options: GroupOptions) {}

  /** Adds a consumer. While the group runs, it reads on its own until it has caught up with the others. */
  async add(consumer: Consumer): Promise<void> {
    if (this.#members.has(consumer.name)) throw new Error(`${consumer.name} is in the group twice`);
    const { store, decode, clock, pageSize = 500, retries = defaultRetries, onChange } = this.options;
    const surroundings = {
      store,
      decode,
      clock,
      pageSize,
      retries,
      delivered: () => this.#delivered,
      changed: () => onChange?.(consumer.name),
    };
    const member = new Member(consumer, surroundings);
    this.#members.set(consumer.name, member);
    if (this.#signal) await member.join(this.#signal);
  }

  /** Follows the store until `signal` aborts; what is in progress then is finished and committed. Throws what is fatal. */
  run(signal: AbortSignal): Promise<void> {
    if (!this.#running) {
      this.#loaded = this.#load(signal);
      this.#running = this.#loaded.then(() => this.#follow(signal));
    }
    return this.#running;
  }

  member(name: string): Member {
    const member = this.#members.get(name);
    if (!member) throw new UnknownConsumerError(name);
    return member;
  }

  names(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** Whether `name` has reached `position` within `timeoutMs`. */
  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean> {
    return this.member(name).waitFor(position, timeoutMs);
  }

  /** Resolves when everybody stands at the present head, except who is paused or failing. */
  async reachHead(): Promise<void> {
    await this.#loaded;
    const head = await this.options.store.head();
    if (head === undefined) return;
    const running = (member: Member) => member.fault === undefined && member.state !== 'stopped';
    for (const member of this.#members.values()) while (running(member) && !(await member.waitFor(head, 20)));
  }

  /** Replays a paused consumer from the event it stopped at. False: it was not paused. */
  resume(name: string): boolean {
    return this.member(name).resume();
  }

  /** How far everybody is, measured against the store's head now. */
  async status(): Promise<readonly ConsumerStatus[]> {
    const head = await this.options.store.head();
    const now = this.options.clock.now();
    return [...this.#members.values()].map((member) => statusOf(member, head, now));
  }

  async #load(signal: AbortSignal): Promise<void> {
    for (const member of this.#members.values()) await member.load(signal);
    this.#signal = signal;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const members = [...this.#members.values()];
    const { store, decode, pageSize = 500 } = this.options;
    const after = earliest(members.filter((member) => member.state !== 'paused').map((member) => member.position));
    this.#delivered = after;
    try {
      for await (const page of store.subscribe({ pageSize, signal, ...(after === undefined ? {} : { after }) })) {
        if (page.upTo !== undefined) await this.#deliver({ events: feedOf(page.events, decode), upTo: page.upTo });
        if (page.caughtUp) this.#members.forEach((member) => member.caughtUp());
      }
    } finally {
      for (const member of this.#members.values()) await member.stop();
    }
  }

  /** One after the other, with a turn of the event loop in between: requests must not wait for all of them. */
  async #deliver(page: Parameters<Member['accept']>[0]): Promise<void> {
    this.#delivered = page.upTo;
    for (const member of this.#members.values()) {
      await member.accept(page);
      await setImmediate();
    }
  }
}

/** No consumer has this name. */
export class UnknownConsumerError extends Error {
  override readonly name = 'UnknownConsumerError';
  constructor(readonly consumer: string) {
    super('there is no consumer of this name');
  }
}

const earliest = (positions: readonly (Position | undefined)[]): Position | undefined =>
  positions.reduce(
    (least, position) =>
      least === undefined || position === undefined ? undefined : position < least ? position : least,
    positions[0],
  );

const statusOf = (member: Member, head: Position | undefined, now: string): ConsumerStatus => {
  const { consumer, state, position, fault } = member;
  const behind = head !== undefined && (position === undefined || position < head);
  return {
    name: consumer.name,
    version: consumer.version,
    state,
    ...(position === undefined ? {} : { position }),
    lagEvents: behind ? eventsApart(position, head) : 0,
    lagMs: behind && member.recordedAt !== undefined ? Math.max(0, between(member.recordedAt, now)) : 0,
    ...(fault ? { fault } : {}),
  };
};

/** Embedded positions count events in their last 20 digits; EventStoreDB's (two groups of digits) don't. */
export const eventsApart = (from: Position | undefined, to: Position): number | null => {
  const count = (position: Position) => /^[^-]*-(\d{20})$/.exec(position)?.[1];
  const end = count(to);
  const start = from === undefined ? '0' : count(from);
  return end === undefined || start === undefined ? null : Number(BigInt(end) - BigInt(start));
};
