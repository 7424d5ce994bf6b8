import {
  plus,
  type Instant,
  type ProcessCommand,
  type ProcessManager,
  type Reaction,
  type Recorded,
} from '../kernel/index';
import type { ComplaintCommandName, ComplaintCommandOf } from '../complaint/commands';
import {
  CONTROL_POINT_EVENTS,
  controlPointReadings,
  trackControlPoints,
  type ControlPointReading,
  type ControlPointTrack,
} from '../complaint/control-points/index';
import type { ComplaintEvent } from '../complaint/events';
import { earliest, reaction, type PolicyLookup } from './inputs';

export interface ControlPointTimer {
  readonly track: ControlPointTrack | null;
  /** What was sent already, once per target: a refusal must not be asked for again every second. */
  readonly reminded: readonly string[];
  readonly missed: readonly string[];
}

/**
 * SLA-09, SLA-13: reminds before a control point of a complaint is due, and escalates when it is missed. It remembers the
 * clocks, not the alarms: each wake computes them again by the versions in force when each began, and an event that moves
 * them (a pause, a severity that rises, a new round) moves the alarm. The complaint itself looks again.
 */
export const controlPointTimer = (policies: PolicyLookup): ProcessManager<ControlPointTimer> => ({
  name: 'control-point-timer',
  version: 1,
  types: CONTROL_POINT_EVENTS,
  instance: (event) => (event.stream.startsWith('complaint-') ? event.stream : undefined),
  initial: { track: null, reminded: [], missed: [] },
  react: (state, input, { now, instance }) => {
    const readings = (track: ControlPointTrack | null) =>
      track ? controlPointReadings(track, (at) => policies(at)['service-level'], now).filter(isRunning) : [];
    if (input.kind !== 'event') {
      const open = readings(state.track);
      return input.kind === 'wake' ? due(state, open, { complaint: instance, now }) : withAlarm(state, open);
    }
    const track = trackControlPoints(state.track, input.event as Recorded<ComplaintEvent>);
    return withAlarm({ ...state, track }, readings(track));
  },
});

const isRunning = ({ state }: ControlPointReading): boolean => state === 'running';

/** A target: the same clock under another severity has another one. */
const targetOf = ({ point, round, severity, calendar }: ControlPointReading): string =>
  `${point} ${round} ${severity} ${calendar}`;

const due = (
  state: ControlPointTimer,
  open: readonly ControlPointReading[],
  { complaint, now }: { readonly complaint: string; readonly now: Instant },
): Reaction<ControlPointTimer> => {
  const late = open.filter((one) => one.late && !state.missed.includes(targetOf(one)));
  // Who is late already is not reminded of it.
  const soon = open.filter(
    (one) => !one.late && (one.remindAt ?? now) <= now && !state.reminded.includes(targetOf(one)),
  );
  return withAlarm(
    {
      ...state,
      missed: [...state.missed, ...late.map(targetOf)],
      reminded: [...state.reminded, ...soon.map(targetOf)],
    },
    open,
    [
      ...late.map((one) => toComplaint(complaint, 'MissControlPoint', { ...what(one), escalatedTo: one.escalateTo })),
      ...soon.map((one) => toComplaint(complaint, 'RemindControlPoint', { ...what(one), count: one.reminded + 1 })),
    ],
  );
};

const what = ({ point, round, severity, policyVersion, dueBy, startedAt }: ControlPointReading) => ({
  point,
  round,
  severity,
  policyVersion,
  dueBy: dueBy ?? startedAt,
});

const toComplaint = <Name extends ComplaintCommandName>(
  stream: string,
  name: Name,
  data: ComplaintCommandOf<Name>['data'],
): ProcessCommand => ({ stream, type: `complaint.${name}`, data });

const withAlarm = (
  state: ControlPointTimer,
  open: readonly ControlPointReading[],
  commands: readonly ProcessCommand[] = [],
): Reaction<ControlPointTimer> =>
  reaction(
    state,
    commands,
    earliest(
      open.flatMap((one) => [
        // In time is who meets it at the very instant.
        one.dueBy !== undefined && !state.missed.includes(targetOf(one)) ? plus(one.dueBy, 1) : undefined,
        one.late || state.reminded.includes(targetOf(one)) ? undefined : one.remindAt,
      ]),
    ),
  );
