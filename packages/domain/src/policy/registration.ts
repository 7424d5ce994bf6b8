import type { AggregateRegistration } from '../kernel/index';
import { policyCommands } from './commands';
import { decidePolicy } from './decide';
import { policyEvents } from './events';
import { evolvePolicy } from './evolve';
import { policyMessages } from './messages';
import { initialPolicy } from './state';

export const policyDecider = {
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
