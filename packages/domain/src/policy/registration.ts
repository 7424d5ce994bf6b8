import type { AggregateRegistration, Decider } from '../kernel/index';
import { policyCommands, type PolicyCommand } from './commands';
import { decidePolicy } from './decide';
import { policyEvents, type PolicyEvent } from './events';
import { evolvePolicy } from './evolve';
import { policyMessages } from './messages';
import { initialPolicy, type Policy } from './state';

export const policyDecider: Decider<PolicyCommand, Policy, PolicyEvent> = {
  aggregate: 'policy',
  initial: initialPolicy,
  evolve: evolvePolicy,
  decide: decidePolicy,
};

export const policyRegistration: AggregateRegistration = {
  aggregate: 'policy',
  collection: 'policies',
  label: { zh: '规则', en: 'policy' },
  events: policyEvents,
  commands: policyCommands,
  decider: policyDecider,
  messages: policyMessages,
};
