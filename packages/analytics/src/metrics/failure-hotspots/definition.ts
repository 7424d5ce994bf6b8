import { type MetricDefinition } from '../metric';

/** DEC-12. */
export const definition: MetricDefinition = {
  id: 'failure-hotspots',
  name: { zh: '问题高发点', en: 'Failure hotspots' },
  definition: {
    zh:
      '按型号 × 故障 × 地区(也可按批次、品类)统计维修周期数。故障代码取该周期内最后一次记录的(诊断、解决方案或服务报告单);' +
      '没有代码的单列为“(no code)”,始终显示。占比 = 数量 ÷ 范围内全部维修周期。与前一个等长时期相比,两期数量都给出;' +
      '数量 ≥ 10 且比值 ≥ 1.5(可配置)的加标记,前期为零而本期达到数量的也加标记。',
    en:
      'Repair cycles by model × fault × region, also by batch and category. The fault code is the last one recorded in the ' +
      'cycle, by a diagnosis, a proposed resolution or a service report; cases without one are the row "(no code)", always ' +
      'shown. Share = cases ÷ all repair cases in scope. Change = cases ÷ cases of the preceding period of equal length, ' +
      'both counts given. Flagged when cases ≥ 10 and the ratio ≥ 1.5 (policy), or when there were none before. Rows ' +
      'present in either period are shown. Cases per 1,000 units in service are not given: the installed base is not known.',
  },
  cohortDate: { zh: '受理的当地日期', en: 'local date on which the case was received' },
  clock: {
    zh: '按收到时间;重新打开的按记录时间;故障代码的先后按记录时间',
    en: 'receivedAt, for a reopened cycle recordedAt; which code is the last one goes by recordedAt',
  },
  exclusions: { zh: '非维修周期单列', en: 'cycles that are no repair are counted apart' },
  window: { zh: '周期未结束的为暂定:故障代码仍可能改变', en: 'provisional while a cycle is open: its code may change' },
  scaleVersion: 1,
  dimensions: ['model', 'fault', 'region', 'batch', 'category'],
};
