import {
  aggregateOf,
  caseEndIn,
  complaintDecider,
  determineWarranty,
  findingsIn,
  fold,
  instantAt,
  ticketDecider,
  warrantyEndIn,
  warrantyStart,
  type ComplaintEvent,
  type CustomerFacts,
  type FoldedMatter,
  type Instant,
  type Recorded,
  type RecordedEvent,
  type TicketEvent,
} from '@aftercare/domain';
import type { EventStore } from '@aftercare/event-store';
import type { ReadingSide } from '../composition/reading-side';
import type { PolicyShelf } from '../facts/policies-in-force';
import { unitOnRecord } from '../facts/people-and-units';
import type { Streams } from '../streams/streams';

interface Parts {
  readonly store: Pick<EventStore, 'head'>;
  readonly streams: Streams;
  /** Which matters a customer has comes from a read model; what state they are in, from their streams. */
  readonly reading: Pick<ReadingSide, 'exportsAbout' | 'mattersOf' | 'waitFor'>;
  readonly policies: Pick<PolicyShelf, 'inForce'>;
  readonly zone: string;
}

const LONGEST_WAIT_MS = 2_000;

/** What decisions about forgetting a person need to know of their matters (DEC-15). */
export class PersonMatters {
  constructor(private readonly parts: Parts) {}

  /** Nothing while the read model that knows the person's matters is behind: nobody is forgotten on old news. */
  async found(customer: string, now: Instant): Promise<Omit<CustomerFacts, 'exports'>> {
    const { store, reading, zone } = this.parts;
    const head = await store.head();
    if (head !== undefined)
      for (const model of ['number_index', 'history_exports'])
        if (!(await reading.waitFor(model, head, LONGEST_WAIT_MS))) return {};
    const matters = await Promise.all((await reading.mattersOf(customer)).map((stream) => this.folded(stream, now)));
    const lastCaseEndedAt = latest(matters.map(({ endedAt }) => endedAt));
    return {
      findings: findingsIn(matters, { now, readPosition: head }),
      ...(lastCaseEndedAt === undefined ? {} : { lastCaseEndedAt }),
      zone,
    };
  }

  /** Exports that carry away what the person's key opens, or were made of their matters; the oldest first. */
  async exports(customer: string): Promise<NonNullable<CustomerFacts['exports']>> {
    const { reading } = this.parts;
    return [...(await reading.exportsAbout([customer, ...(await reading.mattersOf(customer))]))];
  }

  private async folded(
    stream: string,
    now: Instant,
  ): Promise<FoldedMatter & { readonly endedAt: Instant | undefined }> {
    const { events } = await this.parts.streams.load(stream);
    const endedAt = caseEndIn(events);
    if (aggregateOf(stream) === 'complaint') {
      const complaint = fold(complaintDecider, events as readonly Recorded<ComplaintEvent>[]);
      const unitId = complaint.status === 'none' ? undefined : complaint.about.unitId;
      return { stream, complaint, endedAt, warrantyUntil: await this.warrantyUntil(unitId, events, now) };
    }
    const ticket = fold(ticketDecider, events as readonly Recorded<TicketEvent>[]);
    const unitId = ticket.status === 'none' ? undefined : ticket.unitId;
    return { stream, ticket, endedAt, warrantyUntil: await this.warrantyUntil(unitId, events, now) };
  }

  /** As told to the customer in the matter, or as the unit's record says by now: whichever ends later. */
  private async warrantyUntil(
    unitId: string | undefined,
    events: readonly RecordedEvent[],
    now: Instant,
  ): Promise<Instant | undefined> {
    const { streams, policies, zone } = this.parts;
    const told = warrantyEndIn(events);
    const unit = unitId === undefined ? undefined : await unitOnRecord(streams, unitId);
    const start = unit && warrantyStart((await policies.inForce('warranty', now)).body, unit);
    if (!unit || !start) return told;
    const { body } = await policies.inForce('warranty', instantAt(start.startsOn, zone));
    return latest([told, determineWarranty(body, unit, now, zone).until]);
  }
}

const latest = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);
