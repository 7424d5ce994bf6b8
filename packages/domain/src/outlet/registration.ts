import type { AggregateRegistration, Decider } from '../kernel/index';
import { outletCommands, type OutletCommand } from './commands';
import { decideOutlet } from './decide';
import { outletEvents, type OutletEvent } from './events';
import { evolveOutlet } from './evolve';
import { outletMessages } from './messages';
import { noOutlet, type Outlet } from './state';

export const outletDecider: Decider<OutletCommand, Outlet, OutletEvent> = {
  aggregate: 'outlet',
  initial: noOutlet,
  evolve: evolveOutlet,
  decide: decideOutlet,
};

export const outletRegistration: AggregateRegistration = {
  aggregate: 'outlet',
  collection: 'outlets',
  label: { zh: '服务网点', en: 'outlet' },
  events: outletEvents,
  commands: outletCommands,
  decider: outletDecider,
  messages: outletMessages,
};
