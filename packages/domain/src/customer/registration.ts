import type { AggregateRegistration, Decider } from '../kernel/index';
import { customerCommands, type CustomerCommand } from './commands';
import { decideCustomer } from './decide';
import { customerEvents, type CustomerEvent } from './events';
import { evolveCustomer } from './evolve';
import type { CustomerFacts } from './erasure/facts';
import { customerMessages } from './messages';
import { noCustomer, type Customer } from './state';

export const customerDecider: Decider<CustomerCommand, Customer, CustomerEvent, CustomerFacts> = {
  aggregate: 'customer',
  initial: noCustomer,
  evolve: evolveCustomer,
  decide: decideCustomer,
};

export const customerRegistration: AggregateRegistration = {
  aggregate: 'customer',
  collection: 'customers',
  label: { zh: '客户', en: 'customer' },
  events: customerEvents,
  commands: customerCommands,
  decider: customerDecider,
  messages: customerMessages,
};
