import { invariant } from '../kernel/index';
import { isOpenAlert, isWaiting, type NoAlert, type OnCallAlert, type OpenAlert, type Waiting } from './state';

export const mustBeNewAlert = invariant<OnCallAlert, NoAlert>(
  'ON_CALL_ALERT.ALREADY_RAISED',
  'a matter has one alert: a further cause is added to it',
  (alert): alert is NoAlert => alert.status === 'none',
);

export const mustBeOpenAlert = invariant<OnCallAlert, OpenAlert>(
  'ON_CALL_ALERT.CLOSED',
  'an alert is closed when its matter ended or is no longer urgent; nobody has to answer it',
  isOpenAlert,
);

export const mustAwaitAnswer = invariant<OpenAlert, Waiting>(
  'ON_CALL_ALERT.ALREADY_ACKNOWLEDGED',
  'an alert is answered once; who answered has it',
  isWaiting,
);

export const mustNotBeConcerned = invariant<{ readonly concerned: readonly string[]; readonly person: string }>(
  'ON_CALL_ALERT.PERSON_CONCERNED',
  'whoever a complaint is about does not answer for it',
  ({ concerned, person }) => !concerned.includes(person),
);

export const mustBeOnCall = invariant<{ readonly isEntitled: boolean }>(
  'ON_CALL_ALERT.NOT_ON_CALL',
  'whoever was called, stands on the roster now, or is a supervisor or manager may answer',
  ({ isEntitled }) => isEntitled,
);
