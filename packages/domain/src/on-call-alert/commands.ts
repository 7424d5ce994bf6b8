import { code, defineCommand, id, list, optional, type CommandsOf, type Role } from '../kernel/index';
import { MOST_PEOPLE } from '../on-call-roster/events';
import { alertCause, closedFor } from './words';

/** Whoever may stand on a roster; whether they do is the decider's to say. */
const staff = [
  'agent',
  'counter',
  'expert',
  'supervisor',
  'engineer',
  'outlet',
  'warehouse',
  'developer-lead',
  'crm',
  'quality',
  'manager',
] as const satisfies readonly Role[];

const internal = { roles: ['system'], internal: true } as const;

const cause = {
  site: code(),
  matter: code(80),
  source: code(80),
  number: optional(code(20)),
  alertCause: alertCause(),
  concerned: list(id(), MOST_PEOPLE),
};
const example = {
  site: 'main',
  matter: 'ticket-7d9f1c52-0000-4000-8000-000000000001',
  source: 'ticket-7d9f1c52-0000-4000-8000-000000000001',
  number: '202612001',
  alertCause: 'safety' as const,
  concerned: [],
};

export const onCallAlertCommands = {
  RaiseAlert: defineCommand('on_call_alert.RaiseAlert', {
    ...internal,
    kind: 'creates',
    says: { zh: '发起值班呼叫', en: 'raise an on-call alert and call the first person' },
    data: cause,
    example,
  }),
  AddCause: defineCommand('on_call_alert.AddCause', {
    ...internal,
    kind: 'intent',
    says: { zh: '新增呼叫原因', en: 'add a cause to an alert, or raise it again' },
    data: cause,
    example: { ...example, alertCause: 'urgent-complaint' },
  }),
  EndCause: defineCommand('on_call_alert.EndCause', {
    ...internal,
    kind: 'intent',
    says: { zh: '消除呼叫原因', en: 'end a cause; without any left the alert is closed' },
    data: { source: code(80), closedFor: closedFor() },
    example: { source: example.source, closedFor: 'matter-ended' },
  }),
  CallNext: defineCommand('on_call_alert.CallNext', {
    ...internal,
    kind: 'intent',
    says: { zh: '呼叫下一位', en: 'call the next person on the roster' },
    data: {},
    example: {},
  }),
  ExcludePerson: defineCommand('on_call_alert.ExcludePerson', {
    ...internal,
    kind: 'intent',
    says: { zh: '被投诉人回避', en: 'take whom the complaint is about off the calls' },
    data: { person: id() },
    example: { person: 'staff-7' },
  }),
  Acknowledge: defineCommand('on_call_alert.Acknowledge', {
    kind: 'intent',
    roles: staff,
    says: { zh: '应答值班呼叫', en: 'acknowledge an on-call alert' },
    data: {},
    example: {},
  }),
} as const;
export type OnCallAlertCommand = CommandsOf<typeof onCallAlertCommands>;
export type OnCallAlertCommandName = keyof typeof onCallAlertCommands;
