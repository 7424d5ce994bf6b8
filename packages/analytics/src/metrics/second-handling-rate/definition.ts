import { type MetricDefinition } from '../metric';

/** CMP-14: how often the first answer was not good enough. */
export const definition: MetricDefinition = {
  id: 'second-handling-rate',
  name: { zh: '二次处理率', en: 'Second-handling rate' },
  definition: {
    zh:
      '二次处理率 = 因客户不满意而启动过二次处理的投诉 ÷ 已向客户告知过处理结果的投诉。多次二次处理只计一次;escalated 为其中升级过的,' +
      'reopened 为归档后重新打开过的(重新打开不算二次处理)。',
    en:
      'Complaints in which a dissatisfied verdict led to a second handling ÷ complaints whose outcome was told to the ' +
      'complainant at least once. Several second handlings of one complaint count once. escalated = escalated at least ' +
      'once; reopened = came back after its end, which is no second handling.',
  },
  cohortDate: { zh: '收到投诉的当地日期', en: 'local date on which the complaint was received' },
  clock: { zh: '按收到时间', en: 'receivedAt' },
  exclusions: {
    zh: '尚未告知结果的单列(含不成立、撤回而无结果的)',
    en: 'complaints whose outcome was not told yet are counted apart, dismissed and withdrawn ones without one included',
  },
  window: {
    zh: '未结束且未启动过二次处理的为暂定',
    en: 'provisional while it is open and had no second handling',
  },
  scaleVersion: 1,
  dimensions: ['category', 'severity', 'model', 'responsibility', 'product', 'region', 'channel', 'outcome'],
};
