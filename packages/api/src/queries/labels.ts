import {
  channelLabels,
  impactLabels,
  outcomeLabels,
  priorityLabels,
  routeLabels,
  serviceTypeLabels,
  ticketStateLabels,
  ticketTypeLabels,
  workOrderStateLabels,
  type Role,
  type Text,
} from '@aftercare/domain';

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
  (workOrderStateLabels as Readonly<Record<string, Text>>)[code];

/** Words behind the codes of an event's fields, by the field's name. */
export const labelOf = (field: string, value: unknown): Text | undefined => {
  if (typeof value !== 'string') return undefined;
  if (field === 'stateThen' || field === 'statusBefore') return state(value);
  return (LABELS[field] as Readonly<Record<string, Text>> | undefined)?.[value];
};

const LABELS: Readonly<Record<string, object>> = {
  type: ticketTypeLabels,
  intent: ticketTypeLabels,
  priority: priorityLabels,
  impact: impactLabels,
  route: routeLabels,
  channel: channelLabels,
  serviceType: serviceTypeLabels,
  outcome: outcomeLabels,
  role: roleLabels,
};
