import { code, defineEvent, id, label, list, text, optional, whole, type EventsOf } from '../kernel/index';

const profile = {
  name: text(200),
  skills: list(code(), 50),
  categories: list(label(), 50),
  regions: list(code(6), 500),
  capacity: whole(1, 10_000),
};

export const outletEvents = {
  OutletRegistered: defineEvent('outlet.OutletRegistered', {
    says: { zh: '登记服务网点', en: 'an outlet was registered' },
    data: { outletId: id(), ...profile },
    personal: { phone: optional(text(40)), address: optional(text(300)) },
  }),
  OutletProfileChanged: defineEvent('outlet.OutletProfileChanged', {
    says: { zh: '变更网点资料', en: "an outlet's profile was changed" },
    data: profile,
  }),
  OutletDeactivated: defineEvent('outlet.OutletDeactivated', {
    says: { zh: '停用网点', en: 'an outlet was deactivated' },
    data: { reason: code() },
  }),
  OutletReactivated: defineEvent('outlet.OutletReactivated', {
    says: { zh: '恢复网点', en: 'an outlet was reactivated' },
    data: { reason: code() },
  }),
} as const;
export type OutletEvent = EventsOf<typeof outletEvents>;
