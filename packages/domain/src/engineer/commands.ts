import {
  code,
  dateTime,
  defineCommand,
  id,
  label,
  list,
  optional,
  part,
  text,
  whole,
  type CommandsOf,
  type Role,
} from '../kernel/index';

const leads = ['supervisor', 'manager', 'hr'] as const satisfies readonly Role[];

/** What an engineer can do and where; a region code serves everything below it (`3101` serves 310104). */
const profile = {
  skills: list(code(), 50),
  categories: list(label(), 50),
  regions: list(code(6), 200),
  capacity: whole(1, 1_000),
  outletId: optional(id()),
};
const profileExample = {
  skills: ['refrigeration'],
  categories: ['air-conditioner', 'refrigerator'],
  regions: ['3101'],
  capacity: 6,
};

export const engineerCommands = {
  RegisterEngineer: defineCommand('engineer.RegisterEngineer', {
    kind: 'creates',
    roles: leads,
    says: { zh: '登记工程师', en: 'register an engineer' },
    data: { ...profile, name: text(100), phone: optional(text(40)) },
    example: { ...profileExample, name: '张三', phone: '13800000000' },
  }),
  ChangeEngineerProfile: defineCommand('engineer.ChangeEngineerProfile', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '变更工程师资料', en: "change an engineer's profile" },
    data: profile,
    example: { ...profileExample, capacity: 8 },
  }),
  PlanDuty: defineCommand('engineer.PlanDuty', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '排班', en: 'plan the duty of a period' },
    data: { from: dateTime(), to: dateTime(), shifts: list(part({ from: dateTime(), to: dateTime() }), 200) },
    example: {
      from: '2026-12-01T00:00:00+08:00',
      to: '2026-12-08T00:00:00+08:00',
      shifts: [{ from: '2026-12-01T08:00:00+08:00', to: '2026-12-01T20:00:00+08:00' }],
    },
  }),
  RecordAbsence: defineCommand('engineer.RecordAbsence', {
    kind: 'intent',
    roles: [...leads, 'engineer'],
    says: { zh: '登记缺勤', en: 'record an absence' },
    data: { from: dateTime(), to: dateTime(), reason: code() },
    example: { from: '2026-12-03T08:00:00+08:00', to: '2026-12-03T20:00:00+08:00', reason: 'illness' },
  }),
  DeactivateEngineer: defineCommand('engineer.DeactivateEngineer', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '停用工程师', en: 'deactivate an engineer' },
    data: { reason: code() },
    example: { reason: 'left' },
  }),
  ReactivateEngineer: defineCommand('engineer.ReactivateEngineer', {
    kind: 'seen-state',
    roles: leads,
    says: { zh: '恢复工程师', en: 'reactivate an engineer' },
    data: {},
    example: {},
  }),
} as const;
export type EngineerCommand = CommandsOf<typeof engineerCommands>;
