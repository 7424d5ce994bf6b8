import type { Recorded } from '../kernel/index';
import type { EngineerEvent } from './events';
import type { Engineer } from './state';

export const evolveEngineer = (engineer: Engineer, event: Recorded<EngineerEvent>): Engineer => {
  switch (event.type) {
    case 'engineer.EngineerRegistered':
    case 'engineer.EngineerReactivated':
      return { status: 'active' };
    case 'engineer.EngineerDeactivated':
      return { status: 'inactive' };
    case 'engineer.EngineerProfileChanged':
    case 'engineer.DutyPlanned':
    case 'engineer.AbsenceRecorded':
      return engineer;
    default:
      return never(event, engineer);
  }
};

const never = (_event: never, engineer: Engineer): Engineer => engineer;
