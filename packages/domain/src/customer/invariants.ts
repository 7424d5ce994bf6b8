import { invariant } from '../kernel/index';
import type { Customer } from './state';

export type KnownCustomer = Extract<Customer, { readonly status: 'known' }>;

export const mustBeNewCustomer = invariant<Customer>(
  'CUSTOMER.ALREADY_EXISTS',
  'a customer is registered once',
  ({ status }) => status === 'none',
);

export const mustBeKnownCustomer = invariant<Customer, KnownCustomer>(
  'CUSTOMER.NOT_FOUND',
  'only a registered customer can be changed',
  (customer): customer is KnownCustomer => customer.status === 'known',
);

export const mustCorrectSomething = invariant<object>(
  'CUSTOMER.NOTHING_CORRECTED',
  'a correction says what is different',
  (fields) => Object.keys(fields).length > 0,
);
