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
  content: '内容',
  place: '地点',
  summary: '摘要',
  proofOfPurchase: '购买凭证号',
  explanation: '说明',
  steps: '步骤',
  suggestions: '建议',
};

export const personalLabelOf = (field: string): string => LABELS[field] ?? field;
