import { addDays } from './local-time';
import { HOLIDAY_NOTICES_CN } from './holiday-notices-cn';

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00.000Z`).getUTCDay());
const daysOf = ({ off }: (typeof HOLIDAY_NOTICES_CN)[number]): readonly string[] =>
  off.flatMap(({ from, to }) => {
    const days = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    return days;
  });

describe('SLA-11 the statutory holidays as published', () => {
  it('has every year from 2007 to 2026, each with the number of its notice', () => {
    expect(HOLIDAY_NOTICES_CN.map(({ year }) => year)).toEqual(Array.from({ length: 20 }, (_, index) => 2007 + index));
    for (const { year, source } of HOLIDAY_NOTICES_CN) expect(source).toContain(`国办发明电〔${year - 1}〕`);
  });

  it.each(HOLIDAY_NOTICES_CN.map((notice) => [notice.year, notice] as const))(
    'lets people work on weekend days only, and never on a day off (%s)',
    (_year, notice) => {
      const off = new Set(daysOf(notice));
      for (const day of notice.worked) {
        expect(isWeekend(day)).toBe(true);
        expect(off.has(day)).toBe(false);
      }
    },
  );

  it.each(HOLIDAY_NOTICES_CN.filter(({ year }) => year >= 2008).map((notice) => [notice.year, notice] as const))(
    'gives as many weekdays off as the law has holidays and swapped days, except where a year gave more (%s)',
    (year, notice) => {
      const weekdaysOff = daysOf(notice).filter((day) => !isWeekend(day)).length;
      // 11 statutory days, 13 from 2025 on, those that fall on a weekend made up for; 2015 and 2020 gave more.
      const statutory = year >= 2025 ? 13 : year === 2015 ? 12 : 11;
      const swapped = weekdaysOff - notice.worked.length;
      expect(swapped).toBeLessThanOrEqual(statutory + (year === 2020 ? 3 : 0));
      expect(swapped).toBeGreaterThanOrEqual(statutory - 2);
    },
  );
});
