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
import { inClear, keptInClear } from '../kernel/in-clear';
import { CHARGES, outcome, unitOfMeasure } from '../vocabulary';

export const WORK_ORDER_KINDS = ['remote', 'visit'] as const;
/** Who a job is dispatched to. */
export const assignee = () => part({ kind: oneOf(['engineer', 'outlet']), id: id() });
export const DECLINE_REASONS = ['overloaded', 'skill', 'too-far', 'off-duty', 'conflict-of-interest', 'other'] as const;
/** Why dispatch ruled somebody out, or a person overrode a filter. */
export const EXCLUSIONS = [
  'off-duty',
  'category',
  'skill',
  'region',
  'capacity',
  'declined-before',
  'lapsed-before',
  'inactive',
  /** Named in an open complaint about the matter. */
  'recused',
] as const;

/** What a person wrote to justify a decision, under the order's own key since version 2. */
const reasonSaid = { reason: optional(text(500)) };
const reasonInClear = { version: 2, upcasts: [keptInClear('reason')] };

const fittedPart = {
  partUseId: id(),
  partNo: label(),
  quantity: whole(1, 1e9),
  unit: unitOfMeasure(),
  removedSerial: optional(label()),
  fittedSerial: optional(label()),
  unitCost: money(),
  charge: oneOf(CHARGES),
};

/** Who was looked at for a dispatch, at which position and under which policy: success and failure are explained alike. */
const looked = {
  candidates: list(
    part({
      kind: oneOf(['engineer', 'outlet']),
      id: id(),
      openJobs: whole(),
      closeness: whole(0, 6),
      excluded: list(oneOf(EXCLUSIONS), 10),
    }),
    50,
  ),
  candidatesTotal: whole(),
  readPosition: optional(code(80)),
  policyVersion: whole(1),
};

export const workOrderEvents = {
  WorkOrderPlanned: defineEvent('work_order.WorkOrderPlanned', {
    says: { zh: '生成派工单', en: 'a work order was planned' },
    data: {
      ticketId: id(),
      cycle: whole(1, 1_000),
      kind: oneOf(WORK_ORDER_KINDS),
      site: code(),
      zone: zone(),
      /** Stream of the customer: whose key holds the signature and the opinion on the report. */
      customer: optional(code(80)),
      category: label(),
      model: optional(label()),
      unitId: optional(id()),
      skills: list(code(), 20),
      region: optional(region()),
      requestedWindow: optional(timeWindow()),
      dueBy: optional(instant()),
      safety: flag(),
      visitIndex: whole(1, 100),
      visitsPlanned: part({ n: whole(1, 100), decidedBy: id() }),
      previousWorkOrderId: optional(id()),
      /** Who should get it first: the engineer of the visit before, or of the job that the customer rejected. */
      preferred: optional(assignee()),
    },
  }),
  WorkOrderDispatched: defineEvent('work_order.WorkOrderDispatched', {
    says: { zh: '派工', en: 'the work order was dispatched' },
    ...reasonInClear,
    data: {
      to: assignee(),
      mode: oneOf(['auto', 'manual', 'counter']),
      ...looked,
      acceptBy: instant(),
      overrides: list(oneOf(EXCLUSIONS), 10),
      inClear: inClear(),
    },
    personal: reasonSaid,
  }),
  EngineersNamed: defineEvent('work_order.EngineersNamed', {
    says: { zh: '指定服务人员', en: 'the engineers were named' },
    data: { engineers: list(id(), 20, 1), lead: id() },
  }),
  DispatchFailed: defineEvent('work_order.DispatchFailed', {
    says: { zh: '自动派工失败,转主管', en: 'dispatch failed, the supervisor decides' },
    data: {
      reason: oneOf(['nobody-left', 'declined-twice', 'no-region']),
      ...looked,
    },
  }),
  DispatchWithdrawn: defineEvent('work_order.DispatchWithdrawn', {
    says: { zh: '撤回派工', en: 'the dispatch was withdrawn' },
    ...reasonInClear,
    data: { inClear: inClear() },
    personal: reasonSaid,
  }),
  AcceptanceReminded: defineEvent('work_order.AcceptanceReminded', {
    says: { zh: '提醒接单', en: 'the assignee was reminded to accept' },
    data: { count: whole(1, 10) },
  }),
  WorkOrderAccepted: defineEvent('work_order.WorkOrderAccepted', {
    says: { zh: '接单', en: 'the work order was accepted' },
    data: { by: assignee(), late: flag() },
  }),
  WorkOrderDeclined: defineEvent('work_order.WorkOrderDeclined', {
    says: { zh: '拒单', en: 'the work order was declined' },
    data: { by: assignee(), reason: oneOf(DECLINE_REASONS) },
  }),
  AcceptanceLapsed: defineEvent('work_order.AcceptanceLapsed', {
    says: { zh: '超时未接单', en: 'acceptance lapsed' },
    data: { by: assignee(), acceptBy: instant() },
  }),
  WorkOrderReleased: defineEvent('work_order.WorkOrderReleased', {
    says: { zh: '退回派工', en: 'the work order was released' },
    data: { reason: oneOf(['illness', 'breakdown', 'delay', 'other']) },
  }),
  PreparationChecked: defineEvent('work_order.PreparationChecked', {
    says: { zh: '准备检查', en: 'preparation was checked' },
    data: { tools: flag(), parts: flag(), documents: flag() },
  }),
  AppointmentAgreed: defineEvent('work_order.AppointmentAgreed', {
    says: { zh: '约定上门时间', en: 'an appointment was agreed' },
    data: { window: timeWindow(), contactId: optional(code(80)) },
  }),
  AppointmentMoved: defineEvent('work_order.AppointmentMoved', {
    says: { zh: '改约', en: 'the appointment was moved' },
    data: { window: timeWindow(), initiator: oneOf(['customer', 'us']), reason: code() },
  }),
  TravelStarted: defineEvent('work_order.TravelStarted', {
    says: { zh: '工程师已出发', en: 'travel started' },
    data: { eta: optional(instant()) },
  }),
  ArrivalRecorded: defineEvent('work_order.ArrivalRecorded', {
    says: { zh: '到达现场', en: 'arrival on site' },
    data: { badgeShown: flag() },
  }),
  RisksExplained: defineEvent('work_order.RisksExplained', {
    says: { zh: '已说明步骤与风险', en: 'risks were explained' },
    data: { consent: flag() },
  }),
  DataProtectionStepRecorded: defineEvent('work_order.DataProtectionStepRecorded', {
    says: { zh: '用户数据保护', en: 'a data-protection step was taken' },
    data: { step: oneOf(['backed-up', 'wiped', 'locked', 'not-needed', 'customer-declined']) },
  }),
  WorkStarted: defineEvent('work_order.WorkStarted', { says: { zh: '开始检修', en: 'work started' }, data: {} }),
  WorkSuspended: defineEvent('work_order.WorkSuspended', {
    says: { zh: '检修暂停', en: 'work was suspended' },
    data: { reason: oneOf(['awaiting-parts', 'awaiting-customer', 'awaiting-test']), expectedUntil: instant() },
  }),
  WorkResumed: defineEvent('work_order.WorkResumed', { says: { zh: '检修恢复', en: 'work was resumed' }, data: {} }),
  PartFitted: defineEvent('work_order.PartFitted', {
    says: { zh: '更换配件', en: 'a part was fitted' },
    data: fittedPart,
  }),
  PartUseCorrected: defineEvent('work_order.PartUseCorrected', {
    says: { zh: '更正配件用量', en: 'a part use was corrected' },
    data: {
      partUseId: id(),
      quantity: whole(0, 1e9),
      reason: oneOf(['miscounted', 'wrong-part-number', 'returned', 'other']),
    },
  }),
  PartRemovedUnused: defineEvent('work_order.PartRemovedUnused', {
    says: { zh: '配件未使用取回', en: 'a part was taken back unused' },
    data: { partNo: label(), quantity: whole(1, 1e9), unit: unitOfMeasure() },
  }),
  ServiceReportFiled: defineEvent('work_order.ServiceReportFiled', {
    says: { zh: '填写服务报告单', en: 'the service report was filed' },
    data: {
      faultCode: label(),
      cause: code(),
      remedy: code(),
      parts: list(part({ partNo: label(), quantity: whole(1, 1e9), unit: unitOfMeasure() }), 100),
      rating: oneOf(['very-satisfied', 'satisfied', 'neutral', 'dissatisfied', 'refused']),
      scaleVersion: whole(1),
      acceptance: oneOf(['signed', 'refused', 'absent']),
      signatureDigest: optional(code(64)),
      refusalReason: optional(code()),
      educationGiven: optional(flag()),
    },
    personal: {
      causeText: optional(text(2_000)),
      remedyText: optional(text(2_000)),
      opinion: optional(text(2_000)),
      /** PNG, base64, at most 32 KiB decoded. */
      signature: optional(text(44_000)),
    },
  }),
  WorkCompleted: defineEvent('work_order.WorkCompleted', {
    says: { zh: '服务完成', en: 'work was completed' },
    data: {
      outcome: outcome(),
      reason: optional(oneOf(['part-missing', 'wrong-part', 'wrong-diagnosis', 'skill', 'customer', 'time'])),
      workMinutes: whole(0, 100_000),
      reportFiled: flag(),
      tripMade: flag(),
    },
  }),
  WorkOrderCancelled: defineEvent('work_order.WorkOrderCancelled', {
    says: { zh: '派工取消', en: 'the work order was cancelled' },
    data: {
      reason: oneOf(['customer', 'ticket-closed', 'mistake', 'replanned', 'solved-remotely', 'other']),
      tripMade: flag(),
    },
  }),
  ManagerCheckedOut: defineEvent('work_order.ManagerCheckedOut', {
    says: { zh: '离场前电话报告主管', en: 'the manager was called before leaving' },
    data: { manager: optional(id()) },
  }),
  SiteLeft: defineEvent('work_order.SiteLeft', {
    says: { zh: '离开现场', en: 'the site was left' },
    data: { checkedOut: flag() },
  }),
  FieldConflictRaised: defineEvent('work_order.FieldConflictRaised', {
    says: { zh: '现场记录与系统状态冲突', en: 'a field fact contradicts the state' },
    data: {
      conflictId: id(),
      fact: code(),
      /** Further facts of the same batch with the same contradiction: one append holds at most 100 events. */
      also: optional(list(part({ fact: code(), occurredAt: instant() }), 100)),
      kind: oneOf([
        'cancelled-meanwhile',
        'redispatched-meanwhile',
        'wrong-state',
        'dated-before-dispatch',
        'dated-out-of-order',
        'report-missing',
      ]),
      stateThen: code(),
    },
  }),
  FieldConflictSettled: defineEvent('work_order.FieldConflictSettled', {
    says: { zh: '冲突已处理', en: 'a field conflict was settled' },
    ...reasonInClear,
    data: {
      conflictId: id(),
      resolution: oneOf(['accepted', 'discarded', 'replanned']),
      /** What settled it where no person did. */
      reason: optional(code()),
      inClear: inClear(),
    },
    personal: reasonSaid,
  }),
} as const;

export type WorkOrderEvent = EventsOf<typeof workOrderEvents>;
