import {
  code,
  defineEvent,
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
  text,
  timeWindow,
  whole,
  zone,
  type EventsOf,
} from '../kernel/index';
import { ROLES } from '../kernel/index';
import { inClear, keptInClear } from '../kernel/in-clear';
import {
  attachment,
  channel,
  COVERAGES,
  impact,
  priority,
  rating,
  route,
  serviceType,
  ticketType,
  tier,
  WARRANTY_BASES,
} from '../vocabulary';

/** Every ticket event carries the cycle it belongs to: 1 at registration, +1 at each reopening. */
const cycle = whole(1, 1_000);

/** Who decided: a rule of a policy version, or a person; `reason`: the occasion on which they did, their words are personal. */
export const decidedBy = () =>
  part({
    by: oneOf(['rule', 'customer', 'person']),
    policyVersion: optional(whole(1)),
    reason: optional(code()),
    inClear: inClear(),
  });

/** What a person wrote to justify a decision, under the case's key since version 2. */
const reasonSaid = { reason: optional(text(500)) };
const decidedInClear = { version: 2, upcasts: [keptInClear('reason', ['decided'])] };
const reasonInClear = { version: 2, upcasts: [keptInClear('reason')] };

const intakeData = {
  number: code(20),
  serial: whole(1),
  site: code(),
  zone: zone(),
  channel: channel(),
  /** Stream of the customer, `customer-<uuid>`: also whose key holds the personal fields. */
  customer: code(80),
  tier: tier(),
  intent: optional(ticketType()),
  serviceType: optional(serviceType()),
  region: optional(region()),
  category: optional(label()),
  model: optional(label()),
  impact: impact(),
  safetyMarked: flag(),
  requestedWindow: optional(timeWindow()),
  cycle,
};
/** Under the customer's key. */
const intakePersonal = {
  words: text(4_000),
  environment: optional(text(1_000)),
  remediesTried: optional(text(1_000)),
  contactName: optional(text(100)),
  contactPhone: optional(text(40)),
  address: optional(text(300)),
};

export const CONTACT_PURPOSES = ['intake', 'answer', 'appointment', 'progress', 'chase', 'follow-up'] as const;
export const MILESTONES = [
  'inspected-on-site',
  'parts-requested',
  'awaiting-parts',
  'parts-received',
  'repair-done',
  'taken-to-depot',
  'replacement-needed',
  'other',
] as const;
export const REJECTION_REASONS = [
  'fault-still-there',
  'new-fault',
  'not-done',
  'damage',
  'not-usable',
  'other',
] as const;
export const PAUSE_REASONS = ['awaiting-customer', 'awaiting-test', 'awaiting-parts'] as const;
/** Steps of a matter that have an owner of their own (CLS-10). */
export const STEPS = [
  'review',
  'dispatch',
  'diagnosis',
  'handling',
  'consent',
  'confirmation',
  'follow-up',
  'supervision',
] as const;
export const SOLUTION_OPTIONS = [
  'on-site',
  'mail-in',
  'carry-in',
  'replace-part',
  'software-upgrade',
  'remote',
  'other',
] as const;
/** Why a customer declines a solution. */
export const SOLUTION_DECLINE_REASONS = ['price', 'time', 'wants-alternative', 'no-longer-needed', 'other'] as const;
export const JOB_KINDS = ['work-order', 'parts-request', 'return'] as const;
export const JOB_OUTCOMES = [
  'fixed',
  'no-fault-found',
  'further-visit-needed',
  'not-fixed',
  'no-access',
  'customer-declined',
  'taken-to-depot',
  'replace-unit',
  'cancelled',
] as const;
export const FOLLOW_UPS = ['confirmation-call', 'after-closing'] as const;

export const ATTACHMENT_KINDS = ['photo', 'test-report', 'service-form', 'invoice', 'document', 'other'] as const;

/** FUP-03: the questionnaire's four dimensions. */
export const questionnaireAnswers = () =>
  part({ responseSpeed: rating(), expertise: rating(), attitude: rating(), problemSolved: rating() });

/** What a job took, as a ticket remembers it. */
export const usedParts = () => list(part({ partNo: label(), quantity: whole(), unit: code() }), 100);

export const ticketEvents = {
  TicketSubmitted: defineEvent('ticket.TicketSubmitted', {
    says: { zh: '客户自助提交工单', en: 'the customer submitted the ticket' },
    data: intakeData,
    personal: intakePersonal,
  }),
  TicketRegistered: defineEvent('ticket.TicketRegistered', {
    says: { zh: '登记工单', en: 'the ticket was registered' },
    data: intakeData,
    personal: intakePersonal,
  }),
  IntakeReviewed: defineEvent('ticket.IntakeReviewed', {
    says: { zh: '客服审核补全了自助工单', en: 'an agent reviewed and completed the submission' },
    data: {
      intent: optional(ticketType()),
      serviceType: optional(serviceType()),
      region: optional(region()),
      category: optional(label()),
      model: optional(label()),
      impact: optional(impact()),
      safetyMarked: optional(flag()),
      cycle,
    },
    personal: {
      environment: optional(text(1_000)),
      remediesTried: optional(text(1_000)),
      contactName: optional(text(100)),
      contactPhone: optional(text(40)),
      address: optional(text(300)),
    },
  }),
  TicketClassified: defineEvent('ticket.TicketClassified', {
    says: { zh: '判定工单类型', en: 'the type was decided' },
    ...decidedInClear,
    data: { type: ticketType(), matched: list(text(100), 20), decided: decidedBy(), cycle },
    personal: reasonSaid,
  }),
  TicketPrioritized: defineEvent('ticket.TicketPrioritized', {
    says: { zh: '判定优先级', en: 'the priority was decided' },
    ...decidedInClear,
    data: {
      priority: priority(),
      impact: impact(),
      safety: flag(),
      safetyMatched: list(text(100), 20),
      tier: tier(),
      reasons: list(code(), 10),
      decided: decidedBy(),
      cycle,
    },
    personal: reasonSaid,
  }),
  HandlingRouted: defineEvent('ticket.HandlingRouted', {
    says: { zh: '确定处理方式', en: 'the route was decided' },
    ...decidedInClear,
    data: { route: optional(route()), decided: decidedBy(), cycle },
    personal: reasonSaid,
  }),
  WarrantyDetermined: defineEvent('ticket.WarrantyDetermined', {
    says: { zh: '核实保修状态', en: 'warranty cover was determined' },
    ...reasonInClear,
    data: {
      coverage: oneOf(COVERAGES),
      from: optional(instant()),
      until: optional(instant()),
      basis: oneOf(WARRANTY_BASES),
      policyVersion: whole(1),
      inClear: inClear(),
      cycle,
    },
    personal: reasonSaid,
  }),
  SafetyAdviceGiven: defineEvent('ticket.SafetyAdviceGiven', {
    says: { zh: '已告知安全注意事项', en: 'safety advice was given' },
    version: 2,
    upcasts: [keptInClear('advice')],
    data: { inClear: inClear(), cycle },
    personal: { advice: optional(text(500)) },
  }),
  CustomerContacted: defineEvent('ticket.CustomerContacted', {
    says: { zh: '与客户联系', en: 'the customer was contacted' },
    data: {
      contactId: code(80),
      direction: oneOf(['inbound', 'outbound']),
      channel: channel(),
      purpose: oneOf(CONTACT_PURPOSES),
      reached: flag(),
      cycle,
    },
    personal: { words: optional(text(2_000)) },
  }),
  ContactVerified: defineEvent('ticket.ContactVerified', {
    says: { zh: '核实客户身份', en: 'the customer was verified' },
    data: { method: oneOf(['purchase-number', 'phone-callback', 'document', 'known']), cycle },
    personal: { proofOfPurchase: optional(text(100)) },
  }),
  ProductUnitIdentified: defineEvent('ticket.ProductUnitIdentified', {
    says: { zh: '确认产品信息', en: 'the product unit was identified' },
    data: { unitId: id(), category: label(), model: label(), serial: optional(label()), cycle },
  }),
  ProductUnitCorrected: defineEvent('ticket.ProductUnitCorrected', {
    says: { zh: '更正产品信息', en: 'the product unit was corrected' },
    ...reasonInClear,
    data: {
      unitId: id(),
      category: label(),
      model: label(),
      serial: optional(label()),
      inClear: inClear(),
      cycle,
    },
    personal: reasonSaid,
  }),
  OwnerAssigned: defineEvent('ticket.OwnerAssigned', {
    says: { zh: '指定环节责任人', en: 'an owner was assigned to the step' },
    data: {
      step: oneOf(STEPS),
      role: oneOf(ROLES),
      person: optional(id()),
      reason: optional(code()),
      cycle,
    },
  }),
  HandlingStarted: defineEvent('ticket.HandlingStarted', {
    says: { zh: '开始处理', en: 'handling started' },
    data: { route: route(), role: oneOf(ROLES), person: optional(id()), workOrderId: optional(id()), cycle },
  }),
  DiagnosisRecorded: defineEvent('ticket.DiagnosisRecorded', {
    says: { zh: '记录故障诊断', en: 'a diagnosis was recorded' },
    data: { faultCode: optional(label()), cause: optional(code()), workOrderId: optional(id()), cycle },
    personal: { findings: optional(text(2_000)) },
  }),
  SolutionProposed: defineEvent('ticket.SolutionProposed', {
    says: { zh: '提出解决方案', en: 'a solution was proposed' },
    version: 2,
    upcasts: [keptInClear('preparation')],
    data: {
      options: list(oneOf(SOLUTION_OPTIONS), 5, 1),
      cost: money(),
      leadTimeDays: whole(0, 3_650),
      inClear: inClear(),
      unitLeavesCustomer: flag(),
      needsConsent: flag(),
      cycle,
    },
    personal: { explanation: optional(text(2_000)), preparation: optional(text(1_000)) },
  }),
  SolutionAccepted: defineEvent('ticket.SolutionAccepted', {
    says: { zh: '客户同意方案', en: 'the customer accepted the solution' },
    data: { channel: channel(), contactId: optional(code(80)), cycle },
  }),
  SolutionDeclined: defineEvent('ticket.SolutionDeclined', {
    says: { zh: '客户不同意方案', en: 'the customer declined the solution' },
    data: {
      channel: channel(),
      reason: oneOf(SOLUTION_DECLINE_REASONS),
      contactId: optional(code(80)),
      workOrderId: optional(id()),
      cycle,
    },
    personal: { words: optional(text(2_000)) },
  }),
  RemoteSupportGiven: defineEvent('ticket.RemoteSupportGiven', {
    says: { zh: '提供远程支持', en: 'remote support was given' },
    data: { minutes: whole(0, 10_000), workOrderId: optional(id()), cycle },
    personal: { steps: text(4_000) },
  }),
  ProgressReported: defineEvent('ticket.ProgressReported', {
    says: { zh: '更新处理进度', en: 'progress was reported' },
    data: { milestone: oneOf(MILESTONES), expectedAt: optional(instant()), workOrderId: optional(id()), cycle },
    personal: { note: optional(text(1_000)) },
  }),
  TicketPaused: defineEvent('ticket.TicketPaused', {
    says: { zh: '工单暂停', en: 'the ticket was paused' },
    data: { reason: oneOf(PAUSE_REASONS), expectedUntil: instant(), workOrderId: optional(id()), cycle },
  }),
  TicketResumed: defineEvent('ticket.TicketResumed', {
    says: { zh: '工单恢复', en: 'the ticket was resumed' },
    data: { workOrderId: optional(id()), cycle },
  }),
  JobOpened: defineEvent('ticket.JobOpened', {
    says: { zh: '建立派工', en: 'a job was opened' },
    data: { kind: oneOf(JOB_KINDS), id: id(), cycle },
  }),
  JobEnded: defineEvent('ticket.JobEnded', {
    says: { zh: '派工结束', en: 'a job ended' },
    data: {
      id: id(),
      outcome: oneOf(JOB_OUTCOMES),
      workMinutes: whole(),
      parts: usedParts(),
      cycle,
    },
  }),
  ResolutionProposed: defineEvent('ticket.ResolutionProposed', {
    says: { zh: '问题已解决,请客户确认', en: 'a resolution was proposed' },
    data: {
      faultCode: optional(label()),
      cause: optional(code()),
      remedy: optional(code()),
      by: oneOf(['first-touch', 'remote', 'visit', 'hand']),
      workOrderId: optional(id()),
      cycle,
    },
    personal: { summary: optional(text(2_000)) },
  }),
  ResolutionConfirmed: defineEvent('ticket.ResolutionConfirmed', {
    says: { zh: '客户确认解决', en: 'the customer confirmed the resolution' },
    data: { channel: channel(), contactId: optional(code(80)), signatureDigest: optional(code(64)), cycle },
  }),
  ResolutionRejected: defineEvent('ticket.ResolutionRejected', {
    says: { zh: '客户反馈未解决', en: 'the customer says it is not solved' },
    data: { reason: oneOf(REJECTION_REASONS), channel: channel(), contactId: optional(code(80)), cycle },
    personal: { words: optional(text(2_000)) },
  }),
  ConfirmationReminded: defineEvent('ticket.ConfirmationReminded', {
    says: { zh: '提醒客户确认', en: 'the customer was reminded to confirm' },
    data: { count: whole(1, 10), onCallList: flag(), cycle },
  }),
  ResolutionAcceptedBySilence: defineEvent('ticket.ResolutionAcceptedBySilence', {
    says: { zh: '客户逾期未答复,视为接受', en: 'accepted by silence' },
    data: { policyVersion: whole(1), waitedSince: instant(), cycle },
  }),
  /** Silence policy `return-to-engineer`: nobody confirmed, so it goes back; never counted as the customer's rejection. */
  ResolutionReturnedBySilence: defineEvent('ticket.ResolutionReturnedBySilence', {
    says: { zh: '客户逾期未答复,退回处理', en: 'returned to handling by silence' },
    data: { policyVersion: whole(1), waitedSince: instant(), cycle },
  }),
  FollowUpScheduled: defineEvent('ticket.FollowUpScheduled', {
    says: { zh: '安排回访', en: 'a follow-up was scheduled' },
    data: {
      followUp: oneOf(FOLLOW_UPS),
      from: instant(),
      dueBy: instant(),
      policyVersion: whole(1),
      cycle,
    },
  }),
  FollowUpAttempted: defineEvent('ticket.FollowUpAttempted', {
    says: { zh: '尝试回访', en: 'a follow-up was attempted' },
    data: {
      followUp: oneOf(FOLLOW_UPS),
      channel: channel(),
      contactId: code(80),
      reached: flag(),
      cycle,
    },
  }),
  FollowUpCompleted: defineEvent('ticket.FollowUpCompleted', {
    says: { zh: '完成回访', en: 'a follow-up was completed' },
    data: {
      followUp: oneOf(FOLLOW_UPS),
      resolved: flag(),
      scaleVersion: whole(1),
      answers: optional(questionnaireAnswers()),
      cycle,
    },
    personal: { suggestions: optional(text(2_000)) },
  }),
  FollowUpMissed: defineEvent('ticket.FollowUpMissed', {
    says: { zh: '回访逾期未完成', en: 'a follow-up was missed' },
    data: { followUp: oneOf(FOLLOW_UPS), cycle },
  }),
  TicketClosed: defineEvent('ticket.TicketClosed', {
    says: { zh: '工单关闭', en: 'the ticket was closed' },
    data: {
      workMinutes: whole(),
      parts: usedParts(),
      satisfaction: optional(questionnaireAnswers()),
      cycle,
    },
  }),
  TicketClosedUnresolved: defineEvent('ticket.TicketClosedUnresolved', {
    says: { zh: '未处理关闭', en: 'the ticket was closed unresolved' },
    data: { reason: oneOf(['quote-declined', 'unreachable', 'out-of-scope']), note: optional(code()), cycle },
    personal: { explanation: optional(text(1_000)) },
  }),
  TicketCancelled: defineEvent('ticket.TicketCancelled', {
    says: { zh: '工单取消', en: 'the ticket was cancelled' },
    data: {
      reason: oneOf(['by-customer', 'duplicate', 'mistake', 'became-complaint']),
      complaintId: optional(id()),
      cycle,
    },
  }),
  TicketReopened: defineEvent('ticket.TicketReopened', {
    says: { zh: '工单重新打开', en: 'the ticket was reopened' },
    data: { foundBy: oneOf(['customer', 'follow-up', 'staff']), statusBefore: code(), cycle },
    personal: { words: optional(text(2_000)) },
  }),
  TicketLinked: defineEvent('ticket.TicketLinked', {
    says: { zh: '关联工单', en: 'the ticket was linked' },
    data: { relation: oneOf(['repeat-of', 'duplicate', 'caused-by', 'split-from']), ticketId: id(), cycle },
  }),
  /** An open complaint is about this ticket. `engineerId`: who is named in it isn't sent back. Again when that became known. */
  ComplaintOpened: defineEvent('ticket.ComplaintOpened', {
    says: { zh: '该工单有投诉', en: 'a complaint about the ticket is open' },
    data: { complaintId: id(), engineerId: optional(id()), cycle },
  }),
  ComplaintEnded: defineEvent('ticket.ComplaintEnded', {
    says: { zh: '该工单的投诉已结束', en: 'a complaint about the ticket ended' },
    data: { complaintId: id(), cycle },
  }),
  /** This ticket does a step of a complaint's plan. */
  ReworkOrdered: defineEvent('ticket.ReworkOrdered', {
    says: { zh: '投诉返工', en: 'the ticket is rework for a complaint' },
    data: { complaintId: id(), planStepId: id(), cycle },
  }),
  TrackingLinkIssued: defineEvent('ticket.TrackingLinkIssued', {
    says: { zh: '生成查询链接', en: 'a tracking link was issued' },
    data: { linkId: id(), expiresAt: instant(), cycle },
  }),
  TrackingLinkRevoked: defineEvent('ticket.TrackingLinkRevoked', {
    says: { zh: '撤销查询链接', en: 'a tracking link was revoked' },
    data: { linkId: id(), cycle },
  }),
  /** EXE-10, CMP-03: photos, PDF, Word. The content lies apart, under the key of whom it is about. */
  AttachmentAdded: defineEvent('ticket.AttachmentAdded', {
    says: { zh: '添加附件', en: 'an attachment was added' },
    data: {
      ...attachment,
      kind: oneOf(ATTACHMENT_KINDS),
      /** Whose key it lies under. */
      about: oneOf(['customer', 'case']),
      workOrderId: optional(id()),
      cycle,
    },
    personal: { description: optional(text(1_000)) },
  }),
  NoteAdded: defineEvent('ticket.NoteAdded', {
    says: { zh: '添加备注', en: 'a note was added' },
    data: { about: oneOf(['customer', 'case']), cycle },
    personal: { note: text(4_000) },
  }),
} as const;

export type TicketEvent = EventsOf<typeof ticketEvents>;
