import type { Text } from '../kernel/index';

/** Refusals of the ticket and what people read for each; a test fails when a code has no text. */
export const ticketMessages = {
  'TICKET.NOT_FOUND': { zh: '工单不存在', en: 'there is no such ticket' },
  'TICKET.ALREADY_EXISTS': { zh: '工单已存在', en: 'the ticket exists already' },
  'TICKET.CUSTOMER_RESTRICTED': {
    zh: '该客户已申请删除或已删除个人信息,不能以其名义登记',
    en: 'Erasure was requested or carried out for this customer: nothing is registered under their name',
  },
  'TICKET.UNKNOWN_CUSTOMER': {
    zh: '客户不存在,请先登记客户',
    en: 'the customer is not on record: register them first',
  },
  'TICKET.NUMBER_MISSING': { zh: '未分配工单编号,请重试', en: 'no number was allocated: try again' },
  'TICKET.RECEIVED_IN_FUTURE': { zh: '接收时间晚于当前时间', en: 'the matter cannot have reached us in the future' },
  'TICKET.WINDOW_REVERSED': { zh: '时间段的结束早于开始', en: 'the window ends before it begins' },
  'TICKET.NOT_AWAITING_REVIEW': { zh: '工单不在待审核状态', en: 'only a submitted ticket can be reviewed' },
  'TICKET.NOT_OPEN': { zh: '工单已结束', en: 'the ticket has ended' },
  'TICKET.NOT_BEING_HANDLED': {
    zh: '工单不在待分派、处理中或待同意方案状态',
    en: 'only a reviewed ticket without a proposed resolution can be worked on',
  },
  'TICKET.NOT_DISPATCHABLE': {
    zh: '工单不在待分派或处理中状态',
    en: 'only a ticket that is pending dispatch or in progress can be taken or paused',
  },
  'TICKET.NOT_AWAITING_CONSENT': { zh: '没有等待客户同意的方案', en: 'no solution waits for consent' },
  'TICKET.NO_SOLUTION_TO_DECLINE': { zh: '没有可拒绝的方案', en: 'there is no solution to decline' },
  'TICKET.NOT_AWAITING_CONFIRMATION': {
    zh: '只有已提出解决的工单才能确认或反馈未解决',
    en: 'only a proposed resolution can be confirmed or rejected',
  },
  'TICKET.NOT_CONFIRMED': { zh: '客户尚未确认', en: 'the customer has not confirmed yet' },
  'TICKET.REASON_MISSING': { zh: '请说明原因', en: 'a decision by hand needs a reason' },
  'TICKET.NOTHING_SAID': { zh: '没有填写内容', en: 'the command says nothing' },
  'TICKET.SAFETY_KEEPS_PRIORITY': {
    zh: '安全问题保持最高优先级,请先解除安全标记',
    en: 'a safety case keeps the highest priority: lower the safety mark first',
  },
  'TICKET.NOT_A_SAFETY_CASE': { zh: '工单没有安全标记', en: 'the ticket carries no safety mark' },
  'TICKET.PERSON_MUST_LOWER_SAFETY': {
    zh: '只有人员说明原因后才能解除安全标记',
    en: 'only a person may lower safety, with a reason',
  },
  'TICKET.IS_COMPLAINT': {
    zh: '投诉由主管处理,不能指定处理方式',
    en: 'a complaint stays with the supervisor and has no route',
  },
  'TICKET.UNIT_UNKNOWN': {
    zh: '请提供产品的品类、型号和产品标识',
    en: 'the unit is unknown: give category, model and unit id',
  },
  'TICKET.UNIT_NOT_IDENTIFIED': { zh: '尚未确认产品,无法更正', en: 'no unit was identified that could be corrected' },
  'TICKET.TAKEN_FOR_OTHERS': {
    zh: '只能以本人身份接手,主管可以指定他人',
    en: 'one takes a ticket for oneself; a supervisor may name others',
  },
  'TICKET.JOB_OPEN': { zh: '还有未结束的派工', en: 'a job is still open' },
  'TICKET.JOB_UNKNOWN': { zh: '派工不属于本工单的本次处理', en: 'no such job belongs to this cycle of the ticket' },
  'TICKET.JOB_ENDED': { zh: '派工已结束', en: 'the job has ended' },
  'TICKET.ALREADY_PAUSED': { zh: '工单已暂停', en: 'the ticket is paused already' },
  'TICKET.NOT_PAUSED': { zh: '工单未手工暂停', en: 'the ticket was not paused by hand' },
  'TICKET.ENDS_IN_PAST': { zh: '预计时间早于当前时间', en: 'the expected end lies in the past' },
  'TICKET.FIRST_TOUCH_ONLY': {
    zh: '尚未开始处理的工单只能一次解决',
    en: 'before handling started a ticket can only be solved at first touch',
  },
  'TICKET.NOT_FIRST_TOUCH': {
    zh: '已开始处理,不再是一次解决',
    en: 'handling has started: it is no first touch any more',
  },
  'TICKET.NEEDS_NEW_DIAGNOSIS': {
    zh: '客户反馈未解决后,须先重新诊断',
    en: 'after a rejection a new diagnosis comes first',
  },
  'TICKET.NO_PROOF_OF_CONFIRMATION': {
    zh: '代客户登记须关联一次已接通的联系或签字',
    en: 'what a customer said needs a reached contact or a signature',
  },
  'TICKET.CONTACT_UNKNOWN': { zh: '联系记录不存在或未接通', en: 'no such contact reached the customer' },
  'TICKET.OWN_JOB': { zh: '维修人员不能确认自己的工单', en: 'who did the job may not confirm it for the customer' },
  'TICKET.SAFETY_NEVER_SILENT': {
    zh: '安全问题不能逾期视为接受',
    en: 'a safety case is never decided by silence',
  },
  'TICKET.SILENCE_BROKEN': { zh: '等待期间情况已变化', en: 'the silence that was waited for is over' },
  'TICKET.FOLLOW_UP_NOT_DUE': { zh: '当前没有该回访', en: 'no such follow-up belongs to this state' },
  'TICKET.FOLLOW_UP_DONE': { zh: '回访已完成', en: 'the follow-up was completed' },
  'TICKET.QUESTIONNAIRE_ANSWERED': {
    zh: '本次处理已完成满意度问卷',
    en: 'the questionnaire was answered in this cycle',
  },
  'TICKET.FOLLOW_UP_MISSING': {
    zh: '关闭前须完成回访,或按间隔尝试规定次数',
    en: 'closing needs the follow-up, or as many spaced attempts as the policy asks for',
  },
  'TICKET.NOT_DECLINED': { zh: '客户没有拒绝方案', en: 'the customer has not declined a solution' },
  'TICKET.NOBODY_TRIED': { zh: '没有未接通的联系记录', en: 'no attempt to reach the customer is on record' },
  'TICKET.COMPLAINT_MISSING': { zh: '请填写转成的投诉', en: 'name the complaint that it became' },
  'TICKET.NOT_REOPENABLE': { zh: '工单当前状态不能重新打开', en: 'a ticket in this state cannot be reopened' },
  'TICKET.REOPEN_TOO_LATE': {
    zh: '已超过重新打开期限,请新建工单并关联为重复报修',
    en: 'too late to reopen: register a new ticket and link it as repeat-of',
  },
  'TICKET.LINK_TO_ITSELF': { zh: '不能关联自身', en: 'a ticket cannot be linked to itself' },
  'TICKET.LINK_UNKNOWN': { zh: '查询链接不存在', en: 'there is no such tracking link' },
} as const satisfies Readonly<Record<string, Text>>;
