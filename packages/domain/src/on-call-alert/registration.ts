import type { AggregateRegistration, Decider } from '../kernel/index';
import { onCallAlertCommands, type OnCallAlertCommand } from './commands';
import { decideOnCallAlert } from './decide';
import { onCallAlertEvents, type OnCallAlertEvent } from './events';
import { evolveOnCallAlert } from './evolve';
import type { OnCallFacts } from './facts';
import { onCallAlertMessages } from './messages';
import { noAlert, type OnCallAlert } from './state';

export const onCallAlertDecider: Decider<OnCallAlertCommand, OnCallAlert, OnCallAlertEvent, OnCallFacts> = {
  aggregate: 'on_call_alert',
  initial: noAlert,
  evolve: evolveOnCallAlert,
  decide: decideOnCallAlert,
};

export const onCallAlertRegistration: AggregateRegistration = {
  aggregate: 'on_call_alert',
  collection: 'on-call-alerts',
  label: { zh: '值班呼叫', en: 'on-call alert' },
  events: onCallAlertEvents,
  commands: onCallAlertCommands,
  decider: onCallAlertDecider,
  messages: onCallAlertMessages,
};
