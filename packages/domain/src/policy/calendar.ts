import { instantOf, millisOf, type Instant } from '../kernel/index';
import { addDays, instantAtMinute, localDateOf } from './local-time';

export { localDateOf, monthOf } from './local-time';

/** A calendar by its hours on each local day: minutes of the day, in order, none overlapping. */
export interface DayCalendar {
  hoursOn(date: string): readonly { readonly from: number; readonly to: number }[];
}

/**
 * DEC-01. `always`: 24 × 7. `reachable`: daily 08:00–22:00 on the clocks of the site's zone. Anything else says its hours
 * itself: the `office` of a site (office.ts).
 */
export type Calendar = 'always' | 'reachable' | DayCalendar;

/** DSP-09: the hours of the day between which staff can be reached. */
export const REACHABLE_HOURS = { from: 8, to: 22 } as const;

const reachableDay = [{ from: REACHABLE_HOURS.from * 60, to: REACHABLE_HOURS.to * 60 }];
const reachable: DayCalendar = { hoursOn: () => reachableDay };

interface Window {
  readonly open: number;
  readonly close: number;
}

const caches = new WeakMap<DayCalendar, Map<string, readonly Window[]>>();
const CACHED_DAYS = 4_000;

/** The windows of one local day; empty ones on a day that a zone left out. Cached: each costs several zone look-ups. */
const windowsOf = (calendar: DayCalendar, date: string, zone: string): readonly Window[] => {
  const cache = caches.get(calendar) ?? new Map<string, readonly Window[]>();
  caches.set(calendar, cache);
  const key = `${zone} ${date}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= CACHED_DAYS) cache.clear();
  const made = calendar.hoursOn(date).map(({ from, to }) => ({
    open: millisOf(instantAtMinute(date, zone, from)),
    close: millisOf(instantAtMinute(date, zone, to)),
  }));
  cache.set(key, made);
  return made;
};

/** The windows of each local day (none when it is closed) from that of `from` on, without end. */
export function* openings(from: Instant, calendar: DayCalendar, zone: string): Generator<readonly Window[]> {
  for (let date = localDateOf(from, zone); ; date = addDays(date, 1)) yield windowsOf(calendar, date, zone);
}

const dayCalendarOf = (calendar: Exclude<Calendar, 'always'>): DayCalendar =>
  calendar === 'reachable' ? reachable : calendar;

/**
 * The instant at which a clock started at `start` has run for `millis` on a calendar: the inverse of `elapsedOnCalendar`.
 * Nothing to run (0 or less) ends at `start` itself, also outside the windows; else the end lies inside a window or at its
 * close. A calendar must have hours on some day of every week.
 *
 * @param zone IANA zone of the site; decides the windows only
 */

export const addOnCalendar = (start: Instant, millis: number, calendar: Calendar, zone: string): Instant => {
  if (millis <= 0) return start;
  const from = millisOf(start);
  if (calendar === 'always') return instantOf(from + millis);
  let left = millis;
  for (const windows of openings(start, dayCalendarOf(calendar), zone)) {
    for (const { open, close } of windows) {
      const begins = Math.max(open, from);
      const room = close - begins;
      if (room <= 0) continue;
      if (left <= room) return instantOf(begins + left);
      left -= room;
    }
  }
  return start;
};

/** Milliseconds between two instants that a calendar counts; 0 when `to` isn't later than `from`. */

export const elapsedOnCalendar = (from: Instant, to: Instant, calendar: Calendar, zone: string): number => {
  const start = millisOf(from);
  const end = millisOf(to);
  if (end <= start) return 0;
  if (calendar === 'always') return end - start;
  const last = localDateOf(to, zone);
  const days = dayCalendarOf(calendar);
  let sum = 0;
  for (let date = localDateOf(from, zone); date <= last; date = addDays(date, 1))
    for (const { open, close } of windowsOf(days, date, zone))
      sum += Math.max(0, Math.min(close, end) - Math.max(open, start));
  return sum;
};
