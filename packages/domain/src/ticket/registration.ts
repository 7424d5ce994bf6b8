import type { AggregateRegistration } from '../kernel/index';
import { ticketCommands } from './commands';
import { ticketDecider } from './decider';
import { ticketEvents } from './events';
import { ticketMessages } from './messages';

export const ticketRegistration: AggregateRegistration = {
  aggregate: 'ticket',
  collection: 'tickets',
  label: { zh: '工单', en: 'ticket' },
  events: ticketEvents,
  commands: ticketCommands,
  decider: ticketDecider,
  messages: ticketMessages,
};
