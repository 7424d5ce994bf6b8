import {
  code,
  defineEvent,
  flag,
  id,
  instant,
  label,
  list,
  optional,
  part,
  text,
  whole,
  type EventsOf,
} from '../kernel/index';

const profile = {
  skills: list(code(), 50),
  categories: list(label(), 50),
  /** Region codes served; a shorter prefix serves all below it. */
  regions: list(code(6), 200),
  capacity: whole(1, 1_000),
  outletId: optional(id()),
};

export const engineerEvents = {
  EngineerRegistered: defineEvent('engineer.EngineerRegistered', {
    says: { zh: '登记工程师', en: 'an engineer was registered' },
    data: { engineerId: id(), ...profile },
    personal: { name: text(100), phone: optional(text(40)) },
  }),
  EngineerProfileChanged: defineEvent('engineer.EngineerProfileChanged', {
    says: { zh: '变更工程师资料', en: "an engineer's profile was changed" },
    data: profile,
  }),
  DutyPlanned: defineEvent('engineer.DutyPlanned', {
    says: { zh: '排班', en: 'duty was planned' },
    data: { from: instant(), to: instant(), shifts: list(part({ from: instant(), to: instant() }), 200) },
  }),
  AbsenceRecorded: defineEvent('engineer.AbsenceRecorded', {
    says: { zh: '缺勤', en: 'an absence was recorded' },
    data: { from: instant(), to: instant(), reason: code() },
  }),
  EngineerDeactivated: defineEvent('engineer.EngineerDeactivated', {
    says: { zh: '停用工程师', en: 'an engineer was deactivated' },
    data: { reason: code() },
  }),
  EngineerReactivated: defineEvent('engineer.EngineerReactivated', {
    says: { zh: '恢复工程师', en: 'an engineer was reactivated' },
    data: { confirmed: flag() },
  }),
} as const;
export type EngineerEvent = EventsOf<typeof engineerEvents>;
