import { dateTime, instant, localDate } from './schema';
import { matches } from './validation';

const DAY = 24 * 60 * 60 * 1_000;

describe('a day of the calendar', () => {
  it('is one that exists, in leap years and in others', () => {
    const exists = (day: string) => matches(localDate(), day);
    for (const year of [1900, 2000, 2024, 2026]) {
      const days = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY;
      const months = Array.from({ length: 14 }, (_, month) => month);
      const found = months.flatMap((month) =>
        Array.from(
          { length: 33 },
          (_, day) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
        ),
      );
      expect(found.filter(exists)).toHaveLength(days);
    }
    expect(exists('2024-02-29')).toBe(true);
    expect(exists('1900-02-29')).toBe(false);
    expect(exists('2026-2-1')).toBe(false);
  });
});

describe('an instant', () => {
  it.each(['2026-03-01T09:00:00.000Z', '2026-12-31T23:59:59.999Z', '2026-03-01T24:00:00.000Z'])('takes %s', (value) => {
    expect(matches(instant(), value)).toBe(true);
    expect(matches(dateTime(), value)).toBe(true);
  });

  it.each([
    '2026-02-29T09:00:00.000Z',
    '2026-04-31T09:00:00.000Z',
    '2026-13-01T09:00:00.000Z',
    '2026-00-01T09:00:00.000Z',
    '2026-03-00T09:00:00.000Z',
    '2026-03-01T24:00:00.001Z',
    '2026-03-01T25:00:00.000Z',
    '2026-03-01T09:60:00.000Z',
    '2026-03-01T09:00:60.000Z',
    '2026-03-01T09:00:00Z',
    '2026-03-01T09:00:00.000+08:00',
    ' 2026-03-01T09:00:00.000Z',
  ])('refuses %s', (value) => {
    expect(matches(instant(), value)).toBe(false);
  });
});
