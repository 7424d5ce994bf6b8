import { code, dateTime, defineCommand, id, zone, type CommandsOf, type Role } from '../kernel/index';
import { people } from './events';

const planners = ['supervisor', 'manager'] as const satisfies readonly Role[];

export const onCallRosterCommands = {
  OpenRoster: defineCommand('on_call_roster.OpenRoster', {
    kind: 'creates',
    roles: ['system'],
    internal: true,
    says: { zh: '建立站点的值班表', en: "open a site's on-call roster" },
    data: { site: code(), zone: zone() },
    example: { site: 'main', zone: 'Asia/Shanghai' },
  }),
  PlanOnCall: defineCommand('on_call_roster.PlanOnCall', {
    kind: 'seen-state',
    roles: planners,
    says: {
      zh: '安排值班:按呼叫顺序列出人员;与已有班次重叠时,以后安排的为准(换班)',
      en: 'plan an on-call shift, people in the order in which they are called; it goes before what was planned for the same time',
    },
    data: { from: dateTime(), until: dateTime(), people: people() },
    example: {
      from: '2026-12-01T18:00:00+08:00',
      until: '2026-12-02T08:00:00+08:00',
      people: ['staff-7', 'staff-9'],
    },
  }),
  CancelOnCall: defineCommand('on_call_roster.CancelOnCall', {
    kind: 'seen-state',
    roles: planners,
    says: { zh: '取消班次', en: 'cancel an on-call shift' },
    data: { shift: id() },
    example: { shift: '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001' },
  }),
} as const;
export type OnCallRosterCommand = CommandsOf<typeof onCallRosterCommands>;
