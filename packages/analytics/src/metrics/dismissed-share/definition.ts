import { type MetricDefinition } from '../metric';

/** CMP-06, CMP-19: how many were found not to be so, and how many of these findings did not hold. */
export const definition: MetricDefinition = {
  id: 'dismissed-share',
  name: { zh: '投诉不成立占比', en: 'Dismissed share' },
  definition: {
    zh:
      '不成立占比 = 现为不成立的投诉 ÷ 已有结论(归档或不成立)的投诉。appealed 为曾对不成立提出申诉的;overturned 为曾被判不成立、' +
      '申诉或重新处理后归档的。占比过高提示处理不公,应与 overturned 一起看。',
    en:
      'Complaints that are dismissed now ÷ complaints that were decided, that is closed or dismissed. appealed = a ' +
      'dismissal was appealed; overturned = was dismissed once and is closed now. A high share next to many overturned ' +
      'ones says that complaints are not judged fairly.',
  },
  cohortDate: { zh: '收到投诉的当地日期', en: 'local date on which the complaint was received' },
  clock: { zh: '按收到时间', en: 'receivedAt' },
  exclusions: { zh: '未结束的、已撤回的分别单列', en: 'open ones and withdrawn ones are counted apart' },
  window: { zh: '申诉期未满的不成立为暂定', en: 'provisional while the time to appeal the dismissal runs' },
  scaleVersion: 1,
  dimensions: ['category', 'severity', 'model', 'responsibility', 'product', 'region', 'channel'],
};
