import type { Instant } from '../kernel/index';

export interface Shift {
  readonly shift: string;
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
  /** Staff ids in the order in which they are called. */
  readonly people: readonly string[];
}

export interface NoRoster {
  readonly status: 'none';
}
export interface OpenRoster {
  readonly status: 'open';
  readonly site: string;
  readonly zone: string;
  /** In the order of planning; shifts that are over stay, so that it can be said who was on call. */
  readonly shifts: readonly Shift[];
}
export type OnCallRoster = NoRoster | OpenRoster;

export const noRoster: NoRoster = { status: 'none' };

const covers = ({ from, until }: Shift, at: Instant): boolean => from <= at && at < until;

/** The shift in force at an instant: of those that cover it the one planned last. Undefined: nobody is on call. */
export const shiftAt = (shifts: readonly Shift[], at: Instant): Shift | undefined =>
  shifts.filter((shift) => covers(shift, at)).at(-1);

/** A stretch of time, `until` exclusive. */
export interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
}

/** When each shift is really in force: what later plans took over is missing, and a shift all of whose time went has none. */
export const stretchesOf = (shifts: readonly Shift[]): readonly (Shift & { readonly inForce: readonly Stretch[] })[] =>
  shifts.map((shift, index) => ({
    ...shift,
    inForce: shifts
      .slice(index + 1)
      .reduce<readonly Stretch[]>(
        (left, later) => left.flatMap((stretch) => without(stretch, later)),
        [{ from: shift.from, until: shift.until }],
      ),
  }));

const without = ({ from, until }: Stretch, taken: Stretch): readonly Stretch[] =>
  taken.until <= from || until <= taken.from
    ? [{ from, until }]
    : [
        { from, until: taken.from },
        { from: taken.until, until },
      ].filter((stretch) => stretch.from < stretch.until);
