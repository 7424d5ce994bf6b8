import {
  CONTROL_POINT_EVENTS,
  trackControlPoints,
  type ComplaintEvent,
  type ControlPointTrack,
  type Recorded,
} from '@aftercare/domain';
import { type Projector } from '@aftercare/projections/consumer';
import { type ComplaintState } from './complaint-state';
import { FACTS_VERSION, traceOf } from './fact';

type Event = Recorded<ComplaintEvent>;
type Of<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

const types = [
  ...CONTROL_POINT_EVENTS,
  'complaint.SubjectIdentified',
  'complaint.ComplaintClassified',
  'complaint.ExternalReferenceAdded',
  'complaint.ResponsibilityProposed',
  'complaint.ResponsibilityProposalRejected',
  'complaint.ResponsibilityAppealed',
  'complaint.AppealDecided',
  'complaint.ResponsibilityBecameFinal',
  'complaint.PlanStarted',
  'complaint.ComplaintEscalated',
  'complaint.LessonsRecorded',
] as const satisfies readonly Event['type'][];

type Told = Of<(typeof types)[number]>;

/** Folds one complaint's stream: what it is, how it went, who bears how much, and its control points. */
export const complaintFold: Projector<ComplaintState> = {
  name: 'analytics_complaint',
  version: FACTS_VERSION,
  types,
  key: (event) => event.stream,
  evolve: (state, recorded) => {
    const event = recorded as Told;
    if (event.type === 'complaint.ComplaintRegistered') return registered(event);
    if (!state) return null;
    const track = trackControlPoints(state.track, event) ?? state.track;
    return {
      ...state,
      ...partOf(state, event),
      ...responsibilityOf(state, event),
      version: event.revision,
      track,
      clockTraces: tracesAfter(state, track, traceOf(event)),
      trace: [...state.trace, traceOf(event)],
    };
  },
};

const registered = (event: Of<'complaint.ComplaintRegistered'>): ComplaintState | null => {
  const { data, metadata, stream } = event;
  const track = trackControlPoints(null, event);
  if (!track) return null;
  const { about } = data;
  return {
    stream,
    version: event.revision,
    number: data.number,
    site: data.site,
    zone: data.zone,
    channel: data.channel,
    complainant: data.complainant,
    customer: data.customer ?? '',
    region: data.region ?? '',
    category: data.complaintCategory,
    graveCause: data.graveCause ?? '',
    ticketId: about.ticketId ?? data.fromTicket ?? '',
    unitId: about.unitId ?? '',
    productCategory: about.category ?? '',
    model: about.model ?? '',
    external: data.external !== undefined,
    receivedAt: metadata.receivedAt ?? metadata.recordedAt,
    recordedAt: metadata.recordedAt,
    severity: 'general',
    provisionalSeverity: 'general',
    severityAssessed: false,
    safety: data.safetyMarked,
    state: 'registered',
    inside: false,
    round: data.round,
    secondHandlings: 0,
    reopenings: 0,
    level: 0,
    outcomesTold: 0,
    verdict: '',
    endedAt: '',
    outcome: '',
    dismissals: 0,
    dismissalAppeals: 0,
    grounds: '',
    appealBy: '',
    responsibility: 'none',
    shares: [],
    openAppeals: [],
    rootCause: '',
    track,
    clockTraces: track.clocks.map(() => [traceOf(event)]),
    trace: [traceOf(event)],
  };
};

/** An event belongs to every run that it starts, ends, notes, re-targets or pauses. */
const tracesAfter = (state: ComplaintState, after: ControlPointTrack, trace: string): ComplaintState['clockTraces'] => {
  const before = state.track;
  const retargeted = before.severity !== after.severity || before.safety !== after.safety;
  const paused = before.pauses !== after.pauses;
  return after.clocks.map((clock, index) => {
    const known = state.clockTraces[index] ?? [];
    const touched =
      clock !== before.clocks[index] || (!clock.ended && (retargeted || (paused && clock.point !== 'acknowledge')));
    return touched ? [...known, trace] : known;
  });
};

/** A new round: back to verifying, whatever had ended it. */
const back = (round: number): Partial<ComplaintState> => ({
  state: 'verifying',
  endedAt: '',
  appealBy: '',
  inside: false,
  outcome: '',
  round,
});

/** The work moves on: of an open complaint; what goes on inside after a withdrawal stays withdrawn. */
const moved = (state: ComplaintState, to: string): Partial<ComplaintState> =>
  ['closed', 'dismissed', 'withdrawn'].includes(state.state) ? {} : { state: to };

// eslint-disable-next-line complexity -- one case per event, each a line or two
const partOf = (state: ComplaintState, event: Told): Partial<ComplaintState> => {
  const at = event.metadata.recordedAt;
  switch (event.type) {
    case 'complaint.ComplaintAcknowledged':
      return state.state === 'registered' ? { state: 'verifying' } : {};
    case 'complaint.SubjectIdentified': {
      const { ticketId, unitId, category, model } = event.data.about;
      return {
        ...(ticketId === undefined ? {} : { ticketId }),
        ...(unitId === undefined ? {} : { unitId }),
        ...(category === undefined ? {} : { productCategory: category }),
        ...(model === undefined ? {} : { model }),
      };
    }
    case 'complaint.ComplaintClassified':
      return {
        category: event.data.complaintCategory,
        ...(event.data.graveCause === undefined ? {} : { graveCause: event.data.graveCause }),
      };
    case 'complaint.SeverityAssessed':
      return {
        severity: event.data.severity,
        safety: event.data.safety,
        severityAssessed: !event.data.provisional,
        ...(event.data.provisional ? { provisionalSeverity: event.data.severity } : {}),
      };
    case 'complaint.ExternalReferenceAdded':
      return { external: true };
    case 'complaint.ResolutionPlanApproved':
      return moved(state, 'planned');
    case 'complaint.PlanStarted':
      return moved(state, 'executing');
    case 'complaint.OutcomeCommunicated':
      return { ...moved(state, 'pending-verdict'), outcomesTold: state.outcomesTold + 1 };
    case 'complaint.VerdictRecorded':
      return { verdict: event.data.verdict };
    case 'complaint.SecondHandlingOpened':
      return { ...back(event.data.round), secondHandlings: state.secondHandlings + 1 };
    case 'complaint.DismissalAppealed':
      return { ...back(event.data.round), dismissalAppeals: state.dismissalAppeals + 1 };
    case 'complaint.ComplaintReopened':
      return { ...back(event.data.round), reopenings: state.reopenings + 1 };
    case 'complaint.ComplaintEscalated':
      return { level: event.data.level };
    case 'complaint.DismissalCommunicated':
      return {
        state: 'dismissed',
        endedAt: at,
        dismissals: state.dismissals + 1,
        grounds: event.data.grounds,
        appealBy: event.data.appealBy,
      };
    case 'complaint.ComplaintWithdrawn':
      return { state: 'withdrawn', endedAt: at, inside: event.data.continuedInternally };
    case 'complaint.InternalHandlingEnded':
      return { inside: false };
    case 'complaint.ComplaintClosed':
      return { state: 'closed', endedAt: at, outcome: event.data.outcome };
    case 'complaint.LessonsRecorded':
      return { rootCause: event.data.rootCause };
    default:
      return {};
  }
};

/** Party and weight only: who of a party is meant stays in the log. */
const weights = (shares: Of<'complaint.ResponsibilityConfirmed'>['data']['shares']): ComplaintState['shares'] =>
  shares.map(({ party, percent }) => ({ party, percent }));

/** DEC-09: the track of its own. Shares count from the confirmation on, as changed by an appeal. */
const responsibilityOf = (state: ComplaintState, event: Told): Partial<ComplaintState> => {
  switch (event.type) {
    case 'complaint.ResponsibilityProposed':
      return { responsibility: 'proposed', shares: [], openAppeals: [] };
    case 'complaint.ResponsibilityProposalRejected':
      return { responsibility: 'none', shares: [], openAppeals: [] };
    case 'complaint.ResponsibilityConfirmed':
      return { responsibility: 'confirmed', shares: weights(event.data.shares) };
    case 'complaint.ResponsibilityUndetermined':
      return { responsibility: 'undetermined', shares: [] };
    case 'complaint.ResponsibilityAppealed':
      return { responsibility: 'under-appeal', openAppeals: [...state.openAppeals, event.data.appealId] };
    case 'complaint.AppealDecided': {
      const openAppeals = state.openAppeals.filter((appeal) => appeal !== event.data.appealId);
      const left = openAppeals.length > 0 ? 'under-appeal' : 'confirmed';
      return {
        openAppeals,
        shares: event.data.shares ? weights(event.data.shares) : state.shares,
        responsibility: event.data.final ? 'final' : left,
      };
    }
    case 'complaint.ResponsibilityBecameFinal':
      return { responsibility: 'final', shares: weights(event.data.shares) };
    default:
      return {};
  }
};
