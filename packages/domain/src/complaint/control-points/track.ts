import type { Instant, Recorded } from '../../kernel/index';
import type { Pause } from '../../policy/clock';
import type { ControlPoint, Severity } from '../../vocabulary';
import type { ComplaintEvent } from '../events';

/** One run of a control point: the last three run anew in every round. */
export interface ControlPointClock {
  readonly point: ControlPoint;
  readonly round: number;
  readonly startedAt: Instant;
  /** `stopped`: the complaint ended, or another round began, before it was met. With how it was judged then. */
  readonly ended?: {
    readonly at: Instant;
    readonly how: 'met' | 'stopped';
    readonly severity: Severity;
    readonly safety: boolean;
  };
  /** How often somebody was reminded, and that a breach was recorded. */
  readonly reminded: number;
  readonly missed?: { readonly at: Instant; readonly dueBy: Instant };
}

/** What the clocks of a complaint go by, folded from its events; plain JSON, for states of processes and rows. */
export interface ControlPointTrack {
  readonly site: string;
  readonly zone: string;
  readonly severity: Severity;
  readonly safety: boolean;
  readonly round: number;
  /** Information that was asked for and is not there: any of it pauses every clock but the first. */
  readonly requests: readonly string[];
  readonly pauses: readonly Pause[];
  readonly clocks: readonly ControlPointClock[];
}

/** Events that touch a clock. */
export const CONTROL_POINT_EVENTS = [
  'complaint.ComplaintRegistered',
  'complaint.SeverityAssessed',
  'complaint.ComplaintAcknowledged',
  'complaint.InformationRequested',
  'complaint.InformationReceived',
  'complaint.InformationRequestWithdrawn',
  'complaint.ResponsibilityConfirmed',
  'complaint.ResponsibilityUndetermined',
  'complaint.ResolutionPlanProposed',
  'complaint.ResolutionPlanApproved',
  'complaint.OutcomeCommunicated',
  'complaint.VerdictRecorded',
  'complaint.SecondHandlingOpened',
  'complaint.DismissalCommunicated',
  'complaint.DismissalAppealed',
  'complaint.ComplaintWithdrawn',
  'complaint.InternalHandlingEnded',
  'complaint.ComplaintClosed',
  'complaint.ComplaintReopened',
  'complaint.ControlPointReminded',
  'complaint.ControlPointMissed',
] as const satisfies readonly ComplaintEvent['type'][];

/**
 * Folds one event into the track (domain model, "Control points"): acknowledge, responsibility and plan start when the
 * matter was received, execution at the plan's approval, verdict at the outcome; ends count by recordedAt. The last three
 * run anew in a new round. Null before the registration.
 */
export const trackControlPoints = (
  track: ControlPointTrack | null,
  event: Recorded<ComplaintEvent>,
): ControlPointTrack | null => {
  if (event.type === 'complaint.ComplaintRegistered') return registered(event);
  if (!track || event.type !== 'complaint.SeverityAssessed')
    return track && ofAllClocks(track, event, event.metadata.recordedAt);
  return { ...track, severity: event.data.severity, safety: event.data.safety };
};

/** What concerns all clocks; the rest concerns one. */
const ofAllClocks = (track: ControlPointTrack, event: Recorded<ComplaintEvent>, at: Instant): ControlPointTrack => {
  switch (event.type) {
    case 'complaint.InformationRequested':
      return asked(track, event.data.requestId, at);
    case 'complaint.InformationReceived':
      return event.data.complete ? answered(track, event.data.requestId, at) : track;
    case 'complaint.InformationRequestWithdrawn':
      return answered(track, event.data.requestId, at);
    case 'complaint.SecondHandlingOpened':
    case 'complaint.DismissalAppealed':
    case 'complaint.ComplaintReopened':
      return newRound(track, event.data.round, at);
    case 'complaint.ComplaintWithdrawn':
      return stopped(track, at, event.data.continuedInternally ? ['acknowledge', 'verdict'] : undefined);
    case 'complaint.DismissalCommunicated':
    case 'complaint.InternalHandlingEnded':
    case 'complaint.ComplaintClosed':
      return stopped(track, at);
    default:
      return ofOneClock(track, event, at);
  }
};

const ofOneClock = (track: ControlPointTrack, event: Recorded<ComplaintEvent>, at: Instant): ControlPointTrack => {
  switch (event.type) {
    case 'complaint.ComplaintAcknowledged':
      return met(track, 'acknowledge', at);
    case 'complaint.ResponsibilityConfirmed':
    case 'complaint.ResponsibilityUndetermined':
      return met(track, 'responsibility', at);
    case 'complaint.ResolutionPlanProposed':
      return met(track, 'plan', at);
    case 'complaint.ResolutionPlanApproved':
      return started(track, 'execution', at);
    case 'complaint.OutcomeCommunicated':
      return started(met(track, 'execution', at), 'verdict', at);
    case 'complaint.VerdictRecorded':
      return met(track, 'verdict', at);
    case 'complaint.ControlPointReminded':
      return changed(track, event.data, (clock) => ({
        ...clock,
        reminded: Math.max(clock.reminded, event.data.count),
      }));
    case 'complaint.ControlPointMissed':
      return changed(track, event.data, (clock) => ({ ...clock, missed: { at, dueBy: event.data.dueBy } }));
    default:
      return track;
  }
};

const registered = ({
  data,
  metadata,
}: Extract<Recorded<ComplaintEvent>, { type: 'complaint.ComplaintRegistered' }>): ControlPointTrack => {
  const startedAt = metadata.receivedAt ?? metadata.recordedAt;
  const points = ['acknowledge', 'responsibility', 'plan'] as const;
  return {
    site: data.site,
    zone: data.zone,
    // Until the rule has assessed it, in the same append.
    severity: 'general',
    safety: data.safetyMarked,
    round: data.round,
    requests: [],
    pauses: [],
    clocks: points.map((point) => ({ point, round: data.round, startedAt, reminded: 0 })),
  };
};

const isRunning = ({ ended }: ControlPointClock): boolean => ended === undefined;

const end = (track: ControlPointTrack, at: Instant, how: 'met' | 'stopped') => (clock: ControlPointClock) =>
  ({ ...clock, ended: { at, how, severity: track.severity, safety: track.safety } }) as const;

const withClocks = (
  track: ControlPointTrack,
  applies: (clock: ControlPointClock) => boolean,
  change: (clock: ControlPointClock) => ControlPointClock,
): ControlPointTrack => ({ ...track, clocks: track.clocks.map((clock) => (applies(clock) ? change(clock) : clock)) });

const met = (track: ControlPointTrack, point: ControlPoint, at: Instant): ControlPointTrack =>
  withClocks(track, (clock) => clock.point === point && isRunning(clock), end(track, at, 'met'));

const stopped = (track: ControlPointTrack, at: Instant, points?: readonly ControlPoint[]): ControlPointTrack =>
  withClocks(track, (clock) => isRunning(clock) && (points?.includes(clock.point) ?? true), end(track, at, 'stopped'));

/** A clock that runs already goes on: a second approval or outcome in one round restarts nothing. */
const started = (track: ControlPointTrack, point: ControlPoint, at: Instant): ControlPointTrack =>
  track.clocks.some((clock) => clock.point === point && isRunning(clock))
    ? track
    : { ...track, clocks: [...track.clocks, { point, round: track.round, startedAt: at, reminded: 0 }] };

/** Nothing that was asked in the round before is awaited any more. Who left before the first two were met gets them again. */
const newRound = (track: ControlPointTrack, round: number, at: Instant): ControlPointTrack => {
  const next = { ...resumed(stopped(track, at, ['plan', 'execution', 'verdict']), at), requests: [], round };
  const unmet = (['acknowledge', 'responsibility'] as const).filter(
    (point) => !track.clocks.some((clock) => clock.point === point && clock.ended?.how === 'met'),
  );
  return [...unmet, 'plan' as const].reduce<ControlPointTrack>((state, point) => started(state, point, at), next);
};

const asked = (track: ControlPointTrack, requestId: string, at: Instant): ControlPointTrack => ({
  ...track,
  requests: [...track.requests, requestId],
  pauses: track.requests.length === 0 ? [...track.pauses, { from: at }] : track.pauses,
});

const answered = (track: ControlPointTrack, requestId: string, at: Instant): ControlPointTrack => {
  const requests = track.requests.filter((open) => open !== requestId);
  return { ...(requests.length > 0 ? track : resumed(track, at)), requests };
};

const resumed = (track: ControlPointTrack, at: Instant): ControlPointTrack => ({
  ...track,
  pauses: track.pauses.map((pause) => (pause.to === undefined ? { ...pause, to: at } : pause)),
});

/** A reminder or a breach belongs to the latest run of its point in the round that it names. */
const changed = (
  track: ControlPointTrack,
  { point, round }: Pick<ControlPointClock, 'point' | 'round'>,
  change: (clock: ControlPointClock) => ControlPointClock,
): ControlPointTrack => {
  const latest = track.clocks.filter((clock) => clock.point === point && clock.round === round).at(-1);
  return withClocks(track, (clock) => clock === latest, change);
};
