import type { Instant, RecordedEvent } from '@aftercare/domain';
import { loadStream, type Codec, type EventStore, type LoadedStream, type SubjectKeys } from '@aftercare/event-store';

const PAGE = 200;

/** Reads streams as they lie in the log: what must be right now, and what answers while read models are down. */
export class Streams {
  constructor(
    private readonly parts: {
      readonly store: Pick<EventStore, 'read' | 'readAll'>;
      readonly codec: Codec;
      readonly keys: Pick<SubjectKeys, 'find'>;
    },
  ) {}

  /** The whole stream, personal parts sealed; `head` is 'none' when there is no such stream. */
  load(stream: string): Promise<LoadedStream> {
    return loadStream(this.parts, stream);
  }

  /** Whether a stream still ends where it ended when it was loaded: what stands before its end never changes. */
  async endsAt(stream: string, head: LoadedStream['head']): Promise<boolean> {
    if (head === 'none') return false;
    const page = await this.parts.store.read(stream, { from: head.revision + 1, limit: 1 });
    return page.head !== 'none' && page.head.revision === head.revision && page.head.hash === head.hash;
  }

  /** Streams with an event of these types recorded at `since` or later, the latest first; events tell when to stop. */
  async *latest(types: readonly string[], since: Instant): AsyncGenerator<string> {
    const { store, codec } = this.parts;
    let after: string | undefined;
    for (;;) {
      const page = await store.readAll({ direction: 'backward', types, limit: PAGE, ...(after ? { after } : {}) });
      for (const stored of page.events) {
        if (codec.decode(stored).metadata.recordedAt < since) return;
        yield stored.stream;
      }
      if (page.end || page.upTo === undefined) return;
      after = page.upTo;
    }
  }

  /** The same event with readable personal parts, or erased ones. */
  open(event: RecordedEvent): Promise<RecordedEvent> {
    return this.parts.codec.openPersonal(event, this.parts.keys);
  }

  /** The same for many. */
  openAll(events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    return this.parts.codec.openAll(events, this.parts.keys);
  }
}

/** Work orders that a ticket's stream names. */
export const jobsOf = (ticket: readonly RecordedEvent[]): readonly string[] => [
  ...new Set(
    ticket.flatMap((event) => {
      if (event.type !== 'ticket.JobOpened') return [];
      const { kind, id } = event.data as { kind: string; id: string };
      return kind === 'work-order' ? [`work_order-${id}`] : [];
    }),
  ),
];

/** The readable personal fields of an event, merged over its parts; `erased` when a subject was forgotten. */
export const personalOf = (event: RecordedEvent): { fields: Readonly<Record<string, unknown>>; erased: boolean } => {
  let fields: Record<string, unknown> = {};
  let erased = false;
  for (const part of event.personal) {
    if ('fields' in part) fields = { ...fields, ...part.fields };
    else if ('erased' in part) erased = true;
  }
  return { fields, erased };
};
