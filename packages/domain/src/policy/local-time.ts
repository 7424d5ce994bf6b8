import { DAY, instantOf, millisOf, MINUTE, type Instant } from '../kernel/index';

/** Wall-clock time as milliseconds: the millis that a UTC clock showing the same date and time would have. */
type Wall = number;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs 50 µs, using it 2 µs; a deployment knows a handful of zones. */
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
};

/** What clocks in `zone` show at `millis`. */
const wallOf = (millis: number, zone: string): Wall => {
  const seconds = Math.floor(millis / 1_000) * 1_000;
  const field = new Map(
    formatOf(zone)
      .formatToParts(seconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const get = (name: Intl.DateTimeFormatPartTypes): number => field.get(name) ?? 0;
  const shown = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return shown + (millis - seconds);
};

/**
 * The first moment at which clocks in `zone` show `wall` or later. In a gap (clocks put forward, a day left out) that is the
 * moment of the jump; of a time that comes twice, the first.
 */
const firstMomentOf = (wall: Wall, zone: string): number => {
  const before = wall - DAY;
  const after = wall + DAY;
  const guesses = [wall - (wallOf(before, zone) - before), wall - (wallOf(after, zone) - after)];
  const exact = guesses.filter((guess) => wallOf(guess, zone) === wall);
  if (exact.length > 0) return Math.min(...exact);
  let low = Math.min(...guesses) - 1;
  let high = Math.max(...guesses);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallOf(middle, zone) >= wall) high = middle;
    else low = middle;
  }
  return high;
};

/** The calendar day in `zone` at an instant: `2026-10-01`. */
export const localDateOf = (instant: Instant, zone: string): string =>
  new Date(wallOf(millisOf(instant), zone)).toISOString().slice(0, 10);

/** The month in `zone` at an instant, as numbers carry it (DEC-18): `202610`. */
export const monthOf = (instant: Instant, zone: string): string =>
  localDateOf(instant, zone).slice(0, 7).replace('-', '');

/** The instant at which a local day reaches an hour (default midnight); in a gap the moment of the jump. */
export const instantAt = (date: string, zone: string, hour = 0): Instant => instantAtMinute(date, zone, hour * 60);

/** The same by the minute of the day, 0 … 1,440. */
export const instantAtMinute = (date: string, zone: string, minute: number): Instant =>
  instantOf(firstMomentOf(millisOf(`${date}T00:00:00.000Z`) + minute * MINUTE, zone));

/** A local day moved by whole days; calendar arithmetic, no zone needed. */
export const addDays = (date: string, days: number): string =>
  instantOf(millisOf(`${date}T00:00:00.000Z`) + days * DAY).slice(0, 10);

/** The corresponding day `months` later; where that month has no such day, its last (31 January + 1 → 28 February). */
export const addMonths = (date: string, months: number): string => {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
};
