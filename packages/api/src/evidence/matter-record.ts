import type { RecordedEvent } from '@aftercare/domain';
import {
  nextLink,
  UndecodableEventError,
  type ChainLink,
  type Codec,
  type EventStore,
  type LoadedStream,
  type StoredEvent,
} from '@aftercare/event-store';

const PAGE = 500;

/**
 * Reads streams once and keeps both sides of each event: the bytes as stored, for the proof, and what they mean, for the
 * reader. The chain is checked on the way: what does not verify is not exported as if it did.
 */
export class MatterRecord {
  readonly #streams = new Map<string, { readonly loaded: LoadedStream; readonly stored: readonly StoredEvent[] }>();

  constructor(
    private readonly store: Pick<EventStore, 'read'>,
    private readonly codec: Pick<Codec, 'decode'>,
  ) {}

  /** Throws `UndecodableEventError` with what is wrong. */
  async load(stream: string): Promise<LoadedStream> {
    const known = this.#streams.get(stream);
    if (known) return known.loaded;
    const stored: StoredEvent[] = [];
    const events: RecordedEvent[] = [];
    let link: ChainLink | undefined;
    for (;;) {
      const page = await this.store.read(stream, { from: stored.length, limit: PAGE });
      for (const event of page.events) {
        const next = nextLink(event, link);
        if (typeof next === 'string') throw new UndecodableEventError(event, next);
        link = next;
        stored.push(event);
        events.push(this.codec.decode(event));
      }
      if (page.head !== 'none' && page.events.length > 0 && stored.length <= page.head.revision) continue;
      const loaded = { head: page.head, events };
      this.#streams.set(stream, { loaded, stored });
      return loaded;
    }
  }

  /** Both sides of a stream, up to a revision that it is known to have. */
  async upTo(
    stream: string,
    revision: number,
  ): Promise<{ readonly stored: readonly StoredEvent[]; readonly events: readonly RecordedEvent[] }> {
    // It may have grown since it was loaded.
    if ((this.#streams.get(stream)?.stored.length ?? 0) <= revision) this.#streams.delete(stream);
    await this.load(stream);
    const { stored, loaded } = this.#streams.get(stream)!;
    return { stored: stored.slice(0, revision + 1), events: loaded.events.slice(0, revision + 1) };
  }
}
