import { DAY, HOUR, instantOf, millisOf, plus, type Instant } from '@aftercare/domain';

/** China has one zone and no summer time: the local day begins 8 hours before the UTC one. */
const OFFSET = 8 * HOUR;

const startOfDay = (instant: Instant): number => Math.floor((millisOf(instant) + OFFSET) / DAY) * DAY - OFFSET;

/** `instant`, or the next 08:30 when people are at home asleep. */
export const whenPeopleAreUp = (instant: Instant): Instant => {
  const midnight = startOfDay(instant);
  const hour = (millisOf(instant) - midnight) / HOUR;
  if (hour < 8.5) return instantOf(midnight + 8.5 * HOUR);
  if (hour > 20) return instantOf(midnight + DAY + 8.5 * HOUR);
  return instant;
};

/** `days` local days later at `hour` o'clock; hours may be fractions. */
export const onDay = (instant: Instant, days: number, hour: number): Instant =>
  instantOf(startOfDay(instant) + days * DAY + Math.round(hour * HOUR));

/** `minutes` later, pushed into the hours in which people work. */
export const inAWhile = (instant: Instant, minutes: number): Instant =>
  whenPeopleAreUp(plus(instant, minutes * 60_000));
