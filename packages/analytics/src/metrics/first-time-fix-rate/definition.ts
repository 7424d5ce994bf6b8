import { type MetricDefinition } from '../metric';

/** DEC-11. */
export const definition: MetricDefinition = {
  id: 'first-time-fix-rate',
  name: { zh: '首次修复率', en: 'First-time fix rate' },
  definition: {
    zh:
      '首次修复率 = 首次上门即修复的作业数 ÷ 有入户上门的作业数。作业 = 维修工单的一个周期及其全部返修。' +
      '返修 = 作业最近一次完工(WorkCompleted 的发生时间,无法入户不算)之后、窗口期内(默认30天)受理的后续周期,或关联为 repeat-of、' +
      '同一产品(无产品编号时按同一客户同一型号,单列数量)的工单;有多个候选时归入最近完工的作业;' +
      '咨询、安装、配件补发,以及上门前取消或合并的不算。无法入户的行程不算上门。' +
      '分子:恰好一次入户上门,结果为已修复,客户未反馈未解决,且无返修。归属首次上门的工程师和网点。',
    en:
      'Jobs fixed by exactly one trip ÷ jobs with a trip with access. A job is a repair cycle of a ticket with every ' +
      "repeat of it. A repeat is a later cycle, or a ticket linked as repeat-of or about the same unit (where a unit isn't " +
      'known: same customer and model, counted in repeatsByBuyer), opened within the window (30 days by default) after ' +
      "the job's latest WorkCompleted.occurredAt before that opening; no access completes nothing. With several " +
      'candidates it joins the job completed last. No repeat: enquiry, installation, parts shipment, and what was ' +
      "cancelled or merged before a visit. A no-access trip isn't a visit, the next one is the first. Not yet fixed stays " +
      'in the denominator. Fixed at first = exactly one trip with access, outcome fixed, no ResolutionRejected, no ' +
      'repeat. It belongs to the engineer and outlet of the first trip; model, category, region and fault are those of ' +
      "the job's first cycle.",
  },
  cohortDate: {
    zh: '首次入户上门到达的当地日期;没有上门的按受理日期计入排除项',
    en: "local date of the first trip's arrival; a job without one is listed among the excluded by its opening day",
  },
  clock: {
    zh: '到达、完工按发生时间;受理按收到时间,重新打开按记录时间',
    en: 'arrival and completion by occurredAt; opening by receivedAt, reopening by recordedAt',
  },
  exclusions: {
    zh: '单列:客户取消、报价未接受、送修、没有上门、到达前已记录为多次上门',
    en:
      'counted apart, first that applies: cancelled (by the customer), quote-declined, depot (routed there or taken there ' +
      'by the first trip), no-visit, multi-visit-planned (recorded before that arrival)',
  },
  window: {
    zh: '7、14 或 30 天;窗口未过的为暂定。口径:任何故障,或同一故障组',
    en:
      '7, 14 or 30 days; provisional until it has passed since the latest completion. Variants: any fault, or same fault ' +
      'group (a repeat whose group is unknown does not count)',
  },
  scaleVersion: 1,
  dimensions: ['model', 'category', 'region', 'engineer', 'outlet', 'fault'],
};
