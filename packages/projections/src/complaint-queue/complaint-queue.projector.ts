import {
  CONTROL_POINT_EVENTS,
  firstDue,
  localDateOf,
  trackControlPoints,
  type ComplaintEvent,
  type ControlPoint,
  type ControlPointTrack,
  type Recorded,
  type ServiceLevelLookup,
  type Severity,
} from '@aftercare/domain';
import {
  COMPLAINT_LIFE_EVENTS,
  complaintBegins,
  complaintGoesOn,
  ENDED_COMPLAINT_STATES,
  FIRST_REFERENCE,
  mainParty,
  type ComplaintLife,
} from '../complaint-life/complaint-life';
import { readModel, type ReadModel } from '../sql/read-model';
import { sealedParts, type SealedRef } from '../sealed/sealed-parts';

/** One complaint as a queue shows it. */
export interface ComplaintQueueRow extends ComplaintLife {
  readonly track: ControlPointTrack;
  /** What is due first, as judged by the versions in force when each clock began; null: nothing runs. */
  readonly due: { readonly point: ControlPoint; readonly dueBy: string; readonly provisional: boolean } | null;
  /** Information is awaited: the clocks stand still. */
  readonly paused: boolean;
  /** How often the complainant asked where it stands 催单. */
  readonly chasers: number;
  /** External bodies that have not been answered. */
  readonly external: readonly { readonly referenceId: string; readonly body: string; readonly dueBy: string | null }[];
  /** What the complainant said and how to reach them, sealed. */
  readonly intake: readonly SealedRef[];
}

/** Behind every instant: what has no due time stands last. */
export const NOTHING_DUE = '9999';

const RANK: Readonly<Record<Severity, number>> = { urgent: 1, important: 2, general: 3 };

const TYPES: readonly ComplaintEvent['type'][] = [
  ...new Set([
    ...COMPLAINT_LIFE_EVENTS,
    ...CONTROL_POINT_EVENTS,
    'complaint.ComplainantContacted' as const,
    'complaint.ExternalReferenceAdded' as const,
    'complaint.ExternalReplySent' as const,
  ]),
];

/**
 * The queue of complaints, by time to breach (SLA-09). A version of the service levels takes effect a minute after it was
 * published at the earliest, so whatever clock begins now, `levels` knows the version that it goes by.
 */
export const complaintQueue = (levels: ServiceLevelLookup): ReadModel<ComplaintQueueRow> =>
  readModel<ComplaintQueueRow>({
    projector: {
      name: 'complaint_queue',
      version: 1,
      types: TYPES,
      key: (event) => event.stream,
      evolve: (row, event) => evolve(row, event as Recorded<ComplaintEvent>, levels),
    },
    columns: {
      due_by: { kind: 'text', of: (row) => row.due?.dueBy ?? NOTHING_DUE },
      state: { kind: 'text', of: (row) => row.state },
      open: { kind: 'flag', of: isOpen },
      severity: { kind: 'text', of: (row) => row.severity },
      rank: { kind: 'integer', of: (row) => RANK[row.severity] },
      safety: { kind: 'flag', of: (row) => row.safety },
      category: { kind: 'text', of: (row) => row.category },
      model: { kind: 'text', of: (row) => row.about.model ?? null },
      unit: { kind: 'text', of: (row) => row.about.unitId ?? null },
      ticket: { kind: 'text', of: (row) => row.about.ticketId ?? row.fromTicket },
      concerned: { kind: 'text', of: (row) => row.about.staff?.id ?? null },
      handler: { kind: 'text', of: (row) => row.handler?.id ?? null },
      region: { kind: 'text', of: (row) => row.region },
      site: { kind: 'text', of: (row) => row.site },
      customer: { kind: 'text', of: (row) => row.customer },
      number: { kind: 'text', of: (row) => row.number },
      paused: { kind: 'flag', of: (row) => row.paused },
      responsibility: { kind: 'text', of: (row) => row.responsibility.status },
      party: { kind: 'text', of: mainParty },
      /** Local day on which it reached us: what periods count by. */
      received_on: { kind: 'text', of: (row) => localDateOf(row.receivedAt, row.zone) },
    },
    indexes: [
      ['open', 'due_by', 'key'],
      ['due_by', 'key'],
      ['handler', 'open', 'due_by', 'key'],
      // Everything that counts by model and by responsibility read: without it they would read every row.
      ['received_on', 'model', 'party', 'open', 'rank', 'safety', 'concerned'],
      ['customer', 'received_on'],
      ['ticket'],
      ['number'],
    ],
  });

const isOpen = ({ state, inside }: ComplaintLife): boolean => inside || !ENDED_COMPLAINT_STATES.includes(state);

const evolve = (
  row: ComplaintQueueRow | null,
  event: Recorded<ComplaintEvent>,
  levels: ServiceLevelLookup,
): ComplaintQueueRow | null => {
  const track = trackControlPoints(row?.track ?? null, event);
  if (!track) return null;
  const next = row ? complaintGoesOn(row, event) : begin(event, track);
  return (
    next && {
      ...next,
      ...onItsOwn(next, event),
      track,
      due: firstDue(track, levels) ?? null,
      paused: isOpen(next) && track.requests.length > 0,
    }
  );
};

const begin = (event: Recorded<ComplaintEvent>, track: ControlPointTrack): ComplaintQueueRow | null => {
  if (event.type !== 'complaint.ComplaintRegistered') return null;
  const { external } = event.data;
  return {
    ...complaintBegins(event),
    track,
    due: null,
    paused: false,
    chasers: 0,
    external: external ? [{ referenceId: FIRST_REFERENCE, body: external.body, dueBy: external.dueBy ?? null }] : [],
    intake: sealedParts(event),
  };
};

const onItsOwn = (row: ComplaintQueueRow, event: Recorded<ComplaintEvent>): Partial<ComplaintQueueRow> => {
  switch (event.type) {
    case 'complaint.ComplainantContacted':
      return event.data.purpose === 'chase' && event.data.direction === 'inbound' ? { chasers: row.chasers + 1 } : {};
    case 'complaint.ExternalReferenceAdded': {
      const { referenceId, body, dueBy } = event.data;
      return { external: [...row.external, { referenceId, body, dueBy: dueBy ?? null }] };
    }
    case 'complaint.ExternalReplySent':
      return { external: row.external.filter(({ referenceId }) => referenceId !== event.data.referenceId) };
    default:
      return {};
  }
};
