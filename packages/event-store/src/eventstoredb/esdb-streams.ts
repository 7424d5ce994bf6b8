import { headAfter } from '../codec/hash-chain';
import type { Head, ReadOptions, StoredEvent, StreamPage } from '../port/event-store';
import { drain } from './esdb-buffer';
import { failureOf } from './esdb-errors';
import type { EsdbLink, StreamRead } from './esdb-link';
import type { EsdbPositions } from './esdb-positions';
import { fromServer } from './esdb-record';
import { patiently } from './esdb-retries';

/** Reading of single streams. */
export class EsdbStreams {
  constructor(
    private readonly link: Pick<EsdbLink, 'readStream'>,
    private readonly positions: EsdbPositions,
  ) {}

  read(stream: string, { from, limit = 1_000, direction = 'forward' }: ReadOptions = {}): Promise<StreamPage> {
    return direction === 'forward' ? this.#forward(stream, from ?? 0, limit) : this.#backward(stream, from, limit);
  }

  /** Part of one stream, in the order asked for; empty where there is none. */
  events(stream: string, read: StreamRead): Promise<StoredEvent[]> {
    return patiently(async () => {
      const events: StoredEvent[] = [];
      try {
        await drain(this.link.readStream(stream, read), (event) => {
          events.push(fromServer(event, this.positions));
          return true;
        });
      } catch (error) {
        if (failureOf(error) !== 'no-such-stream') throw error;
      }
      return events;
    });
  }

  async head(stream: string): Promise<Head> {
    const [last] = await this.events(stream, { from: 'end', count: 1, backward: true });
    return last === undefined ? 'none' : headAfter(last);
  }

  async #forward(stream: string, from: number, limit: number): Promise<StreamPage> {
    // One more than asked for tells whether the page reaches the head.
    const events = await this.events(stream, { from: BigInt(from), count: limit + 1 });
    const last = events.length <= limit ? events.at(-1) : undefined;
    return { events: events.slice(0, limit), head: last ? headAfter(last) : await this.head(stream) };
  }

  async #backward(stream: string, from: number | undefined, limit: number): Promise<StreamPage> {
    const start = from === undefined ? 'end' : BigInt(from);
    const events = await this.events(stream, { from: start, count: limit, backward: true });
    const head = from === undefined && events[0] ? headAfter(events[0]) : await this.head(stream);
    return { events, head };
  }
}
