import { randomUUID } from 'node:crypto';
import {
  accessLogEvents,
  complaintEvents,
  customerEvents,
  engineerEvents,
  numberSeriesEvents,
  onCallAlertEvents,
  onCallRosterEvents,
  outletEvents,
  policyEvents,
  productUnitEvents,
  ticketEvents,
  workOrderEvents,
  type Actor,
  type DomainEvent,
  type EventDefinition,
  type RecordedEvent,
} from '@aftercare/domain';
import {
  createCodec,
  sha256,
  subjectsOf,
  type Codec,
  type EventStore,
  type Head,
  type Position,
} from '@aftercare/event-store';

const definitions = new Map(
  [
    accessLogEvents,
    ticketEvents,
    workOrderEvents,
    complaintEvents,
    customerEvents,
    engineerEvents,
    outletEvents,
    productUnitEvents,
    policyEvents,
    numberSeriesEvents,
    onCallRosterEvents,
    onCallAlertEvents,
  ]
    .flatMap((table) => Object.values(table) as unknown as readonly EventDefinition[])
    .map((definition) => [definition.type, definition] as const),
);

/** The event tables alone: all that reading and writing events needs of the registry. */
export const eventTables = { event: (type: string) => definitions.get(type) };

/** One key for all subjects: what is tested here is not the keys. */
export const SPEC_KEY = Buffer.alloc(32, 7);

const AGENT: Actor = { id: 'staff-1', role: 'agent' };

export interface JournalEntry {
  readonly stream: string;
  readonly events: readonly DomainEvent[];
  readonly now: string;
  /** Default: the stream itself. */
  readonly correlationId?: string;
  readonly actor?: Actor;
}

/** Writes events as a runner would, without deciding anything: for tests of what reads them. */
export class Journal {
  readonly codec: Codec;

  constructor(readonly store: EventStore) {
    this.codec = createCodec({ registry: eventTables, lineageId: store.meta.lineageId });
  }

  async write(entry: JournalEntry): Promise<Position> {
    const { stream, events } = entry;
    const { head } = await this.store.read(stream, { limit: 1, direction: 'backward' });
    const result = await this.store.append(stream, this.#encode(entry, head), { expected: head });
    if (result.status === 'conflict') throw new Error(`${stream} was written by somebody else`);
    return events.length > 0 ? result.position : '';
  }

  async writeAll(entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) await this.write(entry);
  }

  /** Everything in the store, in order. */
  async all(): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let after: Position | undefined;
    for (;;) {
      const page = await this.store.readAll({ limit: 5_000, ...(after === undefined ? {} : { after }) });
      events.push(...page.events.map((stored) => this.codec.decode(stored)));
      after = page.upTo;
      if (page.end) return events;
    }
  }

  #encode({ stream, events, now, correlationId = stream, actor = AGENT }: JournalEntry, head: Head) {
    const commandId = randomUUID();
    return this.codec.encode(
      events,
      { stream, head, now, actor, commandId, correlationId, commandDigest: sha256(commandId), causationId: commandId },
      new Map(subjectsOf(events).map((subject) => [subject, SPEC_KEY])),
    );
  }
}
