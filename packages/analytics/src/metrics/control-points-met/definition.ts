import { type MetricDefinition } from '../metric';

/** SLA-09, DEC-02, DEC-03. */
export const definition: MetricDefinition = {
  id: 'control-points-met',
  name: { zh: '控制点按时达成率', en: 'Control points met in time' },
  definition: {
    zh:
      '按时达成率 = 到期前达成的控制点 ÷ 已可判定的控制点(已达成,或已逾期)。控制点:受理答复、责任认定、方案、执行、客户确认;每轮' +
      '处理中后三个重新计时,各计一次。到期时间按该控制点起算时生效的服务时限版本、当时等级和工作日历计算,暂停扣除(as judged then);' +
      '政策日后修改不改变已有判定。missRecorded 为当时已记录超时的件数。',
    en:
      'Control points met by when they were due ÷ control points that can be judged: met, or past due. The points are ' +
      'acknowledge, responsibility, plan, execution and verdict; the last three run anew in every round and count each ' +
      'time. Due times follow the version of the service levels in force when the point started, the severity under which ' +
      'it ended and the office calendar, pauses taken out: as judged then, so that a later version changes nothing. ' +
      'missRecorded = a breach was recorded at the time.',
  },
  cohortDate: { zh: '控制点起算的当地日期', en: 'local date on which the control point started' },
  clock: {
    zh: '前三个按收到时间起算,其余按记录时间;达成按记录时间',
    en: 'the first three start at receivedAt, the others at recordedAt; met at recordedAt',
  },
  exclusions: {
    zh: '未到期而仍在运行或暂停的单列;到期前因投诉结束或新一轮开始而停止的单列',
    en: 'those that run or stand still and are not past due, and those stopped before they were due because the complaint ended or a new round began, are counted apart',
  },
  window: {
    zh: '已逾期而尚未结束的为暂定:等级变化会重新计算',
    en: 'provisional while past due and not ended: another severity re-targets it',
  },
  scaleVersion: 1,
  dimensions: ['point', 'severity', 'round', 'policyVersion', 'calendar', 'category', 'model', 'region'],
};
