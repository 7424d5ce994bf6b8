import { DAY, invariant, plus, type Instant, type TimeWindow } from '../kernel/index';
import type { KnownUnit, ProductUnit, UnitDates } from './state';

export const mustBeNewUnit = invariant<ProductUnit>(
  'PRODUCT_UNIT.ALREADY_EXISTS',
  'a unit is registered once; its category, model and serial number make its id',
  ({ status }) => status === 'none',
);

export const mustBeKnownUnit = invariant<ProductUnit, KnownUnit>(
  'PRODUCT_UNIT.NOT_FOUND',
  'only a registered unit can be changed',
  (unit): unit is KnownUnit => unit.status === 'known',
);

export const mustCorrectSomething = invariant<object>(
  'PRODUCT_UNIT.NOTHING_CORRECTED',
  'a correction says what is different',
  (fields) => Object.keys(fields).length > 0,
);

export const mustBeInOrder = invariant<UnitDates>(
  'PRODUCT_UNIT.DATES_OUT_OF_ORDER',
  'a unit is produced before it is sold or installed',
  ({ soldOn, installedOn, producedOn }) =>
    producedOn === undefined || ![soldOn, installedOn].some((date) => date !== undefined && date < producedOn),
);

/** One day of grace: a local day may be tomorrow in UTC. */
export const mustNotLieAhead = invariant<{ readonly dates: UnitDates; readonly now: Instant }>(
  'PRODUCT_UNIT.DATE_AHEAD',
  'a unit is not sold, installed or produced in the future',
  ({ dates, now }) => {
    const latest = plus(now, DAY).slice(0, 10);
    return [dates.soldOn, dates.installedOn, dates.producedOn].every((date) => date === undefined || date <= latest);
  },
);

export const mustBePeriod = invariant<TimeWindow>(
  'PRODUCT_UNIT.PERIOD_INVALID',
  'a repair does not end before it begins',
  ({ from, to }) => from <= to,
);
