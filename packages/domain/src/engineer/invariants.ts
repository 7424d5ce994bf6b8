import { idOf, invariant, type Actor, type TimeWindow } from '../kernel/index';
import type { Engineer } from './state';

export const mustBeNewEngineer = invariant<Engineer>(
  'ENGINEER.ALREADY_EXISTS',
  'an engineer is registered once',
  ({ status }) => status === 'none',
);

export const mustBeKnownEngineer = invariant<Engineer>(
  'ENGINEER.NOT_FOUND',
  'only a registered engineer can be changed',
  ({ status }) => status !== 'none',
);

export const mustBeActiveEngineer = invariant<Engineer>(
  'ENGINEER.INACTIVE',
  'an engineer who was deactivated takes no duty and is not deactivated again',
  ({ status }) => status !== 'inactive',
);

export const mustBeInactiveEngineer = invariant<Engineer>(
  'ENGINEER.ACTIVE',
  'only an engineer who was deactivated can be reactivated',
  ({ status }) => status === 'inactive',
);

/** Staff tokens carry the uuid of the engineer's stream as actor id. */
export const mustBeOwnAbsence = invariant<{ readonly actor: Actor; readonly stream: string }>(
  'ENGINEER.NOT_OWN',
  'an engineer records only their own absence',
  ({ actor, stream }) => actor.role !== 'engineer' || actor.id === idOf(stream),
);

export const mustBePeriod = invariant<TimeWindow>(
  'ENGINEER.PERIOD_INVALID',
  'a period begins before it ends',
  ({ from, to }) => from < to,
);

interface Roster {
  readonly period: TimeWindow;
  /** By start. */
  readonly shifts: readonly TimeWindow[];
}

export const mustHoldItsShifts = invariant<Roster>(
  'ENGINEER.SHIFT_OUTSIDE_PERIOD',
  'each shift begins before it ends and lies inside the period planned',
  ({ period, shifts }) => shifts.every(({ from, to }) => from < to && from >= period.from && to <= period.to),
);

export const mustNotOverlap = invariant<Roster>(
  'ENGINEER.SHIFTS_OVERLAP',
  'the shifts of one engineer do not overlap',
  ({ shifts }) => shifts.every(({ to }, index) => to <= (shifts[index + 1]?.from ?? to)),
);
