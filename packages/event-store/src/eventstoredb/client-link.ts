import {
  EventStoreDBClient,
  streamNameFilter,
  type AllStreamSubscription,
  type StreamingRead,
} from '@eventstore/db-client';
import type { Readable } from 'node:stream';
import { StoreFailedError } from '../port/event-store';
import { asStored } from './raw-events';
import type { AllRead, AllSubscription, EsdbLink, LogPosition, OutgoingEvent, Reading, StreamRead } from './esdb-link';

/** How many events a reading stream holds ready; the client's default of 16 makes a turn of the event loop of each few. */
const READY = { highWaterMark: 512 };

/** The server looks at 32 events between two checkpoints of a filtered subscription; this many times as many here. */
const CHECKPOINT_EVERY = 32;

/** From the leader only: what was appended a moment ago must be read. */
const LEADER = { requiresLeader: true } as const;

interface Shared {
  readonly connectionString: string;
  readonly link: ClientLink;
  users: number;
}

let shared: Shared | undefined;

/** The end of the link before: until then its appends and those of the next would be taken for each other's. */
let ending: Promise<unknown> = Promise.resolve();

/**
 * The link of this process to its EventStoreDB; whoever opens the same store again shares it. A second server is
 * refused: the client keeps the appends in flight of all its instances in one table, and an error of one server would
 * be the answer to appends on the other.
 */
export const takeLink = (connectionString: string): EsdbLink => {
  if (shared !== undefined && shared.connectionString !== connectionString)
    throw new StoreFailedError('this process already writes to another EventStoreDB: one client per process');
  const mine = (shared ??= { connectionString, link: new ClientLink(connectionString), users: 0 });
  mine.users += 1;
  const { link } = mine;
  let released = false;
  return {
    append: (stream, events, expected) => link.append(stream, events, expected),
    readStream: (stream, read) => link.readStream(stream, read),
    readAll: (read) => link.readAll(read),
    subscribeToAll: (subscription) => link.subscribeToAll(subscription),
    renew: () => link.renew(),
    dispose: async () => {
      if (released) return;
      released = true;
      mine.users -= 1;
      if (mine.users > 0) return;
      shared = undefined;
      ending = link.dispose().catch(() => undefined);
      await ending;
    },
  };
};

/**
 * The official client. Reading has a client of its own: when a read fails the client opens a new channel and leaves
 * appends in flight on the old one, whose end would then be taken for the end of those on the new.
 */
class ClientLink implements EsdbLink {
  #writing: Promise<EventStoreDBClient>;
  readonly #reading: EventStoreDBClient;

  constructor(private readonly connectionString: string) {
    this.#reading = this.#connect();
    this.#writing = ending.then(() => this.#connect());
  }

  #connect(): EventStoreDBClient {
    try {
      return EventStoreDBClient.connectionString(this.connectionString);
    } catch {
      // The client's message would quote the password.
      throw new StoreFailedError(
        'the connection string of EventStoreDB is not of the form esdb://user:password@host:2113',
      );
    }
  }

  async append(
    stream: string,
    events: readonly OutgoingEvent[],
    expected: bigint | 'no_stream',
  ): Promise<{ position?: LogPosition | undefined }> {
    const client = await this.#writing;
    // No `throwOnAppendFailure: false`: this path ignores it, a refusal always comes as an error.
    return client.appendToStream(stream, [...events], { expectedRevision: expected, ...LEADER });
  }

  readStream(stream: string, { from, count, backward = false }: StreamRead): Reading {
    return reading(
      this.#reading.readStream(
        stream,
        { fromRevision: from, maxCount: count, direction: backward ? 'backwards' : 'forwards', ...LEADER },
        READY,
      ),
    );
  }

  readAll({ from, count, backward = false }: AllRead): Reading {
    return reading(
      this.#reading.readAll(
        { fromPosition: from, maxCount: count, direction: backward ? 'backwards' : 'forwards', ...LEADER },
        READY,
      ),
    );
  }

  subscribeToAll({ after, checkpointReached }: AllSubscription): Reading {
    const filter = streamNameFilter({
      regex: '^[^$]',
      checkpointInterval: CHECKPOINT_EVERY,
      // eslint-disable-next-line @typescript-eslint/require-await -- the client awaits it
      checkpointReached: async (_, position) => checkpointReached(position),
    });
    return subscribed(this.#reading.subscribeToAll({ fromPosition: after, filter, ...LEADER }, READY));
  }

  async renew(): Promise<void> {
    const before = this.#writing;
    // The old one ends first: its end is taken for the end of every append in flight in this process.
    const next = before
      .then((client) => client.dispose())
      .then(
        () => this.#connect(),
        () => this.#connect(),
      );
    this.#writing = next;
    await next;
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#writing.then((client) => client.dispose()), this.#reading.dispose()]);
  }
}

const reading = (stream: StreamingRead<unknown>): Reading => ({
  stream: asStored(stream as unknown as Readable),
  cancel: () => void stream.cancel().catch(() => undefined),
});

const subscribed = (stream: AllStreamSubscription): Reading => ({
  stream: asStored(stream as unknown as Readable),
  cancel: () => void stream.unsubscribe().catch(() => undefined),
});
