import type { AggregateRegistration, Decider } from '../kernel/index';
import { accessLogEvents, type AccessLogEvent } from './events';

/** Written without a decision: there is nothing to refuse. The decider is here because every aggregate has one. */
const decider: Decider<never, null, AccessLogEvent> = {
  aggregate: 'access_log',
  initial: null,
  evolve: () => null,
  decide: () => [],
};

export const accessLogRegistration: AggregateRegistration = {
  aggregate: 'access_log',
  collection: 'access-log',
  label: { zh: '查阅记录', en: 'access log' },
  events: accessLogEvents,
  commands: {},
  decider,
  messages: {},
};
