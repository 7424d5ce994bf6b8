import type { WarrantyPolicy } from '../bodies';

const verify = { zh: '(请对照现行法规核实)', en: ' (verify against the regulation)' };
const rule = <Rule extends WarrantyPolicy['statutory'][number]>(row: Rule) => ({
  ...row,
  zh: row.zh + verify.zh,
  en: row.en + verify.en,
});

/**
 * DEC-20: 12 months from invoice, else installation, else production + 90 days. The statutory rules (WAR-07, 三包) are shown
 * to whoever decides, they are not enforced.
 */
export const warrantyV1: WarrantyPolicy = {
  months: 12,
  byCategory: [],
  productionGraceDays: 90,
  statutory: [
    rule({
      rule: 'return-exchange-repair-7-days',
      days: 7,
      zh: '售出7日内出现性能故障,可选择退货、换货或修理',
      en: 'Within 7 days of sale a performance fault entitles to return, exchange or repair',
    }),
    rule({
      rule: 'exchange-repair-15-days',
      days: 15,
      zh: '售出15日内出现性能故障,可选择换货或修理',
      en: 'Within 15 days of sale a performance fault entitles to exchange or repair',
    }),
    rule({
      rule: 'two-repairs',
      times: 2,
      zh: '保修期内修理两次仍不能正常使用,凭修理记录换货或退货',
      en: 'Still faulty after 2 repairs under warranty: exchange or return on the repair records',
    }),
    rule({
      rule: 'downtime-excluded',
      zh: '保修期扣除修理占用和待修的时间',
      en: 'Time under repair and waiting for it does not count against the warranty',
    }),
    rule({
      rule: 'restart-after-exchange',
      zh: '换货后保修期自换货之日起重新计算',
      en: 'The warranty restarts on the day of an exchange',
    }),
    rule({
      rule: 'parts-not-supplied-90-days',
      days: 90,
      zh: '因生产者未供应零配件,待修超过90日的,免费换货',
      en: 'Waiting more than 90 days for parts that the producer did not supply: free exchange',
    }),
    rule({
      rule: 'repaired-product-30-days',
      days: 30,
      zh: '修理后的产品应保证正常使用30日以上',
      en: 'A repaired product has to work for at least 30 days',
    }),
    rule({
      rule: 'parts-supply-5-years',
      years: 5,
      zh: '停产后继续供应零配件不少于5年',
      en: 'Parts are supplied for at least 5 years after the end of production',
    }),
  ],
};
