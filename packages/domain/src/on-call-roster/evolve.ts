import type { Recorded } from '../kernel/index';
import type { OnCallRosterEvent } from './events';
import type { OnCallRoster } from './state';

export const evolveOnCallRoster = (roster: OnCallRoster, event: Recorded<OnCallRosterEvent>): OnCallRoster => {
  switch (event.type) {
    case 'on_call_roster.RosterOpened':
      return { status: 'open', site: event.data.site, zone: event.data.zone, shifts: [] };
    case 'on_call_roster.OnCallPlanned': {
      if (roster.status === 'none') return roster;
      const { shift, from, until, people } = event.data;
      return { ...roster, shifts: [...roster.shifts, { shift, from, until, people }] };
    }
    case 'on_call_roster.OnCallCancelled': {
      if (roster.status === 'none') return roster;
      const { recordedAt } = event.metadata;
      // Who was on call until now was on call: a shift that has begun ends, and only one that has not is gone.
      const shifts = roster.shifts.flatMap((one) => {
        if (one.shift !== event.data.shift || one.until <= recordedAt) return [one];
        return one.from < recordedAt ? [{ ...one, until: recordedAt }] : [];
      });
      return { ...roster, shifts };
    }
    default:
      return never(event, roster);
  }
};

const never = (_event: never, roster: OnCallRoster): OnCallRoster => roster;
