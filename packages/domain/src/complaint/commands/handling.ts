import {
  code,
  dateTime,
  defineCommand,
  flag,
  id,
  instant,
  label,
  list,
  money,
  oneOf,
  optional,
  part,
  region,
  ROLES,
  text,
  uuid,
  whole,
} from '../../kernel/index';
import { channel, controlPoint, serviceType, severity, ticketType } from '../../vocabulary';
import { measure } from '../words';
import { ANYBODY, CASE, JUDGES, SYSTEM } from './roles';

const occurredAt = optional(dateTime());
const none = optional(text(500));
const plan = '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0006';
const ticket = '7d9f1c52-0000-4000-8000-000000000002';
const internal = { kind: 'intent', roles: SYSTEM, internal: true } as const;

/** The plan and its execution, what the complainant is told meanwhile, and what the clocks did. */
export const handlingCommands = {
  ProposePlan: defineCommand('complaint.ProposePlan', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '提出处理方案', en: 'propose a resolution plan' },
    data: {
      diagnosis: part({ faultCode: optional(label()), cause: optional(code()), words: optional(text(4_000)), none }),
      measures: part({
        steps: list(part({ planStepId: id(), measure: measure(), what: optional(text(1_000)) }), 30),
        none,
      }),
      assignments: part({
        list: list(part({ planStepId: id(), role: oneOf(ROLES), person: optional(id()) }), 60),
        none,
      }),
      milestones: part({ list: list(part({ planStepId: optional(id()), name: code(), dueBy: dateTime() }), 60), none }),
      budget: part({ cost: money(), none }),
    },
    example: {
      diagnosis: { cause: 'double-booked' },
      measures: { steps: [{ planStepId: 'p1', measure: 'repair-again', what: '改派高级工程师上门' }] },
      assignments: { list: [{ planStepId: 'p1', role: 'supervisor', person: 'supervisor-1' }] },
      milestones: { list: [{ planStepId: 'p1', name: 'visit-done', dueBy: '2026-10-06T18:00:00+08:00' }] },
      budget: { cost: { amount: 0, currency: 'CNY' } },
    },
  }),
  RejectPlan: defineCommand('complaint.RejectPlan', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '退回处理方案', en: 'send the plan back' },
    data: { planId: id(), reason: text(500) },
    example: { planId: plan, reason: '缺少时间节点依据' },
  }),
  HoldReviewMeeting: defineCommand('complaint.HoldReviewMeeting', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '登记评审会议', en: 'record a review meeting' },
    data: { roles: list(oneOf(ROLES), 20, 1), minutes: optional(text(4_000)), occurredAt },
    example: { roles: ['quality', 'expert', 'manager'], minutes: '同意更换压缩机' },
  }),
  ApprovePlan: defineCommand('complaint.ApprovePlan', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '批准处理方案', en: 'approve the plan' },
    data: { planId: id() },
    example: { planId: plan },
  }),
  StartPlan: defineCommand('complaint.StartPlan', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '开始执行方案', en: 'start the plan' },
    data: {},
    example: {},
  }),
  OpenReworkTicket: defineCommand('complaint.OpenReworkTicket', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '开立返工工单', en: 'open a rework ticket for a step' },
    data: {
      planStepId: id(),
      /** Whose unit it is, where the complaint knows no customer. */
      customerId: optional(uuid()),
      intent: optional(ticketType()),
      serviceType: optional(serviceType()),
      category: optional(label()),
      model: optional(label()),
      unitId: optional(id()),
      region: optional(region()),
    },
    example: { planStepId: 'p1', intent: 'repair', serviceType: 'on-site', category: 'air-conditioner' },
  }),
  CompletePlanStep: defineCommand('complaint.CompletePlanStep', {
    kind: 'intent',
    roles: [...ANYBODY, 'warehouse', 'finance'],
    says: { zh: '完成方案步骤', en: 'complete a step of the plan' },
    data: { planStepId: id(), result: optional(text(2_000)), occurredAt },
    example: { planStepId: 'p1', result: '已换新机' },
  }),
  ReopenPlanStep: defineCommand('complaint.ReopenPlanStep', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '重新打开方案步骤', en: 'a step was not done after all' },
    data: { planStepId: id() },
    example: { planStepId: 'p1' },
  }),
  CompleteRework: defineCommand('complaint.CompleteRework', {
    ...internal,
    says: { zh: '返工工单完成', en: 'the rework ticket was completed' },
    data: { ticketId: id() },
    example: { ticketId: ticket },
  }),
  FailRework: defineCommand('complaint.FailRework', {
    ...internal,
    says: { zh: '返工工单未完成', en: 'the rework ticket failed' },
    data: { ticketId: id(), reason: oneOf(['refused', 'unresolved', 'cancelled', 'merged']) },
    example: { ticketId: ticket, reason: 'unresolved' },
  }),
  ReopenRework: defineCommand('complaint.ReopenRework', {
    ...internal,
    says: { zh: '返工工单重新打开', en: 'the rework ticket was reopened' },
    data: { ticketId: id() },
    example: { ticketId: ticket },
  }),
  ReportProgress: defineCommand('complaint.ReportProgress', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '告知客户进展', en: 'tell the complainant of the progress' },
    data: { channel: channel(), text: optional(text(2_000)), expectedBy: optional(dateTime()), occurredAt },
    example: { channel: 'phone', text: '配件明日到货', expectedBy: '2026-10-05T18:00:00+08:00' },
  }),
  GiveCommitment: defineCommand('complaint.GiveCommitment', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '向客户承诺', en: 'give a commitment to the complainant' },
    data: { text: text(2_000), nextSteps: text(2_000), expectedBy: dateTime(), channel: channel(), occurredAt },
    example: {
      text: '周五前换新机',
      nextSteps: '到货后电话预约上门',
      expectedBy: '2026-10-09T18:00:00+08:00',
      channel: 'phone',
    },
  }),
  KeepCommitment: defineCommand('complaint.KeepCommitment', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '登记承诺已兑现', en: 'record that a commitment was kept' },
    data: { commitmentId: id(), occurredAt },
    example: { commitmentId: plan },
  }),
  CommunicateOutcome: defineCommand('complaint.CommunicateOutcome', {
    kind: 'seen-state',
    roles: ANYBODY,
    says: { zh: '告知处理结果', en: 'communicate the outcome' },
    data: {
      channel: channel(),
      reached: flag(),
      contactId: optional(code(80)),
      text: optional(text(4_000)),
      occurredAt,
    },
    example: { channel: 'phone', reached: true, text: '已更换压缩机并试机正常' },
  }),
  RemindControlPoint: defineCommand('complaint.RemindControlPoint', {
    ...internal,
    says: { zh: '提醒控制点即将到期', en: 'remind of a control point' },
    data: {
      point: controlPoint(),
      count: whole(1, 20),
      dueBy: instant(),
      severity: optional(severity()),
      policyVersion: optional(whole(1)),
      round: whole(1),
    },
    example: { point: 'acknowledge', count: 1, dueBy: '2026-10-01T08:30:00.000Z', severity: 'urgent', round: 1 },
  }),
  MissControlPoint: defineCommand('complaint.MissControlPoint', {
    ...internal,
    says: { zh: '控制点超时', en: 'a control point was missed' },
    data: {
      point: controlPoint(),
      dueBy: instant(),
      severity: optional(severity()),
      escalatedTo: oneOf(ROLES),
      policyVersion: optional(whole(1)),
      round: whole(1),
    },
    example: { point: 'plan', dueBy: '2026-10-01T16:00:00.000Z', escalatedTo: 'manager', round: 1 },
  }),
} as const;
