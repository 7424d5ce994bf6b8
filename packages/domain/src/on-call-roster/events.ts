import { code, defineEvent, id, instant, list, zone, type EventsOf } from '../kernel/index';

/** The most people that one shift calls. */
export const MOST_PEOPLE = 20;

/** Staff by their opaque ids, in the order in which they are called; never a name. */
export const people = () => list(id(), MOST_PEOPLE, 1);

/** 值班表: who is called, and in which order, when something can't wait (DEC-01, INT-25). One stream per site. */
export const onCallRosterEvents = {
  RosterOpened: defineEvent('on_call_roster.RosterOpened', {
    says: { zh: '建立值班表', en: 'the on-call roster was opened' },
    data: { site: code(), zone: zone() },
  }),
  /** Of several shifts that cover an instant the one planned last is in force. */
  OnCallPlanned: defineEvent('on_call_roster.OnCallPlanned', {
    says: { zh: '安排值班', en: 'an on-call shift was planned' },
    data: { site: code(), shift: id(), from: instant(), until: instant(), people: people() },
  }),
  /** It is over from now on; what was planned before for the same time is in force again. */
  OnCallCancelled: defineEvent('on_call_roster.OnCallCancelled', {
    says: { zh: '取消值班', en: 'an on-call shift was cancelled' },
    data: { site: code(), shift: id() },
  }),
} as const;
export type OnCallRosterEvent = EventsOf<typeof onCallRosterEvents>;
