import { type MetricDefinition } from '../metric';

/** DEC-13. */
export const definition: MetricDefinition = {
  id: 'parts-top5',
  name: { zh: '配件消耗 TOP5', en: 'Parts top 5' },
  definition: {
    zh:
      '配件净用量前五。净用量 = 已更换 + 寄给客户 − 更正与退回;更正说的是此后有效的数量。两种排名:同一计量单位内按数量,' +
      '同一币种内按成本(更换时的单位成本)。保修、善意、收费分别排名。并列第五的全部列出,净用量为零的不列。',
    en:
      'The five parts with the highest net use. Net = fitted + shipped to the customer − corrected and returned; a ' +
      'correction names the quantity that counts from then on. Ranked twice: by quantity within one unit of measure, and ' +
      'by cost within one currency (unit cost at fitting, minor units). Warranty, goodwill and billable are ranked apart. ' +
      'Ties at rank 5 are all shown; a part whose net is zero is not. Parts shipped to customers are not recorded yet, ' +
      'so net is that of fitted parts.',
  },
  cohortDate: {
    zh: '原更换的当地日期,后来的更正也计入这一天',
    en: 'local date of the original use; a later correction is booked on it too',
  },
  clock: { zh: '按更换的发生时间', en: 'occurredAt of the fitting' },
  exclusions: { zh: '更正为零的用量单列', en: 'uses corrected to nothing are counted apart' },
  window: { zh: '派工单未完成的用量为暂定', en: 'provisional while the work order is not completed or cancelled' },
  scaleVersion: 1,
  dimensions: ['model', 'category', 'region', 'engineer', 'outlet'],
};
