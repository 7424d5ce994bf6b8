import { code, dateTime, defineCommand, flag, id, label, oneOf, optional, ROLES, whole } from '../../kernel/index';
import { route } from '../../vocabulary';
import { SOLUTION_DECLINE_REASONS, FOLLOW_UPS, JOB_KINDS, JOB_OUTCOMES, PAUSE_REASONS, usedParts } from '../events';
import { SYSTEM } from './roles';

const internal = { kind: 'intent', roles: SYSTEM, internal: true } as const;
const job = '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0004';

/** What process managers tell the ticket. No longer applicable: no events or a refusal. */
export const jobCommands = {
  OpenJob: defineCommand('ticket.OpenJob', {
    ...internal,
    says: { zh: '建立派工', en: 'note that a job was opened' },
    data: { kind: oneOf(JOB_KINDS), id: id() },
    example: { kind: 'work-order', id: job },
  }),
  EndJob: defineCommand('ticket.EndJob', {
    ...internal,
    says: { zh: '派工结束', en: 'note that a job ended' },
    data: {
      id: id(),
      outcome: oneOf(JOB_OUTCOMES),
      workMinutes: whole(),
      parts: usedParts(),
    },
    example: { id: job, outcome: 'fixed', workMinutes: 40, parts: [] },
  }),
  StartHandlingByJob: defineCommand('ticket.StartHandlingByJob', {
    ...internal,
    says: { zh: '接单后开始处理', en: 'handling starts because a job was accepted' },
    data: { workOrderId: id(), route: route(), role: oneOf(ROLES), person: optional(id()) },
    example: { workOrderId: job, route: 'visit', role: 'engineer', person: 'e-1' },
  }),
  ReportDiagnosisByJob: defineCommand('ticket.ReportDiagnosisByJob', {
    ...internal,
    says: { zh: '派工报告诊断', en: 'a job reports its diagnosis' },
    data: { workOrderId: id(), faultCode: optional(label()), cause: optional(code()) },
    example: { workOrderId: job, faultCode: 'E1', cause: 'sensor' },
  }),
  ProposeResolutionByJob: defineCommand('ticket.ProposeResolutionByJob', {
    ...internal,
    says: { zh: '派工完成,请客户确认', en: 'a job proposes that it is solved' },
    data: {
      workOrderId: id(),
      by: oneOf(['visit', 'remote']),
      faultCode: optional(label()),
      cause: optional(code()),
      remedy: optional(code()),
    },
    example: { workOrderId: job, by: 'visit', faultCode: 'E1', cause: 'sensor', remedy: 'replaced' },
  }),
  ConfirmBySignature: defineCommand('ticket.ConfirmBySignature', {
    ...internal,
    says: { zh: '客户签字确认', en: 'the customer confirmed by signing the report' },
    data: { workOrderId: id(), signatureDigest: code(64) },
    example: { workOrderId: job, signatureDigest: 'a'.repeat(64) },
  }),
  DeclineSolutionByJob: defineCommand('ticket.DeclineSolutionByJob', {
    ...internal,
    says: { zh: '客户现场不同意方案', en: 'the customer declined at the job' },
    data: { workOrderId: id(), reason: oneOf(SOLUTION_DECLINE_REASONS) },
    example: { workOrderId: job, reason: 'price' },
  }),
  PauseByJob: defineCommand('ticket.PauseByJob', {
    ...internal,
    says: { zh: '派工暂停', en: 'the ticket pauses with its job' },
    data: { workOrderId: id(), reason: oneOf(PAUSE_REASONS), expectedUntil: dateTime() },
    example: { workOrderId: job, reason: 'awaiting-parts', expectedUntil: '2026-10-03T10:00:00.000Z' },
  }),
  ResumeByJob: defineCommand('ticket.ResumeByJob', {
    ...internal,
    says: { zh: '派工恢复', en: 'the ticket resumes with its job' },
    data: { workOrderId: id() },
    example: { workOrderId: job },
  }),
  ReleaseByJob: defineCommand('ticket.ReleaseByJob', {
    ...internal,
    says: { zh: '工程师退回派工', en: 'the engineer released the job' },
    data: { workOrderId: id() },
    example: { workOrderId: job },
  }),
  RemindConfirmation: defineCommand('ticket.RemindConfirmation', {
    ...internal,
    says: { zh: '提醒客户确认', en: 'remind the customer to confirm' },
    data: { count: whole(1, 10), onCallList: flag() },
    example: { count: 1, onCallList: false },
  }),
  AcceptBySilence: defineCommand('ticket.AcceptBySilence', {
    ...internal,
    says: { zh: '逾期视为接受', en: 'accept by silence' },
    data: { policyVersion: whole(1), waitedSince: dateTime() },
    example: { policyVersion: 1, waitedSince: '2026-10-01T08:00:00.000Z' },
  }),
  ReturnBySilence: defineCommand('ticket.ReturnBySilence', {
    ...internal,
    says: { zh: '逾期未确认,退回处理', en: 'return to the engineer by silence' },
    data: { policyVersion: whole(1), waitedSince: dateTime() },
    example: { policyVersion: 1, waitedSince: '2026-10-01T08:00:00.000Z' },
  }),
  NoteComplaint: defineCommand('ticket.NoteComplaint', {
    ...internal,
    says: { zh: '登记有关投诉', en: 'note that a complaint about the ticket is open' },
    data: { complaintId: id(), engineerId: optional(id()) },
    example: { complaintId: job, engineerId: 'e-1' },
  }),
  EndComplaint: defineCommand('ticket.EndComplaint', {
    ...internal,
    says: { zh: '有关投诉已结束', en: 'note that a complaint about the ticket ended' },
    data: { complaintId: id() },
    example: { complaintId: job },
  }),
  BecomeComplaint: defineCommand('ticket.BecomeComplaint', {
    ...internal,
    says: { zh: '工单转为投诉', en: 'the ticket became a complaint' },
    data: { complaintId: id() },
    example: { complaintId: job },
  }),
  ScheduleFollowUp: defineCommand('ticket.ScheduleFollowUp', {
    ...internal,
    says: { zh: '安排回访', en: 'schedule a follow-up' },
    data: { followUp: oneOf(FOLLOW_UPS), from: dateTime(), dueBy: dateTime(), policyVersion: whole(1) },
    example: {
      followUp: 'confirmation-call',
      from: '2026-10-01T08:00:00.000Z',
      dueBy: '2026-10-01T09:00:00.000Z',
      policyVersion: 1,
    },
  }),
  MissFollowUp: defineCommand('ticket.MissFollowUp', {
    ...internal,
    says: { zh: '回访逾期', en: 'note that a follow-up was missed' },
    data: { followUp: oneOf(FOLLOW_UPS) },
    example: { followUp: 'after-closing' },
  }),
} as const;
