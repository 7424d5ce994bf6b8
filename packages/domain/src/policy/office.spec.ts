import fc from 'fast-check';
import { between, DAY, HOUR, instantOf, millisOf, MINUTE } from '../kernel/index';
import { addOnCalendar, elapsedOnCalendar, localDateOf } from './calendar';
import { HOLIDAY_NOTICES_CN } from './holiday-notices-cn';
import {
  addWorkingDays,
  isProvisionalBetween,
  officeCalendar,
  officeOf,
  softwareTestDue,
  workingDayOf,
} from './office';
import type { OfficeHours, ServiceLevelPolicy } from './service-level-body';
import { policiesV1 } from './v1/index';

const zone = 'Asia/Shanghai';
const body = policiesV1['service-level'].body;
const office = officeOf(body, 'main');
/** A time on the clocks of Shanghai. */
const at = (local: string): string => instantOf(millisOf(`${local}:00.000+08:00`));
const workedOn = (date: string): boolean => office.hoursOn(date).length > 0;

describe('DEC-01, SLA-11 the calendar `office`: working hours, holidays, make-up days', () => {
  it('works eight hours from Monday to Friday, with a lunch break', () => {
    expect(office.dayMillis).toBe(8 * HOUR);
    expect(elapsedOnCalendar(at('2026-11-23T00:00'), at('2026-11-24T00:00'), office, zone)).toBe(8 * HOUR);
    expect(elapsedOnCalendar(at('2026-11-23T11:30'), at('2026-11-23T13:30'), office, zone)).toBe(HOUR);
    expect(elapsedOnCalendar(at('2026-11-21T00:00'), at('2026-11-23T00:00'), office, zone)).toBe(0);
  });

  it('lets a working day that begins on Tuesday at 15:00 end on Wednesday at 15:00', () =>
    expect(addWorkingDays(at('2026-11-24T15:00'), 1, office, zone)).toBe(at('2026-11-25T15:00')));

  it('stops over lunch, over the weekend and at night', () => {
    expect(addOnCalendar(at('2026-11-23T11:30'), HOUR, office, zone)).toBe(at('2026-11-23T13:30'));
    expect(addOnCalendar(at('2026-11-20T17:30'), HOUR, office, zone)).toBe(at('2026-11-23T09:30'));
    expect(addOnCalendar(at('2026-11-22T03:00'), 10 * MINUTE, office, zone)).toBe(at('2026-11-23T09:10'));
  });

  it('counts a make-up Saturday as a working day and a holiday on a Thursday as none', () => {
    expect(workedOn('2026-10-10')).toBe(true);
    expect(workedOn('2026-10-01')).toBe(false);
    expect(addWorkingDays(at('2026-09-30T15:00'), 1, office, zone)).toBe(at('2026-10-08T15:00'));
    expect(addWorkingDays(at('2026-10-09T15:00'), 1, office, zone)).toBe(at('2026-10-10T15:00'));
  });

  it('knows the extraordinary: 3 September 2015, Labour Day 2019 as changed, the long Spring Festival of 2020', () => {
    expect(['2015-09-03', '2015-09-04', '2015-09-06'].map(workedOn)).toEqual([false, false, true]);
    expect(['2019-04-28', '2019-05-02', '2019-05-05'].map(workedOn)).toEqual([true, false, true]);
    expect(['2020-01-31', '2020-02-01', '2020-02-03'].map(workedOn)).toEqual([false, false, true]);
  });

  it('takes days beyond the published years for plain weekdays, and says so', () => {
    expect(workedOn('2027-10-01')).toBe(true);
    expect(workedOn('2027-10-02')).toBe(false);
    expect(isProvisionalBetween(at('2026-12-30T09:00'), at('2026-12-31T18:00'), office, zone)).toBe(false);
    expect(isProvisionalBetween(at('2026-12-30T09:00'), at('2027-01-04T18:00'), office, zone)).toBe(true);
    expect(isProvisionalBetween(at('2006-12-01T09:00'), at('2006-12-02T18:00'), office, zone)).toBe(true);
  });

  it('has hours per site: half a Saturday, a shop that is open on holidays', () => {
    const week = [{ weekday: 6, windows: [{ from: '09:00', to: '12:00' }] }];
    const own: ServiceLevelPolicy = {
      ...body,
      sites: [
        { site: 'depot', ...body.hours, week },
        { site: 'shop', ...body.hours, observesHolidays: false },
      ],
    };
    expect(addOnCalendar(at('2026-11-20T17:30'), HOUR, officeOf(own, 'depot'), zone)).toBe(at('2026-11-21T09:30'));
    expect(officeOf(own, 'shop').hoursOn('2026-10-01')).toHaveLength(2);
    expect(officeOf(own, 'shop').hoursOn('2026-10-10')).toHaveLength(0);
    expect(officeOf(own, 'shop').isProvisional('2030-01-01')).toBe(false);
    expect(officeOf(own, 'elsewhere').hoursOn('2026-10-01')).toHaveLength(0);
  });

  const windows = fc
    .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 6 })
    .map((halves) => [...halves].sort((a, b) => a - b))
    .map((halves) =>
      Array.from({ length: Math.floor(halves.length / 2) }, (_, index) => ({
        from: clock(halves[2 * index]!),
        to: clock(halves[2 * index + 1]!),
      })),
    );
  const clock = (half: number): string =>
    `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
  const hours: fc.Arbitrary<OfficeHours> = fc.record({
    workingDay: windows,
    week: fc.uniqueArray(fc.record({ weekday: fc.integer({ min: 4, max: 7 }), windows }), {
      selector: ({ weekday }) => weekday,
    }),
    observesHolidays: fc.boolean(),
  });
  const calendars = hours.map((each) => officeCalendar(each, HOLIDAY_NOTICES_CN));
  const instants = fc
    .integer({ min: millisOf('2019-01-01T00:00:00.000Z'), max: millisOf('2027-06-01T00:00:00.000Z') })
    .map(instantOf);
  const zones = fc.constantFrom(zone, 'Asia/Urumqi', 'UTC', 'Europe/Berlin');
  const spans = fc.integer({ min: 1, max: 30 * HOUR });

  it('adds and measures as inverses, whatever the windows', () =>
    fc.assert(
      fc.property(calendars, instants, spans, zones, (calendar, start, millis, where) => {
        const end = addOnCalendar(start, millis, calendar, where);
        expect(elapsedOnCalendar(start, end, calendar, where)).toBe(millis);
        expect(between(start, end)).toBeGreaterThanOrEqual(millis);
      }),
      { numRuns: 300 },
    ));

  it('never ends a longer time earlier, nor one that began later', () =>
    fc.assert(
      fc.property(calendars, instants, spans, spans, (calendar, start, one, other) => {
        const [short, long] = one < other ? [one, other] : [other, one];
        const end = addOnCalendar(start, short, calendar, zone);
        expect(end <= addOnCalendar(start, long, calendar, zone)).toBe(true);
        expect(end <= addOnCalendar(instantOf(millisOf(start) + long), short, calendar, zone)).toBe(true);
      }),
      { numRuns: 200 },
    ));

  it('measures a stretch as the sum of its parts', () =>
    fc.assert(
      fc.property(calendars, instants, fc.tuple(spans, spans), zones, (calendar, start, [one, two], where) => {
        const middle = instantOf(millisOf(start) + one);
        const end = instantOf(millisOf(middle) + two);
        expect(
          elapsedOnCalendar(start, middle, calendar, where) + elapsedOnCalendar(middle, end, calendar, where),
        ).toBe(elapsedOnCalendar(start, end, calendar, where));
      }),
      { numRuns: 200 },
    ));

  it('ends within a window, or at its close, on a day that is worked', () =>
    fc.assert(
      fc.property(calendars, instants, spans, (calendar, start, millis) => {
        const end = addOnCalendar(start, millis, calendar, zone);
        const justBefore = instantOf(millisOf(end) - 1);
        const minute = (millisOf(justBefore) + 8 * HOUR) % DAY;
        const within = calendar
          .hoursOn(localDateOf(justBefore, zone))
          .some(({ from, to }) => from * MINUTE <= minute && minute < to * MINUTE);
        expect(within).toBe(true);
      }),
      { numRuns: 200 },
    ));

  it('needs no clock that changes: a zone without summer time counts every working day alike', () =>
    fc.assert(
      fc.property(instants, (start) => {
        expect(elapsedOnCalendar(start, addWorkingDays(start, 3, office, zone), office, zone)).toBe(24 * HOUR);
      }),
      { numRuns: 100 },
    ));
});

describe('DEC-08, SLA-08 software that needs a test environment', () => {
  it('is tested by the end of the working day that contains the report, solved 24 hours after that day began', () =>
    expect(softwareTestDue(at('2026-11-24T15:00'), office, zone)).toEqual({
      testedBy: at('2026-11-24T18:00'),
      solvedBy: at('2026-11-25T09:00'),
    }));

  it('is tested on the next working day when it was reported after work, at a weekend or on a holiday', () => {
    expect(softwareTestDue(at('2026-11-24T18:00'), office, zone).testedBy).toBe(at('2026-11-25T18:00'));
    expect(softwareTestDue(at('2026-11-21T10:00'), office, zone)).toEqual({
      testedBy: at('2026-11-23T18:00'),
      solvedBy: at('2026-11-24T09:00'),
    });
    expect(softwareTestDue(at('2026-10-03T10:00'), office, zone).testedBy).toBe(at('2026-10-08T18:00'));
  });

  it('counts further working days from there: five of them for an appeal', () =>
    expect(workingDayOf(at('2026-09-25T10:00'), office, zone, 5).closes).toBe(at('2026-10-10T18:00')));
});
