/** What people call the personal fields; an unknown one is shown by its own name. */
const LABELS: Readonly<Record<string, string>> = {
  name: '姓名',
  phone: '电话',
  email: '邮箱',
  address: '地址',
  contactName: '联系人',
  contactPhone: '联系电话',
  words: '原话',
  text: '内容',
  note: '备注',
  notes: '备注',
  remark: '备注',
  reason: '理由',
  comment: '评语',
  statement: '陈述',
  findings: '查明情况',
  none: '空缺原因',
  advice: '安全提示',
  preparation: '准备事项',
  content: '内容',
  place: '地点',
  summary: '摘要',
  proofOfPurchase: '购买凭证号',
  explanation: '说明',
  steps: '步骤',
  suggestions: '建议',
  opinion: '客户意见',
  nextSteps: '后续步骤',
  grounds: '依据',
  diagnosis: '诊断',
  question: '问题',
  answer: '答复',
  result: '结果',
  lesson: '教训',
  minutes: '会议纪要',
  description: '描述',
  causeText: '原因说明',
  remedyText: '处理说明',
  environment: '使用环境',
  remediesTried: '已尝试的办法',
  personNamed: '被投诉人',
  signature: '签名',
  meant: '责任对象',
  shareId: '责任份额',
  milestones: '时间节点',
  measures: '措施',
  assignments: '责任分配',
  budget: '预算',
};

/** The texts in a personal field, however deep: the steps of a plan without the ids that they go by. */
export const textsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) => (name.endsWith('Id') ? [] : textsIn(one)));
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
};

export const personalLabelOf = (field: string): string => LABELS[field] ?? field;
