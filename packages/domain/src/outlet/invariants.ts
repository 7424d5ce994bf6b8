import { invariant } from '../kernel/index';
import type { Outlet } from './state';

export const mustBeNewOutlet = invariant<Outlet>(
  'OUTLET.ALREADY_EXISTS',
  'an outlet is registered once',
  ({ status }) => status === 'none',
);

export const mustBeKnownOutlet = invariant<Outlet>(
  'OUTLET.NOT_FOUND',
  'only a registered outlet can be changed',
  ({ status }) => status !== 'none',
);

export const mustBeActiveOutlet = invariant<Outlet>(
  'OUTLET.INACTIVE',
  'an outlet that was deactivated is not deactivated again',
  ({ status }) => status !== 'inactive',
);

export const mustBeInactiveOutlet = invariant<Outlet>(
  'OUTLET.ACTIVE',
  'only an outlet that was deactivated can be reactivated',
  ({ status }) => status === 'inactive',
);
