import { code, defineCommand, label, list, optional, text, whole, type CommandsOf, type Role } from '../kernel/index';

const leads = ['supervisor', 'manager'] as const satisfies readonly Role[];

const profile = {
  name: text(200),
  skills: list(code(), 50),
  categories: list(label(), 50),
  regions: list(code(6), 500),
  capacity: whole(1, 10_000),
};
const profileExample = {
  name: '示例服务网点',
  skills: ['appliance', 'gas'],
  categories: ['water-heater'],
  regions: ['310104'],
  capacity: 30,
};

export const outletCommands = {
  RegisterOutlet: defineCommand('outlet.RegisterOutlet', {
    kind: 'creates',
    roles: leads,
    says: { zh: '登记服务网点', en: 'register an outlet' },
    data: { ...profile, phone: optional(text(40)), address: optional(text(300)) },
    example: { ...profileExample, phone: '13800000000' },
  }),
  ChangeOutletProfile: defineCommand('outlet.ChangeOutletProfile', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '变更网点资料', en: "change an outlet's profile" },
    data: profile,
    example: { ...profileExample, capacity: 40 },
  }),
  DeactivateOutlet: defineCommand('outlet.DeactivateOutlet', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '停用网点', en: 'deactivate an outlet' },
    data: { reason: code() },
    example: { reason: 'contract-ended' },
  }),
  ReactivateOutlet: defineCommand('outlet.ReactivateOutlet', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '恢复网点', en: 'reactivate an outlet' },
    data: { reason: code() },
    example: { reason: 'contract-renewed' },
  }),
} as const;
export type OutletCommand = CommandsOf<typeof outletCommands>;
