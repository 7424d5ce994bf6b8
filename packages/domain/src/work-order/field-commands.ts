import { dateTime, defineCommand, optional, type Role } from '../kernel/index';
import { fieldFacts, type FieldFactName } from './field-facts';

/** A supervisor may write down what the engineer said on the telephone. */
const roles = ['engineer', 'outlet', 'supervisor'] as const satisfies readonly Role[];
/** When it happened, by the word of who reports; absent: now. */
const occurredAt = optional(dateTime());
const at = '2026-10-02T09:30:00+08:00';

/** The commands that report one fact from the field each; `RecordFacts` takes the same facts in a batch. */
export const fieldCommands = {
  StartTravel: defineCommand('work_order.StartTravel', {
    kind: 'intent',
    roles,
    says: { zh: '出发', en: 'start travelling' },
    data: { occurredAt, ...fieldFacts.TravelStarted },
    example: { occurredAt: at, eta: '2026-10-02T10:10:00+08:00' },
  }),
  RecordArrival: defineCommand('work_order.RecordArrival', {
    kind: 'intent',
    roles,
    says: { zh: '到达现场', en: 'record the arrival' },
    data: { occurredAt, ...fieldFacts.ArrivalRecorded },
    example: { occurredAt: at, badgeShown: true },
  }),
  ExplainRisks: defineCommand('work_order.ExplainRisks', {
    kind: 'intent',
    roles,
    says: { zh: '说明步骤与风险', en: 'explain steps and risks' },
    data: { occurredAt, ...fieldFacts.RisksExplained },
    example: { occurredAt: at, consent: true },
  }),
  RecordDataProtection: defineCommand('work_order.RecordDataProtection', {
    kind: 'intent',
    roles,
    says: { zh: '记录用户数据保护', en: 'record a data-protection step' },
    data: { occurredAt, ...fieldFacts.DataProtectionStepRecorded },
    example: { occurredAt: at, step: 'backed-up' },
  }),
  StartWork: defineCommand('work_order.StartWork', {
    kind: 'intent',
    roles,
    says: { zh: '开始检修', en: 'start the work' },
    data: { occurredAt },
    example: { occurredAt: at },
  }),
  SuspendWork: defineCommand('work_order.SuspendWork', {
    kind: 'intent',
    roles,
    says: { zh: '暂停检修', en: 'suspend the work' },
    data: { occurredAt, ...fieldFacts.WorkSuspended },
    example: { occurredAt: at, reason: 'awaiting-parts', expectedUntil: '2026-10-05T09:00:00+08:00' },
  }),
  ResumeWork: defineCommand('work_order.ResumeWork', {
    kind: 'intent',
    roles,
    says: { zh: '恢复检修', en: 'resume the work' },
    data: { occurredAt },
    example: { occurredAt: at },
  }),
  FitPart: defineCommand('work_order.FitPart', {
    kind: 'intent',
    roles,
    says: { zh: '更换配件', en: 'fit a part' },
    data: { occurredAt, ...fieldFacts.PartFitted },
    example: {
      occurredAt: at,
      partUseId: 'use-1',
      partNo: 'KFR-35-CAP',
      quantity: 1,
      unit: 'piece',
      fittedSerial: 'SN-0001',
      unitCost: { amount: 3500, currency: 'CNY' },
      charge: 'warranty',
    },
  }),
  RemovePartUnused: defineCommand('work_order.RemovePartUnused', {
    kind: 'intent',
    roles,
    says: { zh: '取回未用配件', en: 'take a part back unused' },
    data: { occurredAt, ...fieldFacts.PartRemovedUnused },
    example: { occurredAt: at, partNo: 'KFR-35-CAP', quantity: 1, unit: 'piece' },
  }),
  FileServiceReport: defineCommand('work_order.FileServiceReport', {
    kind: 'intent',
    roles,
    says: { zh: '填写服务报告单', en: 'file the service report' },
    data: { occurredAt, ...fieldFacts.ServiceReportFiled },
    example: {
      occurredAt: at,
      faultCode: 'E4',
      cause: 'capacitor-worn',
      remedy: 'capacitor-replaced',
      parts: [{ partNo: 'KFR-35-CAP', quantity: 1, unit: 'piece' }],
      rating: 'satisfied',
      acceptance: 'absent',
      educationGiven: true,
    },
  }),
  CompleteWork: defineCommand('work_order.CompleteWork', {
    kind: 'intent',
    roles,
    says: { zh: '完成服务', en: 'complete the work' },
    data: { occurredAt, ...fieldFacts.WorkCompleted },
    example: { occurredAt: at, outcome: 'fixed' },
  }),
  CheckOutWithManager: defineCommand('work_order.CheckOutWithManager', {
    kind: 'intent',
    roles,
    says: { zh: '离场前电话报告主管', en: 'call the manager before leaving' },
    data: { occurredAt, ...fieldFacts.ManagerCheckedOut },
    example: { occurredAt: at },
  }),
  LeaveSite: defineCommand('work_order.LeaveSite', {
    kind: 'intent',
    roles,
    says: { zh: '离开现场', en: 'leave the site' },
    data: { occurredAt },
    example: { occurredAt: at },
  }),
} as const;

/** The fact that each single-fact command reports. */
export const factOfCommand = {
  'work_order.StartTravel': 'TravelStarted',
  'work_order.RecordArrival': 'ArrivalRecorded',
  'work_order.ExplainRisks': 'RisksExplained',
  'work_order.RecordDataProtection': 'DataProtectionStepRecorded',
  'work_order.StartWork': 'WorkStarted',
  'work_order.SuspendWork': 'WorkSuspended',
  'work_order.ResumeWork': 'WorkResumed',
  'work_order.FitPart': 'PartFitted',
  'work_order.RemovePartUnused': 'PartRemovedUnused',
  'work_order.FileServiceReport': 'ServiceReportFiled',
  'work_order.CompleteWork': 'WorkCompleted',
  'work_order.CheckOutWithManager': 'ManagerCheckedOut',
  'work_order.LeaveSite': 'SiteLeft',
} as const satisfies { readonly [K in keyof typeof fieldCommands as `work_order.${K}`]: FieldFactName };
