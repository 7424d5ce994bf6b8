import type { AggregateRegistration, Decider } from '../kernel/index';
import { engineerCommands, type EngineerCommand } from './commands';
import { decideEngineer } from './decide';
import { engineerEvents, type EngineerEvent } from './events';
import { evolveEngineer } from './evolve';
import { engineerMessages } from './messages';
import { noEngineer, type Engineer } from './state';

export const engineerDecider: Decider<EngineerCommand, Engineer, EngineerEvent> = {
  aggregate: 'engineer',
  initial: noEngineer,
  evolve: evolveEngineer,
  decide: decideEngineer,
};

export const engineerRegistration: AggregateRegistration = {
  aggregate: 'engineer',
  collection: 'engineers',
  label: { zh: '工程师', en: 'engineer' },
  events: engineerEvents,
  commands: engineerCommands,
  decider: engineerDecider,
  messages: engineerMessages,
};
