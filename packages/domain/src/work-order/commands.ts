import {
  code,
  dateTime,
  defineCommand,
  flag,
  id,
  label,
  list,
  oneOf,
  optional,
  part,
  region,
  text,
  whole,
  zone,
  type CommandsOf,
  type Role,
} from '../kernel/index';
import { assignee, DECLINE_REASONS, WORK_ORDER_KINDS } from './events';
import { fieldCommands } from './field-commands';
import { batchItem } from './field-facts';

/** Who works in the field; the decider lets them act only on jobs dispatched to them. */
const field = ['engineer', 'outlet'] as const satisfies readonly Role[];
const window = () => part({ from: dateTime(), to: dateTime() });
const engineer = '3f0c8f7e-0000-4000-8000-000000000001';
const requestedWindow = { from: '2026-10-02T09:00:00+08:00', to: '2026-10-02T12:00:00+08:00' };

/** The command table of work orders: planning, dispatch, acceptance, appointments, corrections, and the field's facts. */
export const workOrderCommands = {
  PlanWorkOrder: defineCommand('work_order.PlanWorkOrder', {
    kind: 'creates',
    roles: ['supervisor', 'system'],
    says: { zh: '生成派工单', en: 'plan a work order' },
    data: {
      ticketId: id(),
      cycle: whole(1, 1_000),
      kind: oneOf(WORK_ORDER_KINDS),
      site: code(),
      zone: zone(),
      /** Stream of the customer: whose key holds the signature and the opinion. */
      customer: optional(code(80)),
      category: label(),
      model: optional(label()),
      unitId: optional(id()),
      skills: list(code(), 20),
      region: optional(region()),
      requestedWindow: optional(window()),
      dueBy: optional(dateTime()),
      safety: flag(),
      visitIndex: whole(1, 100),
      visitsPlanned: part({ n: whole(1, 100), decidedBy: id() }),
      previousWorkOrderId: optional(id()),
      preferred: optional(assignee()),
    },
    example: {
      ticketId: '9b2c7a10-0000-4000-8000-000000000001',
      cycle: 1,
      kind: 'visit',
      site: 'main',
      zone: 'Asia/Shanghai',
      category: 'air-conditioner',
      skills: ['refrigeration'],
      region: '310104',
      requestedWindow,
      safety: false,
      visitIndex: 1,
      visitsPlanned: { n: 1, decidedBy: 'supervisor-1' },
    },
  }),
  DispatchAutomatically: defineCommand('work_order.DispatchAutomatically', {
    kind: 'intent',
    roles: ['system'],
    says: { zh: '自动派工', en: 'dispatch to the best candidate' },
    data: {},
    example: {},
    internal: true,
  }),
  DispatchWorkOrder: defineCommand('work_order.DispatchWorkOrder', {
    kind: 'seen-state',
    roles: ['supervisor'],
    says: { zh: '人工派工', en: 'dispatch by hand, also against the filters' },
    data: { to: assignee(), reason: optional(text(500)) },
    example: { to: { kind: 'engineer', id: engineer }, reason: '客户指定' },
  }),
  WithdrawDispatch: defineCommand('work_order.WithdrawDispatch', {
    kind: 'seen-state',
    roles: ['supervisor'],
    says: { zh: '撤回派工', en: 'withdraw the dispatch' },
    data: { reason: text(500) },
    example: { reason: '改派' },
  }),
  NameEngineers: defineCommand('work_order.NameEngineers', {
    kind: 'seen-state',
    roles: ['outlet', 'supervisor'],
    says: { zh: '指定服务人员', en: 'name the engineers' },
    data: { engineers: list(id(), 20, 1), lead: id() },
    example: { engineers: [engineer], lead: engineer },
  }),
  RemindAcceptance: defineCommand('work_order.RemindAcceptance', {
    kind: 'intent',
    roles: ['system'],
    says: { zh: '提醒接单', en: 'remind the assignee to accept' },
    data: { count: whole(1, 10) },
    example: { count: 1 },
    internal: true,
  }),
  LapseAcceptance: defineCommand('work_order.LapseAcceptance', {
    kind: 'intent',
    roles: ['system'],
    says: { zh: '接单超时', en: 'let the acceptance lapse' },
    data: {},
    example: {},
    internal: true,
  }),
  AcceptWorkOrder: defineCommand('work_order.AcceptWorkOrder', {
    kind: 'intent',
    roles: field,
    says: { zh: '接单', en: 'accept the work order' },
    data: {},
    example: {},
  }),
  DeclineWorkOrder: defineCommand('work_order.DeclineWorkOrder', {
    kind: 'intent',
    roles: field,
    says: { zh: '拒单', en: 'decline the work order' },
    data: { reason: oneOf(DECLINE_REASONS) },
    example: { reason: 'overloaded' },
  }),
  ReleaseWorkOrder: defineCommand('work_order.ReleaseWorkOrder', {
    kind: 'intent',
    roles: ['engineer', 'outlet', 'supervisor'],
    says: { zh: '退回派工', en: 'give the work order back' },
    data: { reason: oneOf(['illness', 'breakdown', 'delay', 'other']) },
    example: { reason: 'illness' },
  }),
  CheckPreparation: defineCommand('work_order.CheckPreparation', {
    kind: 'intent',
    roles: field,
    says: { zh: '准备检查', en: 'check tools, parts and documents' },
    data: { tools: flag(), parts: flag(), documents: flag() },
    example: { tools: true, parts: true, documents: true },
  }),
  AgreeAppointment: defineCommand('work_order.AgreeAppointment', {
    kind: 'intent',
    roles: ['agent', 'supervisor', 'engineer', 'outlet'],
    says: { zh: '约定上门时间', en: 'agree an appointment' },
    data: { window: window(), contactId: optional(code(80)) },
    example: { window: requestedWindow },
  }),
  MoveAppointment: defineCommand('work_order.MoveAppointment', {
    kind: 'intent',
    roles: ['agent', 'supervisor', 'engineer', 'outlet'],
    says: { zh: '改约', en: 'move the appointment' },
    data: { window: window(), initiator: oneOf(['customer', 'us']), reason: code() },
    example: { window: requestedWindow, initiator: 'customer', reason: 'not-at-home' },
  }),
  CorrectPartUse: defineCommand('work_order.CorrectPartUse', {
    kind: 'intent',
    roles: ['engineer', 'outlet', 'supervisor', 'warehouse'],
    says: { zh: '更正配件用量', en: 'correct a part use' },
    data: {
      partUseId: id(),
      /** What was really used; 0 when nothing was. */
      quantity: whole(0, 1e9),
      reason: oneOf(['miscounted', 'wrong-part-number', 'returned', 'other']),
    },
    example: { partUseId: 'use-1', quantity: 1, reason: 'miscounted' },
  }),
  ...fieldCommands,
  RecordFacts: defineCommand('work_order.RecordFacts', {
    kind: 'intent',
    roles: ['engineer', 'outlet', 'supervisor'],
    says: { zh: '补录现场记录', en: 'record facts from the field, also late ones' },
    data: { facts: list(batchItem(), 100, 1) },
    example: {
      facts: [
        { fact: 'ArrivalRecorded', occurredAt: '2026-10-02T09:20:00+08:00', badgeShown: true },
        { fact: 'WorkStarted', occurredAt: '2026-10-02T09:30:00+08:00' },
      ],
    },
  }),
  CancelWorkOrder: defineCommand('work_order.CancelWorkOrder', {
    kind: 'seen-state',
    roles: ['supervisor', 'agent', 'system'],
    says: { zh: '取消派工', en: 'cancel the work order' },
    data: {
      reason: oneOf(['customer', 'ticket-closed', 'mistake', 'replanned', 'solved-remotely', 'other']),
      tripMade: flag(),
    },
    example: { reason: 'customer', tripMade: false },
  }),
  SettleFieldConflict: defineCommand('work_order.SettleFieldConflict', {
    kind: 'seen-state',
    roles: ['supervisor'],
    says: { zh: '处理现场冲突', en: 'settle a field conflict' },
    data: { conflictId: id(), resolution: oneOf(['accepted', 'discarded', 'replanned']), reason: text(500) },
    example: { conflictId: 'conflict-1', resolution: 'accepted', reason: '已电话核实' },
  }),
} as const;

export type WorkOrderCommand = CommandsOf<typeof workOrderCommands>;
/** One command of the table by its name without the aggregate. */
export type WorkOrderCommandOf<Name extends keyof typeof workOrderCommands> = Extract<
  WorkOrderCommand,
  { type: `work_order.${Name}` }
>;
