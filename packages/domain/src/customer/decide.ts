import { event, when, type CommandOf, type Decide, type Decision, type DecisionContext } from '../kernel/index';
import { present } from '../kernel/present';
import type { CustomerCommand, customerCommands } from './commands';
import { customerEvents, type CustomerEvent } from './events';
import { decideErasure } from './erasure/decide';
import type { CustomerFacts } from './erasure/facts';
import {
  mustBeKnownCustomer,
  mustBeNewCustomer,
  mustCorrectSomething,
  mustNotBeErased,
  mustNotBeRestricted,
} from './invariants';
import type { Customer, KnownCustomer } from './state';

type Use<Name extends keyof typeof customerCommands> = Decide<
  CommandOf<(typeof customerCommands)[Name]>,
  Customer,
  CustomerEvent,
  CustomerFacts
>;

/** Every personal part lies under the customer's own key, the stream's name. */
const register: Use<'RegisterCustomer'> = ({ data }, customer, { stream }) =>
  when(customer, mustBeNewCustomer, () => {
    const { tier = 'normal', region, name, phone, email, wechat, address } = data;
    return [
      event(
        customerEvents.CustomerRegistered,
        { tier, ...present({ region }) },
        { personal: [{ subject: stream, fields: present({ name, phone, email, wechat, address }) }] },
      ),
    ];
  });

const correct: Use<'CorrectCustomerContact'> = ({ data }, customer, { stream }) =>
  inUse(customer, () =>
    when<object, object, Decision<CustomerEvent>>(data, mustCorrectSomething, () => {
      const { region, ...contact } = data;
      const fields = present(contact);
      const personal = Object.keys(fields).length > 0 ? { personal: [{ subject: stream, fields }] } : {};
      return [event(customerEvents.CustomerContactCorrected, present({ region }), personal)];
    }),
  );

/** A ticket keeps the tier of its registration (CLS-05): this changes later ones only. */
const changeTier: Use<'ChangeCustomerTier'> = ({ data }, customer) =>
  inUse(customer, ({ tier }) => (tier === data.tier ? [] : [event(customerEvents.CustomerTierChanged, data)]));

/** Recorded each time it is said, also when it says the same: when somebody consented is evidence. */
const recordConsent: Use<'RecordConsent'> = ({ data }, customer) =>
  inUse(customer, () => [event(customerEvents.ConsentRecorded, data)]);

/** A person who is known, not forgotten, and has not asked to be. */
const inUse = (
  customer: Customer,
  then: (customer: KnownCustomer) => Decision<CustomerEvent>,
): Decision<CustomerEvent> => known(customer, (one) => when(one, mustNotBeRestricted, then));

const known = (
  customer: Customer,
  then: (customer: KnownCustomer) => Decision<CustomerEvent>,
): Decision<CustomerEvent> => when(customer, mustNotBeErased, (one) => when(one, mustBeKnownCustomer, then));

export const decideCustomer = (
  command: CustomerCommand,
  customer: Customer,
  context: DecisionContext<CustomerFacts>,
): Decision<CustomerEvent> => {
  switch (command.type) {
    case 'customer.RegisterCustomer':
      return register(command, customer, context);
    case 'customer.CorrectCustomerContact':
      return correct(command, customer, context);
    case 'customer.ChangeCustomerTier':
      return changeTier(command, customer, context);
    case 'customer.RecordConsent':
      return recordConsent(command, customer, context);
    default:
      return known(customer, (one) => decideErasure(command, one, context));
  }
};
