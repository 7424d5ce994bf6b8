import { oneOf, type Text } from '../kernel/index';

/** The closed lists of words of a complaint, each with what people read for it (DEC-21). */
type Labels = Readonly<Record<string, Text>>;
const words = <const L extends Labels>(labels: L) => Object.keys(labels) as unknown as readonly (keyof L & string)[];

export const complaintStateLabels = {
  registered: { zh: '已登记', en: 'registered' },
  verifying: { zh: '核查中', en: 'verifying' },
  planned: { zh: '方案已定', en: 'planned' },
  executing: { zh: '处理中', en: 'executing' },
  'pending-verdict': { zh: '待客户确认', en: 'pending verdict' },
  closed: { zh: '已归档', en: 'closed' },
  dismissed: { zh: '不成立', en: 'dismissed' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Labels;
export type ComplaintStatus = keyof typeof complaintStateLabels;

export const responsibilityLabels = {
  none: { zh: '未认定', en: 'none' },
  proposed: { zh: '已提出', en: 'proposed' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  'under-appeal': { zh: '申诉中', en: 'under appeal' },
  final: { zh: '已终定', en: 'final' },
  undetermined: { zh: '无法认定', en: 'undetermined' },
} as const satisfies Labels;
export type ResponsibilityStatus = keyof typeof responsibilityLabels;

/** CMP-05. */
export const complaintCategoryLabels = {
  'product-quality': { zh: '产品质量', en: 'product quality' },
  attitude: { zh: '售后服务态度', en: 'attitude of service staff' },
  'response-speed': { zh: '响应速度', en: 'speed of response' },
  installation: { zh: '安装调试', en: 'installation' },
  'repair-delay': { zh: '维修不及时', en: 'repair not in time' },
  'repair-quality': { zh: '维修质量', en: 'quality of the repair' },
  charges: { zh: '收费争议', en: 'charges' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Labels;
export type ComplaintCategory = keyof typeof complaintCategoryLabels;
export const complaintCategory = () => oneOf(words(complaintCategoryLabels));

/** CMP-18: each makes a complaint urgent. */
export const graveCauseLabels = {
  'improper-speech': { zh: '言语不当、口角或顶撞', en: 'improper speech, quarrel or talking back' },
  'demanding-favours': { zh: '索要财物或提出无理要求', en: 'demanded money, goods or something unreasonable' },
  'not-served-in-time': { zh: '个人原因未及时服务', en: 'not served in time for a personal reason' },
  'repeated-repair': { zh: '个人原因同一问题重复修理', en: 'the same fault repaired again for a personal reason' },
} as const satisfies Labels;
export type GraveCause = keyof typeof graveCauseLabels;
export const graveCause = () => oneOf(words(graveCauseLabels));

/** CMP-08's three measures. */
export const natureLabels = {
  grave: { zh: '严重故障或人身财产损害', en: 'grave fault, harm to persons or property' },
  serious: { zh: '较重', en: 'serious' },
  ordinary: { zh: '一般', en: 'ordinary' },
} as const satisfies Labels;
export const nature = () => oneOf(words(natureLabels));
export const reachLabels = {
  public: { zh: '公开传播', en: 'public' },
  several: { zh: '多个客户', en: 'several customers' },
  single: { zh: '单个客户', en: 'one customer' },
} as const satisfies Labels;
export const reach = () => oneOf(words(reachLabels));
export const urgencyLabels = {
  immediate: { zh: '立即', en: 'at once' },
  soon: { zh: '尽快', en: 'soon' },
  routine: { zh: '正常', en: 'routine' },
} as const satisfies Labels;
export const urgency = () => oneOf(words(urgencyLabels));

/** CMP-07. */
export const partyLabels = {
  company: { zh: '公司内部', en: 'company' },
  'third-party': { zh: '第三方', en: 'third party' },
  customer: { zh: '客户原因', en: 'customer' },
} as const satisfies Labels;
export type Party = keyof typeof partyLabels;
export const party = () => oneOf(words(partyLabels));

export const externalBodyLabels = {
  '12315': { zh: '12315', en: '12315' },
  platform: { zh: '电商或投诉平台', en: 'platform' },
  court: { zh: '法院', en: 'court' },
  arbitration: { zh: '仲裁机构', en: 'arbitration' },
  'consumer-association': { zh: '消费者协会', en: 'consumer association' },
  media: { zh: '媒体', en: 'media' },
  other: { zh: '其他机构', en: 'another body' },
} as const satisfies Labels;
export const externalBody = () => oneOf(words(externalBodyLabels));

/** Where somebody may turn who doesn't accept a dismissal or a final position. */
export const recourseLabels = {
  'internal-appeal': { zh: '向本公司申诉', en: 'appeal within the company' },
  '12315': { zh: '拨打12315', en: 'call 12315' },
  mediation: { zh: '申请消费者协会调解', en: 'mediation by the consumer association' },
  arbitration: { zh: '申请仲裁', en: 'arbitration' },
  court: { zh: '向法院起诉', en: 'go to court' },
} as const satisfies Labels;
export const recourse = () => oneOf(words(recourseLabels));

export const dismissalGroundLabels = {
  'not-genuine': { zh: '核查不属实', en: 'found not to be so' },
  'no-evidence': { zh: '缺少证据且无法核实', en: 'no evidence, and none could be found' },
  'out-of-scope': { zh: '不属于本公司受理范围', en: 'not a matter of this company' },
  duplicate: { zh: '重复投诉', en: 'the same complaint is handled already' },
  'settled-before': { zh: '此前已达成处理结果', en: 'settled before' },
} as const satisfies Labels;
export const dismissalGround = () => oneOf(words(dismissalGroundLabels));

export const closingOutcomeLabels = {
  satisfied: { zh: '客户满意', en: 'satisfied' },
  'no-answer': { zh: '客户未答复', en: 'no answer' },
  'final-position': { zh: '公司最终答复', en: 'final position' },
  'external-body': { zh: '外部机构处理结果', en: 'decided by an external body' },
} as const satisfies Labels;
export type ClosingOutcome = keyof typeof closingOutcomeLabels;
export const closingOutcome = () => oneOf(words(closingOutcomeLabels));

export const verdictLabels = {
  satisfied: { zh: '满意', en: 'satisfied' },
  dissatisfied: { zh: '不满意', en: 'dissatisfied' },
  'no-answer': { zh: '未答复', en: 'no answer' },
} as const satisfies Labels;
export type Verdict = keyof typeof verdictLabels;
export const verdict = () => oneOf(words(verdictLabels));

/** What a plan's step does (CMP-09). */
export const measureLabels = {
  'repair-again': { zh: '返工维修', en: 'repair again' },
  replacement: { zh: '换机或换件', en: 'replacement' },
  refund: { zh: '退款', en: 'refund' },
  compensation: { zh: '补偿', en: 'compensation' },
  apology: { zh: '道歉', en: 'apology' },
  explanation: { zh: '解释说明', en: 'explanation' },
  inspection: { zh: '检测', en: 'inspection' },
  training: { zh: '培训', en: 'training' },
  'process-change': { zh: '流程改进', en: 'change of a process' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Labels;
export const measure = () => oneOf(words(measureLabels));
