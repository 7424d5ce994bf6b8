import { EventEmitter } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import type {
  AllRead,
  AllSubscription,
  Delivered,
  EsdbLink,
  IncomingEvent,
  LogPosition,
  OutgoingEvent,
  Reading,
  StreamRead,
} from './esdb-link';

/** Errors as the client throws them. */
export const clientError = (type: string, more: object = {}): Error =>
  Object.assign(new Error(type), { type, ...more });

/** What becomes of an append: the server's answer, an error before or after writing, or no answer at all. */
export type AppendFate = { readonly write: boolean; readonly answer: 'success' | 'silence' | Error };

export interface SeenAppend {
  readonly stream: string;
  readonly events: readonly OutgoingEvent[];
  readonly expected: bigint | 'no_stream';
}

/** One open subscription, to be fed, broken or ended by a test. */
export class FakeSubscription {
  readonly stream = new PassThrough({ objectMode: true, highWaterMark: 1_000 });
  cancelled = false;

  constructor(readonly asked: AllSubscription) {}

  deliver(event: IncomingEvent): void {
    if (!this.stream.destroyed && !this.cancelled) this.stream.write({ event } satisfies Delivered);
  }

  /** As the client does it: the stream itself is not destroyed. */
  fail(error: Error): void {
    this.stream.emit('error', error);
  }
}

/** EventStoreDB as far as the adapter sees it through the client, the client's odd ways included. */
export class FakeServer implements EsdbLink {
  readonly log: IncomingEvent[] = [];
  readonly appends: SeenAppend[] = [];
  readonly subscriptions: FakeSubscription[] = [];
  readonly opened = new EventEmitter();
  /** Fates of the appends to come; afterwards all succeed. */
  readonly fates: AppendFate[] = [];
  /** Errors of the subscriptions to come, right after they were opened. */
  readonly refusals: Error[] = [];
  /** Events reach open subscriptions as they are written. */
  live = true;
  renewed = 0;
  disposed = 0;
  #next = 100n;

  append(stream: string, events: readonly OutgoingEvent[], expected: bigint | 'no_stream') {
    this.appends.push({ stream, events, expected });
    if (stream === 'aftercare_store_meta') return this.#written(stream, events, expected);
    const fate = this.fates.shift() ?? { write: true, answer: 'success' };
    const result = fate.write ? this.#written(stream, events, expected) : Promise.resolve({});
    if (fate.answer === 'success') return result;
    if (fate.answer === 'silence') return new Promise<never>(() => undefined);
    result.catch(() => undefined);
    return Promise.reject(fate.answer);
  }

  /** Revisions only, and "written" for ids that stand there already. */
  #written(stream: string, events: readonly OutgoingEvent[], expected: bigint | 'no_stream') {
    const there = this.log.filter((event) => event.streamId === stream);
    const from = expected === 'no_stream' ? 0 : Number(expected) + 1;
    if (from !== there.length) {
      const same = events.every((event, index) => there[from + index]?.id === event.id);
      if (same) return Promise.resolve({ position: there[from + events.length - 1]!.position });
      const actualVersion = there.length === 0 ? 'no_stream' : BigInt(there.length - 1);
      return Promise.reject(clientError('wrong-expected-version', { actualVersion }));
    }
    events.forEach((event) => this.put(stream, event));
    return Promise.resolve({ position: this.log.at(-1)!.position });
  }

  /** Puts an event at the end of the log, whoever wrote it. `prepare` stands apart from `commit`. */
  put(stream: string, event: Pick<OutgoingEvent, 'id' | 'type'> & { data: unknown; metadata: unknown }): LogPosition {
    this.#next += 100n;
    const position = { commit: this.#next, prepare: this.#next - 7n };
    const { metadata } = event;
    const stored: IncomingEvent = {
      streamId: stream,
      id: event.id,
      revision: BigInt(this.log.filter((one) => one.streamId === stream).length),
      type: event.type,
      data: event.data,
      metadata: metadata instanceof Uint8Array ? parsedOrBytes(metadata) : metadata,
      created: 0,
      position,
    };
    this.log.push(stored);
    if (this.live && stream[0] !== '$') this.subscriptions.forEach((one) => one.deliver(stored));
    return position;
  }

  readStream(stream: string, { from, count, backward = false }: StreamRead): Reading {
    const there = this.log.filter((event) => event.streamId === stream);
    if (there.length === 0) return failing(clientError('stream-not-found'));
    const upTo = from === 'end' ? BigInt(there.length) : from === 'start' ? 0n : from;
    const part = there.filter((event) => (backward ? event.revision <= upTo : event.revision >= upTo));
    return reading((backward ? part.reverse() : part).slice(0, count));
  }

  readAll({ from, count, backward = false }: AllRead): Reading {
    const at = typeof from === 'string' ? undefined : from.commit;
    const part = this.log.filter(
      ({ position }) => at === undefined || (backward ? position!.commit < at : position!.commit >= at),
    );
    return reading((backward ? part.reverse() : part).slice(0, count));
  }

  subscribeToAll(asked: AllSubscription): Reading {
    const subscription = new FakeSubscription(asked);
    this.subscriptions.push(subscription);
    const refusal = this.refusals.shift();
    if (refusal) setImmediate(() => subscription.fail(refusal));
    else if (this.live)
      this.log
        .filter(({ streamId, position }) => streamId[0] !== '$' && isBehind(position!, asked.after))
        .forEach((event) => subscription.deliver(event));
    this.opened.emit('subscription', subscription);
    return { stream: subscription.stream, cancel: () => (subscription.cancelled = true) };
  }

  renew(): Promise<void> {
    this.renewed += 1;
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.disposed += 1;
    return Promise.resolve();
  }
}

const isBehind = (position: LogPosition, after: AllSubscription['after']): boolean =>
  after === 'start' || position.commit > after.commit;

/** As the client reads metadata: parsed where it is JSON, the bytes where it is not. */
const parsedOrBytes = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return bytes;
  }
};

const reading = (events: readonly IncomingEvent[]): Reading => ({
  stream: Readable.from(events.map((event): Delivered => ({ event }))),
  cancel: () => undefined,
});

const failing = (error: Error): Reading => {
  const stream = new PassThrough({ objectMode: true });
  setImmediate(() => stream.emit('error', error));
  return { stream, cancel: () => undefined };
};
