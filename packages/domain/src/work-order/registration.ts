import type { AggregateRegistration } from '../kernel/index';
import { workOrderCommands } from './commands';
import { workOrderDecider } from './decider';
import { workOrderEvents } from './events';
import { workOrderMessages } from './messages';

export const workOrderRegistration: AggregateRegistration = {
  aggregate: 'work_order',
  collection: 'work-orders',
  label: { zh: '派工单', en: 'work order' },
  events: workOrderEvents,
  commands: workOrderCommands,
  decider: workOrderDecider,
  messages: workOrderMessages,
};
