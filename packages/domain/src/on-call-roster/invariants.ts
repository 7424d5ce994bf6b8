import { invariant, type Instant } from '../kernel/index';
import type { NoRoster, OnCallRoster, OpenRoster, Shift, Stretch } from './state';

export const mustBeNewRoster = invariant<OnCallRoster, NoRoster>(
  'ON_CALL_ROSTER.ALREADY_OPEN',
  'a site has one roster',
  (roster): roster is NoRoster => roster.status === 'none',
);

export const mustBeOpenRoster = invariant<OnCallRoster, OpenRoster>(
  'ON_CALL_ROSTER.NOT_FOUND',
  'shifts are planned on the roster of a site',
  (roster): roster is OpenRoster => roster.status === 'open',
);

export const mustBeShift = invariant<Stretch>(
  'ON_CALL_ROSTER.PERIOD_INVALID',
  'a shift begins before it ends',
  ({ from, until }) => from < until,
);

export const mustNotBeOver = invariant<{ readonly until: Instant; readonly now: Instant }>(
  'ON_CALL_ROSTER.SHIFT_OVER',
  'a shift that is over is neither planned nor cancelled: it says who was on call',
  ({ until, now }) => until > now,
);

export const mustNameEachOnce = invariant<Pick<Shift, 'people'>>(
  'ON_CALL_ROSTER.PERSON_REPEATED',
  'a shift names each person once: the order is the order of the calls',
  ({ people }) => new Set(people).size === people.length,
);
