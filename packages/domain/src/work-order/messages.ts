import type { Text } from '../kernel/index';

/** What a person reads for each refusal of a work order. */
export const workOrderMessages = {
  'WORK_ORDER.ALREADY_PLANNED': { zh: '派工单已生成', en: 'This work order is planned already.' },
  'WORK_ORDER.NOT_FOUND': { zh: '派工单不存在', en: 'There is no such work order.' },
  'WORK_ORDER.ALREADY_ENDED': { zh: '派工单已完成或已取消', en: 'The work order is completed or cancelled.' },
  'WORK_ORDER.ALREADY_STARTED': {
    zh: '工程师已出发或已开工,请先撤回',
    en: 'The engineer has already set out; withdraw the dispatch first.',
  },
  'WORK_ORDER.NOT_DISPATCHED': {
    zh: '当前没有可撤回的派工',
    en: 'There is no dispatch to withdraw: nobody is asked, or work on site has begun.',
  },
  'WORK_ORDER.NOT_AWAITING_ACCEPTANCE': {
    zh: '派工单不在待接单状态,可能已撤回或已改派',
    en: 'The work order does not wait for an acceptance; it may have been withdrawn or given to somebody else.',
  },
  'WORK_ORDER.NOT_RELEASABLE': {
    zh: '只能在接单后、到场作业前退回',
    en: 'A work order is given back after its acceptance and before work on site.',
  },
  'WORK_ORDER.NOBODY_ASSIGNED': { zh: '派工单尚未派出', en: 'The work order is not dispatched to anybody.' },
  'WORK_ORDER.NOT_YOURS': { zh: '此派工单没有派给您', en: 'This work order was not dispatched to you.' },
  'WORK_ORDER.TOO_LATE_FOR_APPOINTMENT': {
    zh: '已到场或已结束,不能再约时间',
    en: 'The engineer has arrived or the job has ended; no appointment can be made.',
  },
  'WORK_ORDER.NO_APPOINTMENT': { zh: '尚未约定上门时间', en: 'No appointment was agreed yet.' },
  'WORK_ORDER.APPOINTMENT_EXISTS': {
    zh: '已有约定时间,请改约',
    en: 'An appointment is agreed already; move it instead.',
  },
  'WORK_ORDER.WINDOW_INVALID': { zh: '时间段的开始必须早于结束', en: 'A time window has to start before it ends.' },
  'WORK_ORDER.REASON_NEEDED': {
    zh: '不符合派工条件,人工派工需填写原因',
    en: 'This dispatch breaks filters or replaces another; give a reason.',
  },
  'WORK_ORDER.ASSIGNEE_UNKNOWN': {
    zh: '没有这位工程师或网点',
    en: 'There is no such engineer or outlet.',
  },
  'WORK_ORDER.LEAD_NOT_NAMED': { zh: '负责人必须在服务人员之中', en: 'The lead has to be one of the engineers named.' },
  'WORK_ORDER.PART_USE_UNKNOWN': { zh: '没有这条配件使用记录', en: 'There is no such part use on this work order.' },
  'WORK_ORDER.CONFLICT_UNKNOWN': {
    zh: '没有这条待处理的冲突',
    en: 'There is no such open conflict on this work order.',
  },
  'WORK_ORDER.FACTS_MALFORMED': {
    zh: '现场记录有误,整批未保存',
    en: 'A fact is malformed; nothing of the batch was stored.',
  },
  'WORK_ORDER.FACT_AHEAD': {
    zh: '发生时间超前5分钟以上,整批未保存',
    en: 'A fact lies more than five minutes ahead; nothing of the batch was stored.',
  },
  'WORK_ORDER.BATCH_TOO_LARGE': {
    zh: '一次保存的事件过多,请分批发送',
    en: 'This makes more events than one append holds; send it in smaller batches.',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type WorkOrderRefusal = keyof typeof workOrderMessages;
