import type { Clock, EventStore, Position } from '@aftercare/event-store';
import type { Consumer, ConsumerStatus } from './consumer';
import { ConsumerGroup } from './consumer-group';
import type { Decode } from './feed';
import { projectorConsumer, type ProjectorStores } from './projector-consumer';
import type { Projector } from './projector';
import type { RetryPolicy } from './retry-policy';

interface Following {
  readonly store: EventStore;
  readonly decode: Decode;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly pageSize?: number;
  readonly retries?: RetryPolicy;
  readonly onStatus?: (status: ConsumerStatus) => void;
}

/** A projector with its stores, or any other consumer. */
export type RunConsumerOptions = Following &
  (({ readonly projector: Projector } & ProjectorStores) | { readonly handler: Consumer });

/** A consumer that follows the store by itself. */
export interface RunningConsumer {
  /** Settles when `signal` has aborted and the last page is committed; rejects with what is fatal. */
  readonly ended: Promise<void>;
  status(): Promise<ConsumerStatus>;
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  resume(): boolean;
}

/** Runs one consumer with a reader of its own: for what is slow or writes elsewhere (the ClickHouse sink). */
export const runConsumer = (options: RunConsumerOptions): RunningConsumer => {
  const consumer = 'handler' in options ? options.handler : projectorConsumer(options.projector, options);
  const status = async (): Promise<ConsumerStatus> => (await group.status())[0]!;
  const { onStatus } = options;
  const group = new ConsumerGroup({
    ...options,
    // A status that can't be told (the store is closing) is not worth ending the consumer for.
    ...(onStatus ? { onChange: () => void status().then(onStatus, () => undefined) } : {}),
  });
  return {
    ended: group.add(consumer).then(() => group.run(options.signal)),
    status,
    waitFor: (position, timeoutMs) => group.waitFor(consumer.name, position, timeoutMs),
    resume: () => group.resume(consumer.name),
  };
};
