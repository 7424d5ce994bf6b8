import type { AggregateRegistration } from '../kernel/index';
import { complaintCommands } from './commands';
import { complaintDecider } from './decider';
import { complaintEvents } from './events';
import { complaintMessages } from './messages';

export const complaintRegistration: AggregateRegistration = {
  aggregate: 'complaint',
  collection: 'complaints',
  label: { zh: '客诉', en: 'complaint' },
  events: complaintEvents,
  commands: complaintCommands,
  decider: complaintDecider,
  messages: complaintMessages,
};
