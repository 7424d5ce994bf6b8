import {
  event,
  firstBroken,
  idOf,
  when,
  type CommandOf,
  type Decide,
  type Decision,
  type DecisionContext,
} from '../kernel/index';
import { present } from '../kernel/present';
import type { OutletCommand, outletCommands } from './commands';
import { outletEvents, type OutletEvent } from './events';
import { mustBeActiveOutlet, mustBeInactiveOutlet, mustBeKnownOutlet, mustBeNewOutlet } from './invariants';
import type { Outlet } from './state';

type Use<Name extends keyof typeof outletCommands> = Decide<
  CommandOf<(typeof outletCommands)[Name]>,
  Outlet,
  OutletEvent
>;

/** Phone and address may be those of a person who runs it: under the outlet's own key. */
const register: Use<'RegisterOutlet'> = ({ data }, outlet, { stream }) =>
  when(outlet, mustBeNewOutlet, () => {
    const { phone, address, ...profile } = data;
    const fields = present({ phone, address });
    const personal = Object.keys(fields).length > 0 ? { personal: [{ subject: stream, fields }] } : {};
    return [event(outletEvents.OutletRegistered, { outletId: idOf(stream), ...profile }, personal)];
  });

const changeProfile: Use<'ChangeOutletProfile'> = ({ data }, outlet) =>
  when(outlet, mustBeKnownOutlet, () => [event(outletEvents.OutletProfileChanged, data)]);

const deactivate: Use<'DeactivateOutlet'> = ({ data }, outlet) =>
  firstBroken(outlet, [mustBeKnownOutlet, mustBeActiveOutlet]) ?? [event(outletEvents.OutletDeactivated, data)];

const reactivate: Use<'ReactivateOutlet'> = ({ data }, outlet) =>
  firstBroken(outlet, [mustBeKnownOutlet, mustBeInactiveOutlet]) ?? [event(outletEvents.OutletReactivated, data)];

export const decideOutlet = (
  command: OutletCommand,
  outlet: Outlet,
  context: DecisionContext,
): Decision<OutletEvent> => {
  switch (command.type) {
    case 'outlet.RegisterOutlet':
      return register(command, outlet, context);
    case 'outlet.ChangeOutletProfile':
      return changeProfile(command, outlet, context);
    case 'outlet.DeactivateOutlet':
      return deactivate(command, outlet, context);
    case 'outlet.ReactivateOutlet':
      return reactivate(command, outlet, context);
  }
};
