import type { Text } from '../kernel/index';

/** Refusals of the complaint and what people read for each; a test fails when a code has no text. */
export const complaintMessages = {
  'COMPLAINT.NOT_FOUND': { zh: '投诉不存在', en: 'there is no such complaint' },
  'COMPLAINT.ALREADY_EXISTS': { zh: '投诉已存在', en: 'the complaint exists already' },
  'COMPLAINT.NUMBER_MISSING': { zh: '未分配投诉编号,请重试', en: 'no number was allocated: try again' },
  'COMPLAINT.UNKNOWN_CUSTOMER': {
    zh: '客户不存在,请先登记客户或不填客户',
    en: 'the customer is not on record: register them first, or name none',
  },
  'COMPLAINT.TICKET_UNKNOWN': { zh: '投诉所涉工单不存在', en: 'the ticket that it is about is not on record' },
  'COMPLAINT.WORK_ORDER_UNKNOWN': {
    zh: '投诉所涉派工单不存在',
    en: 'the work order that it is about is not on record',
  },
  'COMPLAINT.WORK_ORDER_OF_ANOTHER_TICKET': {
    zh: '派工单不属于该工单',
    en: 'the work order belongs to another ticket',
  },
  'COMPLAINT.RECEIVED_IN_FUTURE': { zh: '接收时间晚于当前时间', en: 'it cannot have reached us in the future' },
  'COMPLAINT.HAPPENED_IN_FUTURE': { zh: '发生时间晚于当前时间', en: 'it cannot have happened in the future' },
  'COMPLAINT.NOTHING_SAID': { zh: '没有填写内容', en: 'the command says nothing' },
  'COMPLAINT.NOT_OPEN': { zh: '投诉已结束', en: 'the complaint has ended' },
  'COMPLAINT.NOBODY_COMPLAINS': { zh: '投诉已结束或已撤回', en: 'the complaint has ended or was withdrawn' },
  'COMPLAINT.PERSON_CONCERNED': {
    zh: '被投诉人不能处理或裁定该投诉',
    en: 'whoever is complained about decides nothing on the complaint',
  },
  'COMPLAINT.HANDLER_CONCERNED': {
    zh: '处理人不能是被投诉人',
    en: 'the handler may not be the person complained about',
  },
  'COMPLAINT.HANDLER_SUBORDINATE': {
    zh: '处理人不能是被投诉人的下属',
    en: 'the handler may not report to the person complained about',
  },
  'COMPLAINT.RELATION_UNSTATED': {
    zh: '投诉涉及人员,请填写处理人的上级(没有则填空列表)',
    en: 'a person is complained about: state whom the handler reports to, or that it is nobody',
  },
  'COMPLAINT.HANDLER_NOT_NEW': {
    zh: '升级须交给未处理过该投诉的人',
    en: 'an escalation needs a handler who never had it',
  },
  'COMPLAINT.NO_HANDLER': { zh: '请先指定专人处理', en: 'assign a handler first' },
  'COMPLAINT.ALREADY_ACKNOWLEDGED': { zh: '投诉已受理', en: 'receipt was acknowledged already' },
  'COMPLAINT.CONTACT_UNKNOWN': { zh: '联系记录不存在或未接通', en: 'no such contact reached the complainant' },
  'COMPLAINT.REFERENCE_UNKNOWN': { zh: '外部编号不存在', en: 'there is no such external reference' },
  'COMPLAINT.REFERENCE_DECIDED': { zh: '外部机构已作出处理', en: 'the external body decided already' },
  'COMPLAINT.HOLD_UNKNOWN': { zh: '法律保全不存在', en: 'there is no such legal hold' },
  'COMPLAINT.LOWERING_UNKNOWN': { zh: '没有该下调申请', en: 'there is no such proposal to lower the severity' },
  'COMPLAINT.SECOND_PERSON_NEEDED': {
    zh: '下调等级须由另一人决定',
    en: 'lowering the severity is decided by a second person',
  },
  'COMPLAINT.EXPECTED_IN_PAST': { zh: '预计时间早于当前时间', en: 'the time expected lies in the past' },
  'COMPLAINT.REQUEST_UNKNOWN': { zh: '没有待答复的信息请求', en: 'no such request for information is open' },
  'COMPLAINT.NOT_BEING_INVESTIGATED': {
    zh: '投诉不在核查、方案或处理阶段',
    en: 'it is verified and planned between its acknowledgement and its outcome',
  },
  'COMPLAINT.NOT_VERIFIED': { zh: '请先完成真实性和完整性核查', en: 'verify first whether it is genuine and complete' },
  'COMPLAINT.RESPONSIBILITY_DECIDED': {
    zh: '责任已提出或已认定',
    en: 'responsibility was proposed or found already',
  },
  'COMPLAINT.EVIDENCE_UNKNOWN': { zh: '引用的证据不存在', en: 'the evidence named is not on record' },
  'COMPLAINT.UNDETERMINED_HAS_NO_SHARES': {
    zh: '无法认定责任时不能填写责任比例',
    en: 'what cannot be found out has no shares',
  },
  'COMPLAINT.SHARES_NOT_WHOLE': { zh: '责任比例之和必须为100%', en: 'the shares have to add up to 100 percent' },
  'COMPLAINT.SHARE_TWICE': { zh: '同一责任方重复', en: 'somebody bears two shares' },
  'COMPLAINT.NOTHING_PROPOSED': { zh: '没有待确认的责任认定', en: 'no proposal of responsibility waits' },
  'COMPLAINT.PROPOSAL_UNKNOWN': {
    zh: '责任认定已被替换',
    en: 'that proposal of responsibility is not the present one',
  },
  'COMPLAINT.FOUR_EYES': {
    zh: '提出责任认定的人不能确认或退回',
    en: 'whoever proposed the responsibility does not decide on it',
  },
  'COMPLAINT.RESPONSIBILITY_NOT_CONFIRMED': {
    zh: '责任尚未确认或已终定',
    en: 'responsibility is not confirmed yet, or final already',
  },
  'COMPLAINT.SHARE_UNKNOWN': { zh: '没有该责任份额', en: 'there is no such share' },
  'COMPLAINT.SHARE_NOT_NOTIFIED': { zh: '该责任份额尚未告知', en: 'that share was not told of yet' },
  'COMPLAINT.APPEAL_NOT_OWN': {
    zh: '只能对本人的责任提出申诉',
    en: 'one appeals only what one is held responsible for',
  },
  'COMPLAINT.APPEALED_BEFORE': { zh: '该责任份额已提出过申诉', en: 'that share was appealed before' },
  'COMPLAINT.APPEAL_LATE': { zh: '已超过申诉期限', en: 'the period for an appeal is over' },
  'COMPLAINT.APPEAL_UNKNOWN': { zh: '没有待裁定的申诉', en: 'no such appeal is open' },
  'COMPLAINT.APPEAL_OPEN': { zh: '还有未裁定的申诉', en: 'an appeal is open' },
  'COMPLAINT.APPEAL_FOUR_EYES': {
    zh: '申诉须由提出人和确认人以外的人裁定',
    en: 'an appeal is decided by neither proposer nor confirmer',
  },
  'COMPLAINT.UPHELD_HAS_NO_SHARES': {
    zh: '维持原认定时不能填写新的责任比例',
    en: 'an upheld finding has no new shares',
  },
  'COMPLAINT.RESPONSIBILITY_BEFORE_PLAN': {
    zh: '非紧急投诉须先确认责任',
    en: 'responsibility comes before the plan unless the complaint is urgent',
  },
  'COMPLAINT.RESPONSIBILITY_OPEN': { zh: '责任尚未确认', en: 'responsibility is not decided yet' },
  'COMPLAINT.PLAN_INCOMPLETE': {
    zh: '方案须包含诊断、措施、责任分配、时间节点和预算;没有的须说明原因',
    en: 'a plan has diagnosis, measures, assignments, milestones and budget; a part with nothing in it says why',
  },
  'COMPLAINT.PLAN_SAYS_NONE': {
    zh: '有内容的部分不能再写“无”',
    en: 'a part that holds something cannot say why it does not',
  },
  'COMPLAINT.PLAN_STEP_TWICE': { zh: '方案步骤编号重复', en: 'a step of the plan is there twice' },
  'COMPLAINT.PLAN_STEP_UNKNOWN': { zh: '方案中没有该步骤', en: 'the plan has no such step' },
  'COMPLAINT.PLAN_UNKNOWN': { zh: '没有待批准的该方案', en: 'no such plan waits for approval' },
  'COMPLAINT.PLAN_FOUR_EYES': {
    zh: '提出方案的人不能批准或退回',
    en: 'whoever proposed the plan does not decide on it',
  },
  'COMPLAINT.NOT_PLANNED': { zh: '没有可执行的已批准方案', en: 'there is no approved plan to start' },
  'COMPLAINT.NOT_EXECUTING': { zh: '方案不在执行中', en: 'no plan is being executed' },
  'COMPLAINT.STEP_DONE': { zh: '该步骤已完成', en: 'the step is done' },
  'COMPLAINT.STEP_IN_REWORK': { zh: '该步骤的返工工单尚未结束', en: 'a rework ticket does that step' },
  'COMPLAINT.NO_CUSTOMER_FOR_REWORK': { zh: '返工工单需要客户', en: 'a rework ticket needs a customer' },
  'COMPLAINT.STEPS_OPEN': { zh: '还有未完成的方案步骤', en: 'steps of the plan are open' },
  'COMPLAINT.COMMITMENT_UNKNOWN': { zh: '没有该承诺', en: 'there is no such commitment' },
  'COMPLAINT.NO_VERDICT_AWAITED': { zh: '尚未告知处理结果', en: 'the outcome was not communicated yet' },
  'COMPLAINT.VERDICT_RECORDED': { zh: '本轮客户意见已登记', en: 'the verdict of this round was recorded' },
  'COMPLAINT.NO_PROOF_OF_VERDICT': {
    zh: '登记客户意见须关联一次已接通的联系',
    en: 'what the complainant said needs a contact that reached them',
  },
  'COMPLAINT.EVALUATION_MISSING': {
    zh: '客户满意时须填写满意度评估表或注明客户拒绝填写',
    en: 'a satisfied verdict comes with the evaluation form, or with its refusal',
  },
  'COMPLAINT.TOO_FEW_ATTEMPTS': {
    zh: '须在两天内至少三次联系未果才能登记未答复',
    en: 'no answer needs three attempts on two days',
  },
  'COMPLAINT.ESCALATION_DUE': {
    zh: '客户再次不满意,必须升级处理',
    en: 'dissatisfied a second time: it has to be escalated',
  },
  'COMPLAINT.GENUINE': {
    zh: '核查属实,不能以不属实为由驳回',
    en: 'it was found genuine: these grounds contradict that',
  },
  'COMPLAINT.NOT_DISMISSED': { zh: '投诉未被认定不成立', en: 'the complaint was not dismissed' },
  'COMPLAINT.DISMISSAL_APPEAL_LATE': { zh: '已超过申诉期限', en: 'the period for an appeal is over' },
  'COMPLAINT.NOT_CONTINUED_INSIDE': { zh: '投诉没有在内部继续处理', en: 'the complaint does not go on inside' },
  'COMPLAINT.VERDICT_MISSING': { zh: '缺少相应的客户意见', en: 'no verdict of the complainant says so' },
  'COMPLAINT.EXTERNAL_DECISION_MISSING': { zh: '没有该外部机构的处理结果', en: 'no such decision of an external body' },
  'COMPLAINT.NOT_ESCALATED': { zh: '最终答复须先升级处理', en: 'a final position comes only after an escalation' },
  'COMPLAINT.FINAL_POSITION_BY_MANAGER': { zh: '最终答复须由经理作出', en: 'a final position is a manager’s' },
  'COMPLAINT.MANAGER_INVOLVED': {
    zh: '最终答复须由此前未参与处理的经理作出',
    en: 'a final position is given by a manager who was not involved before',
  },
  'COMPLAINT.RECOURSE_MISSING': { zh: '最终答复须告知救济途径', en: 'a final position tells where to turn' },
  'COMPLAINT.NOT_REOPENABLE': { zh: '投诉当前状态不能重新打开', en: 'a complaint in this state cannot be reopened' },
  'COMPLAINT.REOPEN_TOO_LATE': {
    zh: '已超过重新打开期限,请登记新投诉',
    en: 'too late to reopen: register a new complaint',
  },
} as const satisfies Readonly<Record<string, Text>>;
