import {
  event,
  firstBroken,
  idOf,
  instantOf,
  millisOf,
  when,
  type CommandOf,
  type Decide,
  type Decision,
  type DecisionContext,
  type TimeWindow,
} from '../kernel/index';
import { present } from '../kernel/present';
import type { EngineerCommand, engineerCommands } from './commands';
import { engineerEvents, type EngineerEvent } from './events';
import {
  mustBeActiveEngineer,
  mustBeInactiveEngineer,
  mustBeKnownEngineer,
  mustBeNewEngineer,
  mustBeOwnAbsence,
  mustBePeriod,
  mustHoldItsShifts,
  mustNotOverlap,
} from './invariants';
import type { Engineer } from './state';

type Use<Name extends keyof typeof engineerCommands> = Decide<
  CommandOf<(typeof engineerCommands)[Name]>,
  Engineer,
  EngineerEvent
>;

const stored = ({ from, to }: TimeWindow): TimeWindow => ({
  from: instantOf(millisOf(from)),
  to: instantOf(millisOf(to)),
});

/** Name and phone lie under the engineer's own key. */
const register: Use<'RegisterEngineer'> = ({ data }, engineer, { stream }) =>
  when(engineer, mustBeNewEngineer, () => {
    const { name, phone, ...profile } = data;
    return [
      event(
        engineerEvents.EngineerRegistered,
        { engineerId: idOf(stream), ...profile },
        { personal: [{ subject: stream, fields: present({ name, phone }) }] },
      ),
    ];
  });

const changeProfile: Use<'ChangeEngineerProfile'> = ({ data }, engineer) =>
  when(engineer, mustBeKnownEngineer, () => [event(engineerEvents.EngineerProfileChanged, data)]);

/** A later plan replaces what was planned for the same time: readers take the last one that covers an instant. */
const planDuty: Use<'PlanDuty'> = ({ data }, engineer) => {
  const period = stored(data);
  const shifts = data.shifts.map(stored).sort((a, b) => (a.from < b.from ? -1 : 1));
  const broken =
    firstBroken(engineer, [mustBeKnownEngineer, mustBeActiveEngineer]) ??
    firstBroken(period, [mustBePeriod]) ??
    firstBroken({ period, shifts }, [mustHoldItsShifts, mustNotOverlap]);
  return broken ?? [event(engineerEvents.DutyPlanned, { ...period, shifts })];
};

const recordAbsence: Use<'RecordAbsence'> = ({ data }, engineer, { actor, stream }) => {
  const period = stored(data);
  const broken =
    firstBroken(engineer, [mustBeKnownEngineer]) ??
    firstBroken({ actor, stream }, [mustBeOwnAbsence]) ??
    firstBroken(period, [mustBePeriod]);
  return broken ?? [event(engineerEvents.AbsenceRecorded, { ...period, reason: data.reason })];
};

const deactivate: Use<'DeactivateEngineer'> = ({ data }, engineer) =>
  firstBroken(engineer, [mustBeKnownEngineer, mustBeActiveEngineer]) ?? [
    event(engineerEvents.EngineerDeactivated, data),
  ];

const reactivate: Use<'ReactivateEngineer'> = (_command, engineer) =>
  firstBroken(engineer, [mustBeKnownEngineer, mustBeInactiveEngineer]) ?? [
    event(engineerEvents.EngineerReactivated, { confirmed: true }),
  ];

export const decideEngineer = (
  command: EngineerCommand,
  engineer: Engineer,
  context: DecisionContext,
): Decision<EngineerEvent> => {
  switch (command.type) {
    case 'engineer.RegisterEngineer':
      return register(command, engineer, context);
    case 'engineer.ChangeEngineerProfile':
      return changeProfile(command, engineer, context);
    case 'engineer.PlanDuty':
      return planDuty(command, engineer, context);
    case 'engineer.RecordAbsence':
      return recordAbsence(command, engineer, context);
    case 'engineer.DeactivateEngineer':
      return deactivate(command, engineer, context);
    case 'engineer.ReactivateEngineer':
      return reactivate(command, engineer, context);
  }
};
