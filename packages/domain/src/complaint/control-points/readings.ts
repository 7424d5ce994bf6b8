import { DAY, HOUR, MINUTE, type Instant } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { PolicyInForce } from '../../policy/bodies';
import type { Calendar } from '../../policy/calendar';
import { elapsedOf, reachedAt, standsStill, type ClockRun, type ClockTime } from '../../policy/clock';
import { isProvisionalBetween, officeOf, type OfficeCalendar } from '../../policy/office';
import type { Limit, ServiceLevelPolicy } from '../../policy/service-level-body';
import type { ControlPoint, Severity } from '../../vocabulary';
import type { ControlPointClock, ControlPointTrack } from './track';

/** The service levels, calendar included, in force at an instant. */
export type ServiceLevelLookup = (at: Instant) => PolicyInForce<'service-level'>;

/** One control point as judged under one version. */
export interface ControlPointReading {
  readonly point: ControlPoint;
  readonly round: number;
  readonly severity: Severity;
  readonly policyVersion: number;
  readonly calendar: 'always' | 'office';
  readonly limit: Limit;
  readonly state: 'running' | 'paused' | 'met' | 'stopped';
  readonly startedAt: Instant;
  readonly endedAt?: Instant;
  /** When it is (or was) to be met; absent while it stands still. */
  readonly dueBy?: Instant;
  readonly remindAt?: Instant;
  readonly allowedMs: number;
  readonly elapsedMs: number;
  /** Met or still open after it was due. */
  readonly late: boolean;
  /** It rests on holidays that weren't published: days beyond are taken for plain weekdays. */
  readonly provisional: boolean;
  readonly escalateTo: ServiceLevelPolicy['bySeverity'][number]['escalateTo'];
  readonly reminded: number;
  /** A breach was recorded at the time, whatever is found now. */
  readonly missedAt?: Instant;
}

/**
 * Every control point of a complaint at `now` (DEC-02, DEC-03). "As judged then" with the versions in force at an instant:
 * each clock goes by that of its start. "Under today's policy" with a look-up that always answers today's. A clock that
 * runs goes by the severity of now, from its own start; one that has ended by the severity it ended under.
 */
export const controlPointReadings = (
  track: ControlPointTrack,
  levels: ServiceLevelLookup,
  now: Instant,
): readonly ControlPointReading[] => track.clocks.map((clock) => reading(track, clock, levels(clock.startedAt), now));

/** The run that is due first, of those that run; undefined: none runs, or all stand still. Needs no `now`. */
export const firstDue = (
  track: ControlPointTrack,
  levels: ServiceLevelLookup,
): { readonly point: ControlPoint; readonly dueBy: Instant; readonly provisional: boolean } | undefined =>
  track.clocks
    .filter(({ ended }) => !ended)
    .flatMap((clock) => {
      const { time, allowedMs, office } = judged(track, clock, levels(clock.startedAt));
      const dueBy = reachedAt(runOf(track, clock), time, allowedMs);
      return dueBy === undefined ? [] : [{ point: clock.point, dueBy, provisional: rests(clock, dueBy, time, office) }];
    })
    .reduce<ReturnType<typeof firstDue>>(
      (first, next) => (first && first.dueBy <= next.dueBy ? first : next),
      undefined,
    );

/** InformationRequested pauses all but the first. */
const runOf = ({ pauses }: ControlPointTrack, { point, startedAt, ended }: ControlPointClock): ClockRun => ({
  startedAt,
  pauses: point === 'acknowledge' ? [] : pauses,
  ...(ended && { endedAt: ended.at }),
});

interface Judged {
  readonly severity: Severity;
  readonly rule: ServiceLevelPolicy['bySeverity'][number];
  readonly limit: Limit;
  readonly time: ClockTime;
  readonly allowedMs: number;
  /** The calendar, if working days count; undefined on `always`. */
  readonly office: OfficeCalendar | undefined;
}

const judged = (
  track: ControlPointTrack,
  clock: ControlPointClock,
  { body }: PolicyInForce<'service-level'>,
): Judged => {
  const { severity, safety } = clock.ended ?? track;
  const rule = body.bySeverity.find((one) => one.severity === severity);
  if (!rule) throw new Error(`the service levels know no severity ${severity}`);
  const limit = rule.limits[clock.point];
  const office = limit.unit === 'day' && severity !== 'urgent' && !safety ? officeOf(body, track.site) : undefined;
  const calendar: Calendar = office ?? 'always';
  return {
    severity,
    rule,
    limit,
    time: { calendar, zone: track.zone },
    allowedMs: limit.amount * { minute: MINUTE, hour: HOUR, day: office?.dayMillis ?? DAY }[limit.unit],
    office,
  };
};

const rests = (
  { startedAt }: ControlPointClock,
  until: Instant,
  { zone }: ClockTime,
  office: OfficeCalendar | undefined,
): boolean => office !== undefined && isProvisionalBetween(startedAt, until, office, zone);

const reading = (
  track: ControlPointTrack,
  clock: ControlPointClock,
  policy: PolicyInForce<'service-level'>,
  now: Instant,
): ControlPointReading => {
  const { point, round, startedAt, ended, reminded } = clock;
  const run = runOf(track, clock);
  const { severity, rule, limit, time, allowedMs, office } = judged(track, clock, policy);
  const dueBy = reachedAt(run, time, allowedMs);
  const until = ended?.at ?? now;
  return present({
    point,
    round,
    severity,
    policyVersion: policy.version,
    calendar: office ? ('office' as const) : ('always' as const),
    limit,
    state: ended?.how ?? (standsStill(run) ? ('paused' as const) : ('running' as const)),
    startedAt,
    endedAt: ended?.at,
    dueBy,
    remindAt: reachedAt(run, time, Math.floor((allowedMs * policy.body.remindAtPercent) / 100)),
    allowedMs,
    elapsedMs: elapsedOf(run, time, now),
    late: dueBy !== undefined && until > dueBy,
    provisional: rests(clock, dueBy ?? until, time, office),
    escalateTo: rule.escalateTo,
    reminded,
    missedAt: clock.missed?.at,
  });
};
