import { idOf, type Recorded, type RecordedEvent, type TicketEvent } from '@aftercare/domain';
import { type Projector } from '@aftercare/projections/consumer';
import { FACTS_VERSION, traceOf } from './fact';
import { type CycleState, type TicketState } from './ticket-state';

type Event = Recorded<TicketEvent>;
type Opening = Extract<Event, { type: 'ticket.TicketRegistered' | 'ticket.TicketSubmitted' }>;

const types = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.IntakeReviewed',
  'ticket.TicketClassified',
  'ticket.TicketPrioritized',
  'ticket.HandlingRouted',
  'ticket.CustomerContacted',
  'ticket.ProductUnitIdentified',
  'ticket.ProductUnitCorrected',
  'ticket.HandlingStarted',
  'ticket.DiagnosisRecorded',
  'ticket.TicketPaused',
  'ticket.TicketResumed',
  'ticket.JobOpened',
  'ticket.ResolutionProposed',
  'ticket.ResolutionConfirmed',
  'ticket.ResolutionAcceptedBySilence',
  'ticket.ResolutionRejected',
  'ticket.FollowUpCompleted',
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketCancelled',
  'ticket.TicketReopened',
  'ticket.TicketLinked',
] as const satisfies readonly Event['type'][];

type Told = Extract<Event, { type: (typeof types)[number] }>;

/** Folds one ticket's stream; a unit corrected later is the same unit in every cycle. */
export const ticketFold: Projector<TicketState> = {
  name: 'analytics_ticket',
  version: FACTS_VERSION,
  types,
  key: (event) => event.stream,
  evolve: (state, recorded) => {
    const event = recorded as Told;
    const version = event.revision;
    if (event.type === 'ticket.TicketRegistered' || event.type === 'ticket.TicketSubmitted') return opened(event);
    if (!state) return null;
    if (event.type === 'ticket.TicketReopened') return { ...reopened(state, event), version };
    const changed = { ...state, ...ticketPart(event), version };
    const part = cyclePart(cycleOf(state, event.data.cycle), event);
    return part ? { ...changed, cycles: inCycle(state.cycles, event, part) } : changed;
  },
};

const openedAtOf = (event: RecordedEvent): string => event.metadata.receivedAt ?? event.metadata.recordedAt;

const freshCycle = (event: RecordedEvent): Omit<CycleState, 'cycle' | 'openedBy'> => ({
  openedAt: openedAtOf(event),
  recordedAt: event.metadata.recordedAt,
  type: 'unclassified',
  route: '',
  priority: '',
  safety: false,
  confirmedHow: '',
  rejections: 0,
  closing: '',
  closingReason: '',
  faultCode: '',
  contacts: 0,
  inboundContacts: 0,
  jobs: 0,
  workMinutes: 0,
  pauses: [],
  scaleVersion: 0,
  repeatOf: [],
  trace: [traceOf(event)],
});

/** Phone and counter intake answers at once (DEC-07). */
const answersAtOnce = (channel: string): boolean => channel === 'phone' || channel === 'walk-in';

const opened = (event: Opening): TicketState => ({
  stream: event.stream,
  ticketId: idOf(event.stream),
  version: event.revision,
  number: event.data.number,
  site: event.data.site,
  zone: event.data.zone,
  channel: event.data.channel,
  customer: event.data.customer,
  tier: event.data.tier,
  region: event.data.region ?? '',
  category: event.data.category ?? '',
  model: event.data.model ?? '',
  unitId: '',
  cycles: [
    {
      ...freshCycle(event),
      cycle: event.data.cycle,
      openedBy: event.type === 'ticket.TicketSubmitted' ? 'submitted' : 'registered',
      ...(answersAtOnce(event.data.channel) ? { firstResponseAt: openedAtOf(event) } : {}),
    },
  ],
});

/** A new cycle takes over what was known: type, route, priority, and of the old one only that it was reopened. */
const reopened = (state: TicketState, event: Extract<Told, { type: 'ticket.TicketReopened' }>): TicketState => {
  const before = cycleOf(state, event.data.cycle - 1) ?? state.cycles.at(-1);
  const at = event.metadata.recordedAt;
  const next: CycleState = {
    ...freshCycle(event),
    cycle: event.data.cycle,
    openedBy: 'reopened',
    type: before?.type ?? 'unclassified',
    route: before?.route ?? '',
    priority: before?.priority ?? '',
    safety: before?.safety ?? false,
  };
  const closed = state.cycles.map((each) =>
    each === before ? { ...each, reopenedAt: at, trace: [...each.trace, traceOf(event)] } : each,
  );
  return { ...state, cycles: [...closed.filter((each) => each.cycle !== next.cycle), next] };
};

const ticketPart = (event: Told): Partial<TicketState> => {
  switch (event.type) {
    case 'ticket.IntakeReviewed':
      return {
        ...(event.data.region === undefined ? {} : { region: event.data.region }),
        ...(event.data.category === undefined ? {} : { category: event.data.category }),
        ...(event.data.model === undefined ? {} : { model: event.data.model }),
      };
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected':
      return { unitId: event.data.unitId, category: event.data.category, model: event.data.model };
    default:
      return {};
  }
};

const cycleOf = (state: TicketState, cycle: number): CycleState | undefined =>
  state.cycles.find((each) => each.cycle === cycle);

const inCycle = (cycles: readonly CycleState[], event: Told, part: Partial<CycleState>): readonly CycleState[] =>
  cycles.map((each) =>
    each.cycle === event.data.cycle ? { ...each, ...part, trace: [...each.trace, traceOf(event)] } : each,
  );

const byPerson = (event: RecordedEvent): boolean =>
  event.metadata.actor.role !== 'system' && event.metadata.actor.role !== 'channel';

const fault = (code: string | undefined, at: string): Partial<CycleState> =>
  code === undefined ? {} : { faultCode: code, faultAt: at };

/** What an event changes in its cycle; undefined when the cycle isn't there or nothing changes. */
// eslint-disable-next-line complexity -- one case per event, each a line or two
const cyclePart = (cycle: CycleState | undefined, event: Told): Partial<CycleState> | undefined => {
  if (!cycle) return undefined;
  const at = event.metadata.recordedAt;
  switch (event.type) {
    case 'ticket.TicketClassified':
      return { type: event.data.type };
    case 'ticket.TicketPrioritized':
      return { priority: event.data.priority, safety: event.data.safety };
    case 'ticket.HandlingRouted':
      return { route: event.data.route ?? '' };
    case 'ticket.HandlingStarted':
      return { route: event.data.route, ...(cycle.handlingStartedAt ? {} : { handlingStartedAt: at }) };
    case 'ticket.CustomerContacted':
      return {
        contacts: cycle.contacts + 1,
        inboundContacts: cycle.inboundContacts + (event.data.direction === 'inbound' ? 1 : 0),
        ...(!cycle.firstResponseAt && event.data.direction === 'outbound' && event.data.reached && byPerson(event)
          ? { firstResponseAt: at }
          : {}),
      };
    case 'ticket.DiagnosisRecorded':
      return fault(event.data.faultCode, at);
    case 'ticket.ResolutionProposed':
      return { proposedAt: at, ...fault(event.data.faultCode, at) };
    case 'ticket.TicketPaused':
      return { pauses: [...cycle.pauses, { reason: event.data.reason, from: at }] };
    case 'ticket.TicketResumed':
      return { pauses: cycle.pauses.map((pause) => (pause.until === undefined ? { ...pause, until: at } : pause)) };
    case 'ticket.JobOpened':
      return { jobs: cycle.jobs + 1 };
    case 'ticket.ResolutionConfirmed':
      return { confirmedAt: at, confirmedHow: 'customer' };
    case 'ticket.ResolutionAcceptedBySilence':
      return { confirmedAt: at, confirmedHow: 'silence' };
    case 'ticket.ResolutionRejected':
      return { rejections: cycle.rejections + 1 };
    case 'ticket.FollowUpCompleted':
      return event.data.answers && { answers: event.data.answers, scaleVersion: event.data.scaleVersion };
    case 'ticket.TicketClosed':
      return { closedAt: at, closing: 'completed', workMinutes: event.data.workMinutes };
    case 'ticket.TicketClosedUnresolved':
      return { closedAt: at, closing: 'unresolved', closingReason: event.data.reason };
    case 'ticket.TicketCancelled':
      return { closedAt: at, closing: 'cancelled', closingReason: event.data.reason };
    case 'ticket.TicketLinked':
      return event.data.relation === 'repeat-of' ? { repeatOf: [...cycle.repeatOf, event.data.ticketId] } : undefined;
    default:
      return undefined;
  }
};
