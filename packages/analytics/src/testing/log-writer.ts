import {
  aggregateOf,
  complaintEvents,
  engineerEvents,
  instantOf,
  millisOf,
  policyEvents,
  productUnitEvents,
  ticketEvents,
  workOrderEvents,
  type EventDefinition,
  type RecordedEvent,
  type Role,
} from '@aftercare/domain';

/** What a test says of an event; times are instants, recordedAt is moved up where the stream is further on. */
export interface Told {
  readonly stream: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly recordedAt: string;
  readonly occurredAt?: string;
  readonly receivedAt?: string;
  readonly actor?: { readonly id: string; readonly role: Role };
}

/** Definitions by type, to check that a made event is one that could have been stored. */
export const definitions: ReadonlyMap<string, EventDefinition> = new Map(
  [ticketEvents, workOrderEvents, productUnitEvents, policyEvents, engineerEvents, complaintEvents]
    .flatMap((table) => Object.values(table) as unknown as EventDefinition[])
    .map((definition) => [definition.type, definition]),
);

const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** A stream name with a readable number in it: `ticket-00000000-0000-4000-8000-000000000001`. */
export const streamOf = (aggregate: string, n: number): string => `${aggregate}-${uuid(n)}`;

/** Puts what was told in the order in which a store would have recorded it, with revisions, positions and ids. */
export const record = (told: readonly Told[]): readonly RecordedEvent[] => {
  const lastIn = new Map<string, number>();
  const timed = told.map((each, index) => {
    const at = Math.max(millisOf(each.recordedAt), lastIn.get(each.stream) ?? 0);
    lastIn.set(each.stream, at);
    return { each, at, index };
  });
  timed.sort((a, b) => a.at - b.at || a.index - b.index);
  const revisions = new Map<string, number>();
  return timed.map(({ each, at }, index) => {
    const revision = revisions.get(each.stream) ?? 0;
    revisions.set(each.stream, revision + 1);
    return recorded(each, instantOf(at), revision, index);
  });
};

const recorded = (told: Told, recordedAt: string, revision: number, index: number): RecordedEvent => {
  const eventId = uuid(0x10000 + index);
  return {
    stream: told.stream,
    revision,
    position: `test:${String(index + 1).padStart(12, '0')}`,
    eventId,
    type: told.type,
    data: told.data,
    personal: [],
    metadata: {
      schemaVersion: 1,
      commandId: eventId,
      commandDigest: '0'.repeat(64),
      correlationId: correlationOf(told),
      causationId: eventId,
      actor: told.actor ?? { id: 'agent-1', role: 'agent' },
      occurredAt: told.occurredAt ?? recordedAt,
      recordedAt,
      prev: '0'.repeat(64),
      hash: '0'.repeat(64),
      ...(told.receivedAt === undefined ? {} : { receivedAt: told.receivedAt }),
    },
  };
};

const correlationOf = (told: Told): string =>
  aggregateOf(told.stream) === 'work_order' && typeof told.data['ticketId'] === 'string'
    ? `ticket-${told.data['ticketId']}`
    : told.stream;
