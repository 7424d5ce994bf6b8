import { later, type Instant } from '../kernel/index';
import { addOnCalendar, elapsedOnCalendar, type Calendar } from './calendar';

/** A stretch in which a clock stands still; without `to` it still does. */
export interface Pause {
  readonly from: Instant;
  readonly to?: Instant;
}

/** DEC-02: one clock as the log tells it. Pauses in order, none overlapping; they may begin before it and outlast it. */
export interface ClockRun {
  readonly startedAt: Instant;
  readonly pauses: readonly Pause[];
  /** Met, or stopped for another reason. */
  readonly endedAt?: Instant;
}

/** What counts as its time. */
export interface ClockTime {
  readonly calendar: Calendar;
  /** IANA zone of the site. */
  readonly zone: string;
}

interface Interval {
  readonly from: Instant;
  readonly to?: Instant;
}

/**
 * The stretches in which the clock runs; only the last may be without an end. Its own end cuts nothing here, so that an
 * ended clock still says when it was due; a pause that outlasts the end is taken to end there.
 */
const runningIntervals = ({ startedAt, pauses, endedAt }: ClockRun): readonly Interval[] => {
  const intervals: Interval[] = [];
  let from = startedAt;
  for (const pause of pauses) {
    if (endedAt !== undefined && pause.from >= endedAt) break;
    if (pause.to !== undefined && pause.to <= from) continue;
    if (pause.from > from) intervals.push({ from, to: pause.from });
    const to = endedAt === undefined || (pause.to !== undefined && pause.to <= endedAt) ? pause.to : endedAt;
    if (to === undefined) return intervals;
    from = later(from, to);
  }
  return [...intervals, { from }];
};

/** Milliseconds that the clock has run by `now`, or did run if it has ended. Nothing is added up in counters (DEC-02). */
export const elapsedOf = (run: ClockRun, { calendar, zone }: ClockTime, now: Instant): number => {
  const end = run.endedAt ?? now;
  return runningIntervals(run).reduce((sum, { from, to }) => {
    const until = to === undefined || to > end ? end : to;
    return sum + elapsedOnCalendar(from, until, calendar, zone);
  }, 0);
};

/**
 * When the clock has run for `millis`: in the past, or to come if nothing else happens. Undefined while it stands still
 * before that. Of a clock that has ended: when it would have been.
 */
export const reachedAt = (run: ClockRun, { calendar, zone }: ClockTime, millis: number): Instant | undefined => {
  let left = millis;
  for (const { from, to } of runningIntervals(run)) {
    const ran = to === undefined ? Number.POSITIVE_INFINITY : elapsedOnCalendar(from, to, calendar, zone);
    if (left <= ran) return addOnCalendar(from, left, calendar, zone);
    left -= ran;
  }
  return undefined;
};

/** Whether a clock stands still at its latest: a pause is open and it has not ended. */
export const standsStill = ({ pauses, endedAt }: ClockRun): boolean =>
  endedAt === undefined && pauses.some(({ to }) => to === undefined);
