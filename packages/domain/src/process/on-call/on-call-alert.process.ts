import {
  between,
  idOf,
  plus,
  type Instant,
  type ProcessCommand,
  type ProcessManager,
  type Reaction,
  type Recorded,
  type RecordedEvent,
} from '../../kernel/index';
import type { OnCallAlertEvent } from '../../on-call-alert/events';
import { ACKNOWLEDGE_WITHIN } from '../../on-call-alert/rules';
import type { Cause } from '../../on-call-alert/state';
import { earliest, reaction, toAlert } from '../inputs';
import { causesIn, concernedBy, noted, SOURCE_EVENTS, type Source, type SourceEvent } from './urgent-sources';

export interface OnCallAlertProcess {
  readonly sources: readonly Source[];
  /** What the alert was told to stand for. */
  readonly told: readonly Cause[];
  /** Whom it was told to keep off. */
  readonly keptOff: readonly string[];
  readonly raised: boolean;
  /** When whoever is being called has had their time. */
  readonly callNextAt?: Instant | undefined;
}

const types = [
  ...SOURCE_EVENTS,
  'on_call_alert.PersonNotified',
  'on_call_alert.NobodyOnCall',
  'on_call_alert.AlertUnanswered',
  'on_call_alert.AlertAcknowledged',
  'on_call_alert.AlertClosed',
] as const;

/** An event that is older was read late: by now the matter may have ended, which stands further on in the log. */
const FRESH = ACKNOWLEDGE_WITHIN;

/**
 * DEC-01, INT-25: a matter with a safety hazard or an urgent complaint raises its alert at once, also when it becomes one
 * later; whoever does not answer in time is followed by the next on the roster. It remembers what the tickets and complaints
 * of the matter are like, and at each event and alarm compares what needs somebody with what the alert was told. What was
 * read late is looked at again by an alarm, which rings when everything has been read: a store that is older than this
 * process, or a worker that was away, must not call anybody for what is long over.
 */
export const onCallAlertProcess: ProcessManager<OnCallAlertProcess> = {
  name: 'on-call-alert',
  version: 1,
  types,
  instance: ({ metadata: { correlationId } }) =>
    correlationId.startsWith('ticket-') || correlationId.startsWith('complaint-') ? correlationId : undefined,
  initial: { sources: [], told: [], keptOff: [], raised: false },
  react: (state, input, { now, instance }) => {
    switch (input.kind) {
      case 'event':
        return onEvent(state, input.event, { now, matter: instance });
      case 'wake':
        return onWake(state, { now, matter: instance });
      case 'refused':
        return reaction(state, onRefused(input.command), alarmOf(state, { now, matter: instance }));
    }
  },
};

interface Around {
  readonly now: Instant;
  /** Stream of the case. */
  readonly matter: string;
}

const onEvent = (state: OnCallAlertProcess, event: RecordedEvent, around: Around): Reaction<OnCallAlertProcess> => {
  if (event.type.startsWith('on_call_alert.')) {
    const next = { ...state, callNextAt: callNextAfter(event as Recorded<OnCallAlertEvent>) };
    return reaction(next, [], alarmOf(next, around));
  }
  const known = { ...state, sources: noted(state.sources, event as SourceEvent) };
  return between(event.metadata.recordedAt, around.now) <= FRESH
    ? tellWhatChanged(known, around)
    : reaction(known, [], alarmOf(known, around));
};

const callNextAfter = (event: Recorded<OnCallAlertEvent>): Instant | undefined =>
  event.type === 'on_call_alert.PersonNotified' ? event.data.acknowledgeBy : undefined;

/** Without this re-check whoever is next would be called for a matter that has ended, or can wait by now. */
const onWake = (state: OnCallAlertProcess, around: Around): Reaction<OnCallAlertProcess> => {
  const { state: next, commands } = tellWhatChanged(state, around);
  const isDue = next.callNextAt !== undefined && next.callNextAt <= around.now;
  if (!isDue || next.told.length === 0) return reaction(next, commands, next.callNextAt);
  // The alert's next event sets the alarm; should there be none, it is asked again.
  const again = { ...next, callNextAt: plus(around.now, ACKNOWLEDGE_WITHIN) };
  return reaction(again, [...commands, toAlert(alertOf(around.matter), 'CallNext', {})], again.callNextAt);
};

/** What was read late is told when the rest has been read. */
const alarmOf = (state: OnCallAlertProcess, { now, matter }: Around): Instant | undefined =>
  earliest([state.callNextAt, tellWhatChanged(state, { now, matter }).commands.length > 0 ? now : undefined]);

/** Tells the alert what has changed: causes that are new before those that ended, so that it isn't closed in between. */
const tellWhatChanged = (state: OnCallAlertProcess, { matter }: Around): Reaction<OnCallAlertProcess> => {
  const causes = causesIn(state.sources);
  const concerned = concernedBy(causes, state.sources);
  const alert = alertOf(matter);
  const fresh = causes.filter((cause) => !state.told.some((one) => isSame(one, cause)));
  const ended = state.told.filter(({ source }) => causes.every((cause) => cause.source !== source));
  const isOpen = state.told.length > 0;
  const excluded = isOpen ? concerned.filter((person) => !state.keptOff.includes(person)) : [];
  const commands: readonly ProcessCommand[] = [
    ...excluded.map((person) => toAlert(alert, 'ExcludePerson', { person })),
    ...fresh.flatMap((cause, index) => {
      const source = state.sources.find(({ stream }) => stream === cause.source);
      if (!source) return [];
      const data = { site: source.site, matter, number: source.number, concerned: [...concerned], ...cause };
      return [toAlert(alert, state.raised || index > 0 ? 'AddCause' : 'RaiseAlert', data)];
    }),
    ...ended.map(({ source }) => toAlert(alert, 'EndCause', { source, closedFor: closedFor(source, state.sources) })),
  ];
  const next = {
    ...state,
    told: causes,
    keptOff: causes.length > 0 ? [...new Set([...state.keptOff, ...concerned])] : [],
    raised: state.raised || causes.length > 0,
  };
  return reaction(next, commands, next.callNextAt);
};

const isSame = (a: Cause, b: Cause): boolean => a.source === b.source && a.alertCause === b.alertCause;

const closedFor = (stream: string, sources: readonly Source[]) =>
  sources.some((one) => one.stream === stream && one.open) ? 'no-longer-urgent' : 'matter-ended';

/** The matter's own id: a matter can't have two. */
const alertOf = (matter: string): string => `on_call_alert-${idOf(matter)}`;

/** Raised before, by this process in an earlier life: the cause is added. */
const onRefused = (command: ProcessCommand): readonly ProcessCommand[] =>
  command.type === 'on_call_alert.RaiseAlert' ? [{ ...command, type: 'on_call_alert.AddCause' }] : [];
