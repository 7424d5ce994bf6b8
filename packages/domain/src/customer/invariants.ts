import { invariant, type Instant } from '../kernel/index';
import type { CustomerFacts, ErasureFindings } from './erasure/facts';
import type { Retention } from './erasure/retention';
import type { Customer, Erasure, KnownCustomer } from './state';

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

export const mustNotBeErased = invariant<Customer>(
  'CUSTOMER.ERASED',
  'who was forgotten stays forgotten',
  ({ status }) => status !== 'erased',
);

export const mustNotBeRestricted = invariant<KnownCustomer>(
  'CUSTOMER.RESTRICTED',
  'from the request for erasure on the data is not used any more',
  ({ erasure }) => erasure === undefined,
);

export const mustNotBeUnderErasure = invariant<KnownCustomer>(
  'CUSTOMER.ERASURE_UNDER_WAY',
  'one request for erasure at a time',
  ({ erasure }) => erasure === undefined,
);

type UnderErasure = KnownCustomer & { readonly erasure: Erasure };
type Approved = KnownCustomer & { readonly erasure: Erasure & { readonly dueAt: string } };

export const mustBeUnderErasure = invariant<KnownCustomer, UnderErasure>(
  'CUSTOMER.NO_ERASURE',
  'only a request for erasure that is under way can be withdrawn or decided on',
  (customer): customer is UnderErasure => customer.erasure !== undefined,
);

export const mustAwaitApproval = invariant<KnownCustomer, UnderErasure>(
  'CUSTOMER.ERASURE_NOT_AWAITING_APPROVAL',
  'a request for erasure is approved or refused once',
  (customer): customer is UnderErasure => customer.erasure !== undefined && customer.erasure.dueAt === undefined,
);

export const mustBeApproved = invariant<KnownCustomer, Approved>(
  'CUSTOMER.ERASURE_NOT_APPROVED',
  'only an approved erasure is carried out',
  (customer): customer is Approved => customer.erasure?.dueAt !== undefined,
);

/** DEC-15. */
export const mustBeASecondPerson = invariant<{ readonly actor: string; readonly asker: string }>(
  'CUSTOMER.ERASURE_NEEDS_A_SECOND_PERSON',
  'who recorded the request does not approve it',
  ({ actor, asker }) => actor !== asker,
);

type Looked = CustomerFacts & { readonly findings: ErasureFindings };

/** The read models may be down; without them nobody knows what is open. */
export const mustHaveLooked = invariant<CustomerFacts, Looked>(
  'CUSTOMER.MATTERS_UNKNOWN',
  'what is open or held must be known before anybody is forgotten',
  (facts): facts is Looked => facts.findings !== undefined,
);

export const mustNotBeHeld = invariant<Retention>(
  'CUSTOMER.RETENTION_HELD',
  'while a case, an appeal or a legal hold is open the data is kept, whatever its age',
  ({ held }) => !held,
);

export const mustHaveKeptLongEnough = invariant<Retention & { readonly now: Instant }>(
  'CUSTOMER.RETENTION_NOT_OVER',
  'the data is kept until three years behind the last case and until no unit is under warranty',
  ({ until, now }) => until <= now,
);
