import { type Instant, type ProcessManager, type Reaction, type Recorded } from '../../kernel/index';
import type { OnCallAlertEvent } from '../../on-call-alert/events';
import type { OnCallRosterEvent } from '../../on-call-roster/events';
import { reaction, toAlert } from '../inputs';

export interface OnCallShifts {
  /** Streams of alerts that wait for somebody to come on call. */
  readonly waiting: readonly string[];
  /** When shifts begin or end: somebody else may be on call from then on. */
  readonly changes: readonly Instant[];
  /** Of the roster, as far as it was read here. */
  readonly rosterRevision?: number;
}

const types = [
  'on_call_roster.OnCallPlanned',
  'on_call_roster.OnCallCancelled',
  'on_call_alert.NobodyOnCall',
  'on_call_alert.AlertUnanswered',
  'on_call_alert.PersonNotified',
  'on_call_alert.AlertAcknowledged',
  'on_call_alert.AlertClosed',
] as const;

type SiteEvent =
  Recorded<OnCallRosterEvent> | Recorded<Exclude<OnCallAlertEvent, { type: 'on_call_alert.AlertRaised' }>>;

/**
 * DEC-01: alerts that found nobody on call, or nobody who answered, are called again as soon as the plan of their site brings
 * somebody else: when a shift is planned or cancelled, begins or ends. One instance per site. Each alert looks at the roster
 * itself; for one that has ended meanwhile nobody is called.
 */
export const onCallShifts: ProcessManager<OnCallShifts> = {
  name: 'on-call-shifts',
  version: 1,
  types,
  instance: (event) => (event as SiteEvent).data.site,
  initial: { waiting: [], changes: [] },
  react: (state, input, { now }) => {
    if (input.kind === 'event') return onEvent(state, input.event as SiteEvent, now);
    return input.kind === 'wake' ? called(state, now) : quiet(state, now);
  },
};

const onEvent = (state: OnCallShifts, event: SiteEvent, now: Instant): Reaction<OnCallShifts> => {
  const waiting = state.waiting.filter((stream) => stream !== event.stream);
  switch (event.type) {
    case 'on_call_roster.OnCallPlanned': {
      const changes = [...new Set([...state.changes, event.data.from, event.data.until])].sort();
      return called({ ...state, changes, rosterRevision: event.revision }, now);
    }
    case 'on_call_roster.OnCallCancelled':
      return called({ ...state, rosterRevision: event.revision }, now);
    case 'on_call_alert.NobodyOnCall':
    case 'on_call_alert.AlertUnanswered': {
      const { rosterRevision = -1 } = event.data;
      const next = { ...state, waiting: [...waiting, event.stream] };
      // Decided on a plan that had been changed by the time it was stored: it is asked again.
      return rosterRevision < (state.rosterRevision ?? -1) ? called(next, now) : quiet(next, now);
    }
    default:
      return quiet({ ...state, waiting }, now);
  }
};

const called = (state: OnCallShifts, now: Instant): Reaction<OnCallShifts> => {
  const next = withoutPast(state, now);
  return reaction(
    next,
    next.waiting.map((stream) => toAlert(stream, 'CallNext', {})),
    alarmOf(next),
  );
};

/** Nothing to call for; a change that is due by now was missed while nobody waited. */
const quiet = (state: OnCallShifts, now: Instant): Reaction<OnCallShifts> => {
  const next = withoutPast(state, now);
  return reaction(next, [], alarmOf(next));
};

const withoutPast = (state: OnCallShifts, now: Instant): OnCallShifts => ({
  ...state,
  changes: state.changes.filter((change) => change > now),
});

const alarmOf = ({ waiting, changes }: OnCallShifts): Instant | undefined =>
  waiting.length > 0 ? changes[0] : undefined;
