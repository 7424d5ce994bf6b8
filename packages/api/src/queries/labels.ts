import {
  alertCauseLabels,
  channelLabels,
  closedForLabels,
  closingOutcomeLabels,
  complaintCategoryLabels,
  complaintStateLabels,
  controlPointLabels,
  dismissalGroundLabels,
  externalBodyLabels,
  graveCauseLabels,
  impactLabels,
  measureLabels,
  natureLabels,
  outcomeLabels,
  partyLabels,
  priorityLabels,
  reachLabels,
  recourseLabels,
  routeLabels,
  serviceTypeLabels,
  severityLabels,
  ticketStateLabels,
  ticketTypeLabels,
  urgencyLabels,
  verdictLabels,
  workOrderStateLabels,
  type COMPLAINT_CONTACT_PURPOSES,
  type CONTACT_PURPOSES,
  type FOLLOW_UPS,
  type MILESTONES,
  type Role,
  type STEPS,
  type Text,
} from '@aftercare/domain';
import { codeLabels } from './code-labels';

/** Requirements §26: what people call the roles. */
export const roleLabels: Readonly<Record<Role, Text>> = {
  agent: { zh: '客服', en: 'agent' },
  counter: { zh: '服务前台', en: 'counter' },
  expert: { zh: '技术支持(L2)', en: 'expert (L2)' },
  supervisor: { zh: '客服主管', en: 'supervisor' },
  engineer: { zh: '服务工程师', en: 'engineer' },
  outlet: { zh: '服务网点', en: 'outlet' },
  warehouse: { zh: '仓库', en: 'warehouse' },
  finance: { zh: '财务', en: 'finance' },
  purchasing: { zh: '采购', en: 'purchasing' },
  marketing: { zh: '市场', en: 'marketing' },
  quality: { zh: '质量/责任部门', en: 'quality' },
  'developer-lead': { zh: '开发负责人', en: 'developer lead' },
  crm: { zh: '客户关系', en: 'customer relations' },
  manager: { zh: '售后经理', en: 'manager' },
  analyst: { zh: '数据分析师', en: 'analyst' },
  hr: { zh: '人事', en: 'HR' },
  auditor: { zh: '审计', en: 'auditor' },
  operator: { zh: '运维', en: 'operator' },
  customer: { zh: '客户', en: 'customer' },
  channel: { zh: '渠道系统', en: 'channel' },
  system: { zh: '系统', en: 'the system' },
};

const state = (code: string): Text | undefined =>
  (ticketStateLabels as Readonly<Record<string, Text>>)[code] ??
  (workOrderStateLabels as Readonly<Record<string, Text>>)[code] ??
  (complaintStateLabels as Readonly<Record<string, Text>>)[code];

/** Words behind the codes of an event's fields, by the field's name. */
export const labelOf = (field: string, value: unknown): Text | undefined => {
  if (typeof value !== 'string') return undefined;
  if (field === 'stateThen' || field === 'statusBefore') return state(value);
  return (LABELS[field] as Readonly<Record<string, Text>> | undefined)?.[value] ?? codeLabels[field]?.[value];
};

const stepLabels = {
  review: { zh: '审核', en: 'review' },
  dispatch: { zh: '派工', en: 'dispatch' },
  diagnosis: { zh: '诊断', en: 'diagnosis' },
  handling: { zh: '处理', en: 'handling' },
  consent: { zh: '方案确认', en: 'consent' },
  confirmation: { zh: '结果确认', en: 'confirmation' },
  'follow-up': { zh: '回访', en: 'follow-up' },
  supervision: { zh: '主管跟进', en: 'supervision' },
} as const satisfies Readonly<Record<(typeof STEPS)[number], Text>>;

const purposeLabels = {
  intake: { zh: '受理', en: 'intake' },
  answer: { zh: '答复', en: 'answer' },
  appointment: { zh: '预约', en: 'appointment' },
  progress: { zh: '告知进展', en: 'progress' },
  chase: { zh: '催单', en: 'chase' },
  'follow-up': { zh: '回访', en: 'follow-up' },
  acknowledge: { zh: '受理告知', en: 'acknowledgement' },
  information: { zh: '补充信息', en: 'information' },
  outcome: { zh: '告知结果', en: 'outcome' },
  verdict: { zh: '征询意见', en: 'verdict' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Readonly<
  Record<(typeof CONTACT_PURPOSES)[number] | (typeof COMPLAINT_CONTACT_PURPOSES)[number], Text>
>;

const milestoneLabels = {
  'inspected-on-site': { zh: '已上门检测', en: 'inspected on site' },
  'parts-requested': { zh: '已申请配件', en: 'parts requested' },
  'awaiting-parts': { zh: '等待配件', en: 'awaiting parts' },
  'parts-received': { zh: '配件已到', en: 'parts received' },
  'repair-done': { zh: '维修完成', en: 'repair done' },
  'taken-to-depot': { zh: '已送修', en: 'taken to the depot' },
  'replacement-needed': { zh: '需要换机', en: 'replacement needed' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Readonly<Record<(typeof MILESTONES)[number], Text>>;

const followUpLabels = {
  'confirmation-call': { zh: '一小时回访', en: 'confirmation call' },
  'after-closing': { zh: '关闭后回访', en: 'after closing' },
} as const satisfies Readonly<Record<(typeof FOLLOW_UPS)[number], Text>>;

const LABELS: Readonly<Record<string, object>> = {
  type: ticketTypeLabels,
  intent: ticketTypeLabels,
  priority: priorityLabels,
  impact: impactLabels,
  route: routeLabels,
  channel: channelLabels,
  serviceType: serviceTypeLabels,
  // Of a work order and of a closed complaint; no code means two things.
  outcome: { ...closingOutcomeLabels, ...outcomeLabels },
  role: roleLabels,
  step: stepLabels,
  purpose: purposeLabels,
  milestone: milestoneLabels,
  followUp: followUpLabels,
  severity: severityLabels,
  point: controlPointLabels,
  complaintCategory: complaintCategoryLabels,
  graveCause: graveCauseLabels,
  party: partyLabels,
  verdict: verdictLabels,
  grounds: dismissalGroundLabels,
  body: externalBodyLabels,
  escalatedTo: roleLabels,
  roles: roleLabels,
  recourse: recourseLabels,
  measure: measureLabels,
  nature: natureLabels,
  reach: reachLabels,
  urgency: urgencyLabels,
  verdicts: verdictLabels,
  alertCause: alertCauseLabels,
  closedFor: closedForLabels,
};
