/** An instant: ISO 8601 in UTC with milliseconds, `2026-10-01T08:00:00.000Z`. Text order equals time order. */
export type Instant = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since 1970 of an instant; NaN for anything that is no date. */
export const millisOf = (instant: Instant): number => Date.parse(instant);

/** The instant of a number of milliseconds since 1970. */
export const instantOf = (millis: number): Instant => new Date(millis).toISOString();

/** `instant` moved by `millis` (which may be negative). */
export const plus = (instant: Instant, millis: number): Instant => instantOf(millisOf(instant) + millis);

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const between = (from: Instant, to: Instant): number => millisOf(to) - millisOf(from);

/** The later of two instants. */
export const later = (a: Instant, b: Instant): Instant => (a >= b ? a : b);
