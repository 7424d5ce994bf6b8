import {
  dateTime,
  defineCommand,
  flag,
  id,
  label,
  list,
  oneOf,
  optional,
  part,
  ROLES,
  text,
  whole,
} from '../../kernel/index';
import { channel } from '../../vocabulary';
import { INFORMANTS } from '../events/shared';
import { graveCause, nature, party, reach, urgency } from '../words';
import { ANYBODY, CASE, JUDGES, SYSTEM } from './roles';

const occurredAt = optional(dateTime());

/**
 * A share of responsibility. Whoever is meant stands under a key of their own: an engineer or outlet by the id of its
 * stream, other staff, units and suppliers by an opaque id.
 */
const shares = list(
  part({
    /** Of a share that is there already, when an appeal changes it. */
    shareId: optional(id()),
    party: party(),
    percent: whole(0, 100),
    role: optional(oneOf(ROLES)),
    kind: oneOf(['person', 'unit', 'organisation']),
    meant: optional(
      part({ kind: oneOf(['engineer', 'outlet', 'staff', 'supplier', 'unit']), id: id(), name: optional(label()) }),
    ),
  }),
  10,
);
const proposal = '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0005';

/** Severity, verification, containment, and the track of responsibility. */
export const investigationCommands = {
  AssessSeverity: defineCommand('complaint.AssessSeverity', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '评定投诉等级', en: 'assess the severity; a lower one waits for a second person' },
    data: {
      nature: nature(),
      reach: reach(),
      urgency: urgency(),
      safety: flag(),
      graveCause: optional(graveCause()),
      reason: text(500),
    },
    example: { nature: 'serious', reach: 'single', urgency: 'soon', safety: false, reason: '两次爽约' },
  }),
  MarkSafety: defineCommand('complaint.MarkSafety', {
    kind: 'intent',
    roles: [...ANYBODY, 'engineer', 'outlet'],
    says: { zh: '标记安全隐患', en: 'mark a safety hazard' },
    data: { reason: text(500) },
    example: { reason: '外壳漏电' },
  }),
  ApproveSeverityLowering: defineCommand('complaint.ApproveSeverityLowering', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '同意下调等级', en: 'approve a lower severity' },
    data: { loweringId: id() },
    example: { loweringId: proposal },
  }),
  RejectSeverityLowering: defineCommand('complaint.RejectSeverityLowering', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '不同意下调等级', en: 'reject a lower severity' },
    data: { loweringId: id(), reason: text(500) },
    example: { loweringId: proposal, reason: '隐患未排除' },
  }),
  RequestInformation: defineCommand('complaint.RequestInformation', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '请求补充信息', en: 'request information' },
    data: { from: oneOf(INFORMANTS), question: text(2_000), expectedBy: dateTime() },
    example: { from: 'complainant', question: '请提供发票照片', expectedBy: '2026-10-10T18:00:00+08:00' },
  }),
  ReceiveInformation: defineCommand('complaint.ReceiveInformation', {
    kind: 'intent',
    roles: ANYBODY,
    says: { zh: '登记收到的信息', en: 'record information received' },
    data: { requestId: id(), complete: flag(), answer: optional(text(4_000)), occurredAt },
    example: { requestId: proposal, complete: true, answer: '发票已上传' },
  }),
  WithdrawInformationRequest: defineCommand('complaint.WithdrawInformationRequest', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '撤销信息请求', en: 'withdraw a request for information' },
    data: { requestId: id(), reason: text(500) },
    example: { requestId: proposal, reason: '已从录音确认' },
  }),
  VerifyComplaint: defineCommand('complaint.VerifyComplaint', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '完成核查', en: 'verify genuineness and completeness' },
    data: { genuine: oneOf(['yes', 'partly', 'no', 'unclear']), complete: flag(), findings: optional(text(4_000)) },
    example: { genuine: 'yes', complete: true, findings: '录音证实爽约两次' },
  }),
  TakeContainment: defineCommand('complaint.TakeContainment', {
    kind: 'intent',
    roles: [...ANYBODY, 'engineer'],
    says: { zh: '采取应急措施', en: 'take a containment' },
    data: {
      measure: oneOf(['stop-use', 'on-site-check', 'replacement-lent', 'staff-withdrawn', 'sales-stopped', 'other']),
      description: optional(text(2_000)),
      occurredAt,
    },
    example: { measure: 'stop-use', description: '已通知客户断电停用' },
  }),
  ProposeResponsibility: defineCommand('complaint.ProposeResponsibility', {
    kind: 'seen-state',
    roles: CASE,
    says: { zh: '提出责任认定', en: 'propose who is responsible, or that it cannot be found out' },
    data: {
      result: oneOf(['attributed', 'undetermined']),
      shares,
      grounds: text(4_000),
      evidence: optional(list(id(), 50)),
    },
    example: {
      result: 'attributed',
      shares: [
        {
          party: 'company',
          percent: 100,
          role: 'engineer',
          kind: 'person',
          meant: { kind: 'engineer', id: 'e0000000-0000-4000-8000-000000000001' },
        },
      ],
      grounds: '两次未按约上门,无正当理由',
    },
  }),
  RejectResponsibility: defineCommand('complaint.RejectResponsibility', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '退回责任认定', en: 'reject the proposal of responsibility' },
    data: { proposalId: id(), reason: text(500) },
    example: { proposalId: proposal, reason: '证据不足' },
  }),
  ConfirmResponsibility: defineCommand('complaint.ConfirmResponsibility', {
    kind: 'seen-state',
    roles: JUDGES,
    says: { zh: '确认责任认定', en: 'confirm the proposal of responsibility' },
    data: { proposalId: id() },
    example: { proposalId: proposal },
  }),
  NotifyResponsibility: defineCommand('complaint.NotifyResponsibility', {
    kind: 'intent',
    roles: CASE,
    says: { zh: '告知责任认定结果', en: 'tell a party of the responsibility' },
    data: { shareId: id(), channel: channel(), occurredAt },
    example: { shareId: 's1', channel: 'email' },
  }),
  AppealResponsibility: defineCommand('complaint.AppealResponsibility', {
    kind: 'intent',
    roles: [...CASE, 'engineer', 'outlet'],
    says: { zh: '对责任认定提出申诉', en: 'appeal the responsibility' },
    data: { shareId: id(), grounds: text(4_000), occurredAt },
    example: { shareId: 's1', grounds: '当天系统未派单' },
  }),
  DecideAppeal: defineCommand('complaint.DecideAppeal', {
    kind: 'seen-state',
    roles: [...JUDGES, 'hr'],
    says: { zh: '裁定申诉', en: 'decide an appeal' },
    data: { appealId: id(), decision: oneOf(['upheld', 'changed']), shares: optional(shares), grounds: text(4_000) },
    example: { appealId: proposal, decision: 'upheld', grounds: '系统记录与申诉不符' },
  }),
  FinaliseResponsibility: defineCommand('complaint.FinaliseResponsibility', {
    kind: 'intent',
    roles: SYSTEM,
    internal: true,
    says: { zh: '申诉期满,责任终定', en: 'the appeal periods passed' },
    data: { proposalId: id() },
    example: { proposalId: proposal },
  }),
} as const;
