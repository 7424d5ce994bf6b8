import { type MetricDefinition } from '../metric';

/** ANA-02, ANA-06, CMP-05, CMP-07, CMP-08. */
export const definition: MetricDefinition = {
  id: 'complaint-volume',
  name: { zh: '投诉量与构成', en: 'Complaint volume and mix' },
  definition: {
    zh:
      '期内收到的投诉件数,可按类别、等级、型号、责任方、品类、地区、渠道和结果分列;占比 = 该行件数 ÷ 期内全部件数。类别、型号、' +
      '等级取最新认定(更正后以更正为准)。责任方取已确认的责任比例中最高的一方(company、third-party、customer),并列为 ' +
      'shared,无法认定为 undetermined,尚未确认为 not-yet;申诉改判后以改判为准。open 为尚未结束的件数,safety 为涉及安全的,' +
      'external 为外部机构(12315 等)介入的,responsibilityFinal 为责任已终定的。',
    en:
      'Complaints received in the period, by category, severity, model, responsibility, product, region, channel and ' +
      'outcome. Share = complaints of the row ÷ all complaints of the period. Category, model and severity as last decided. ' +
      'Responsibility = the party with the largest confirmed share (company, third-party, customer), shared when several ' +
      'bear the same, undetermined, or not-yet; a decided appeal counts from its decision on. open = not ended; safety = a ' +
      'safety hazard; external = an external body such as 12315 is involved; responsibilityFinal = who bears it is final.',
  },
  cohortDate: { zh: '收到投诉的当地日期', en: 'local date on which the complaint was received' },
  clock: { zh: '按收到时间', en: 'receivedAt' },
  exclusions: {
    zh: '无:不成立和撤回的也计入,可按结果分列',
    en: 'none: dismissed and withdrawn ones count, see outcome',
  },
  window: {
    zh: '未结束的为暂定:类别、等级、责任仍可能改变',
    en: 'provisional while a complaint is open: category, severity and responsibility may change',
  },
  scaleVersion: 1,
  dimensions: ['category', 'severity', 'model', 'responsibility', 'product', 'region', 'channel', 'outcome'],
};
