import {
  aggregateOf,
  complaintDecider,
  findingsIn,
  fold,
  ticketDecider,
  warrantyEndIn,
  type ComplaintEvent,
  type CustomerFacts,
  type ErasureFindings,
  type FoldedMatter,
  type Instant,
  type Recorded,
  type TicketEvent,
} from '@aftercare/domain';
import type { EventStore } from '@aftercare/event-store';
import type { ReadingSide } from '../composition/reading-side';
import type { Streams } from '../streams/streams';

interface Parts {
  readonly store: Pick<EventStore, 'head'>;
  readonly streams: Streams;
  /** Which matters a customer has comes from a read model; what state they are in, from their streams. */
  readonly reading: Pick<ReadingSide, 'exportsAbout' | 'mattersOf' | 'waitFor'>;
}

const LONGEST_WAIT_MS = 2_000;

/** What decisions about forgetting a person need to know of their matters (DEC-15). */
export class PersonMatters {
  constructor(private readonly parts: Parts) {}

  /** Undefined while the read model that knows the person's matters is behind: nobody is forgotten on old news. */
  async findings(customer: string, now: Instant): Promise<ErasureFindings | undefined> {
    const { store, reading } = this.parts;
    const head = await store.head();
    if (head !== undefined)
      for (const model of ['number_index', 'history_exports'])
        if (!(await reading.waitFor(model, head, LONGEST_WAIT_MS))) return undefined;
    const matters = await Promise.all((await reading.mattersOf(customer)).map((stream) => this.folded(stream)));
    return findingsIn(matters, { now, readPosition: head });
  }

  /** Exports that carry away what the person's key opens, or were made of their matters; the oldest first. */
  async exports(customer: string): Promise<NonNullable<CustomerFacts['exports']>> {
    const { reading } = this.parts;
    return [...(await reading.exportsAbout([customer, ...(await reading.mattersOf(customer))]))];
  }

  private async folded(stream: string): Promise<FoldedMatter> {
    const { events } = await this.parts.streams.load(stream);
    return aggregateOf(stream) === 'complaint'
      ? { stream, complaint: fold(complaintDecider, events as readonly Recorded<ComplaintEvent>[]) }
      : {
          stream,
          ticket: fold(ticketDecider, events as readonly Recorded<TicketEvent>[]),
          warrantyUntil: warrantyEndIn(events),
        };
  }
}
