import {
  event,
  firstBroken,
  instantOf,
  later,
  millisOf,
  reject,
  when,
  type CommandOf,
  type Decide,
  type Decision,
  type DecisionContext,
} from '../kernel/index';
import type { OnCallRosterCommand, onCallRosterCommands } from './commands';
import { onCallRosterEvents, type OnCallRosterEvent } from './events';
import { mustBeNewRoster, mustBeOpenRoster, mustBeShift, mustNameEachOnce, mustNotBeOver } from './invariants';
import type { OnCallRoster } from './state';

type Use<Name extends keyof typeof onCallRosterCommands> = Decide<
  CommandOf<(typeof onCallRosterCommands)[Name]>,
  OnCallRoster,
  OnCallRosterEvent
>;

const openRoster: Use<'OpenRoster'> = ({ data }, roster) =>
  when(roster, mustBeNewRoster, () => [event(onCallRosterEvents.RosterOpened, data)]);

/** It begins now at the earliest: what a plan says about the past would rewrite who was on call. */
const planOnCall: Use<'PlanOnCall'> = ({ data }, roster, { now, commandId }) =>
  when(roster, mustBeOpenRoster, ({ site }) => {
    const { people } = data;
    const asked = { from: instantOf(millisOf(data.from)), until: instantOf(millisOf(data.until)) };
    return (
      firstBroken(asked, [mustBeShift]) ??
      firstBroken({ until: asked.until, now }, [mustNotBeOver]) ??
      firstBroken({ people }, [mustNameEachOnce]) ?? [
        event(onCallRosterEvents.OnCallPlanned, {
          site,
          shift: commandId,
          from: later(asked.from, now),
          until: asked.until,
          people,
        }),
      ]
    );
  });

const cancelOnCall: Use<'CancelOnCall'> = ({ data: { shift } }, roster, { now }) =>
  when(roster, mustBeOpenRoster, ({ site, shifts }) => {
    const known = shifts.find((one) => one.shift === shift);
    if (!known) return reject('ON_CALL_ROSTER.SHIFT_UNKNOWN', { shift });
    return (
      firstBroken({ until: known.until, now }, [mustNotBeOver]) ?? [
        event(onCallRosterEvents.OnCallCancelled, { site, shift }),
      ]
    );
  });

export const decideOnCallRoster = (
  command: OnCallRosterCommand,
  roster: OnCallRoster,
  context: DecisionContext,
): Decision<OnCallRosterEvent> => {
  switch (command.type) {
    case 'on_call_roster.OpenRoster':
      return openRoster(command, roster, context);
    case 'on_call_roster.PlanOnCall':
      return planOnCall(command, roster, context);
    case 'on_call_roster.CancelOnCall':
      return cancelOnCall(command, roster, context);
  }
};
