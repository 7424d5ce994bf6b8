import { instantOf, millisOf, type Instant } from '../kernel/index';
import { addDays, instantAt, localDateOf } from './local-time';

export { localDateOf, monthOf } from './local-time';

/** DEC-01. `always`: 24 × 7. `reachable`: daily 08:00–22:00 on the clocks of the site's zone. */
export type Calendar = 'always' | 'reachable';

/** DSP-09: the hours of the day between which staff can be reached. */
export const REACHABLE_HOURS = { from: 8, to: 22 } as const;

interface Window {
  readonly open: number;
  readonly close: number;
}

const cache = new Map<string, Window>();
const CACHED_WINDOWS = 4_000;

/** The window of one local day; empty on a day that a zone left out. Cached: each costs several zone look-ups. */
const windowOf = (date: string, zone: string): Window => {
  const key = `${zone} ${date}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= CACHED_WINDOWS) cache.clear();
  const made = {
    open: millisOf(instantAt(date, zone, REACHABLE_HOURS.from)),
    close: millisOf(instantAt(date, zone, REACHABLE_HOURS.to)),
  };
  cache.set(key, made);
  return made;
};

/** The windows from the day of `from` on, without end. */
function* windowsFrom(from: Instant, zone: string): Generator<Window> {
  for (let date = localDateOf(from, zone); ; date = addDays(date, 1)) yield windowOf(date, zone);
}

/**
 * The instant at which a clock started at `start` has run for `millis` on a calendar: the inverse of `elapsedOnCalendar`.
 * Nothing to run (0 or less) ends at `start` itself, also outside the windows; else the end lies inside a window or at its
 * close.
 *
 * @param zone IANA zone of the site; decides the windows only
 */

export const addOnCalendar = (start: Instant, millis: number, calendar: Calendar, zone: string): Instant => {
  if (millis <= 0) return start;
  const from = millisOf(start);
  if (calendar === 'always') return instantOf(from + millis);
  let left = millis;
  for (const { open, close } of windowsFrom(start, zone)) {
    const begins = Math.max(open, from);
    const room = close - begins;
    if (room <= 0) continue;
    if (left <= room) return instantOf(begins + left);
    left -= room;
  }
  return start;
};

/** Milliseconds between two instants that a calendar counts; 0 when `to` isn't later than `from`. */

export const elapsedOnCalendar = (from: Instant, to: Instant, calendar: Calendar, zone: string): number => {
  const start = millisOf(from);
  const end = millisOf(to);
  if (end <= start) return 0;
  if (calendar === 'always') return end - start;
  let sum = 0;
  for (const { open, close } of windowsFrom(from, zone)) {
    if (open >= end) return sum;
    sum += Math.max(0, Math.min(close, end) - Math.max(open, start));
  }
  return sum;
};
