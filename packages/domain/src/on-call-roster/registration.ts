import type { AggregateRegistration, Decider } from '../kernel/index';
import { onCallRosterCommands, type OnCallRosterCommand } from './commands';
import { decideOnCallRoster } from './decide';
import { onCallRosterEvents, type OnCallRosterEvent } from './events';
import { evolveOnCallRoster } from './evolve';
import { onCallRosterMessages } from './messages';
import { noRoster, type OnCallRoster } from './state';

export const onCallRosterDecider: Decider<OnCallRosterCommand, OnCallRoster, OnCallRosterEvent> = {
  aggregate: 'on_call_roster',
  initial: noRoster,
  evolve: evolveOnCallRoster,
  decide: decideOnCallRoster,
};

export const onCallRosterRegistration: AggregateRegistration = {
  aggregate: 'on_call_roster',
  collection: 'on-call-rosters',
  label: { zh: '值班表', en: 'on-call roster' },
  events: onCallRosterEvents,
  commands: onCallRosterCommands,
  decider: onCallRosterDecider,
  messages: onCallRosterMessages,
};
