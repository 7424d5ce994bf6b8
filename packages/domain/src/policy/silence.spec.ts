import fc from 'fast-check';
import { HOUR, instantOf, millisOf } from '../kernel/index';
import { HOLIDAYS_CN, holidayOn } from './holidays-cn';
import { addHoursSkippingHolidays, silencePlan } from './silence';
import { policiesV1 } from './v1/index';

const zone = 'Asia/Shanghai';
const body = policiesV1.silence.body;

describe('DEC-05 what silence does', () => {
  it('reminds at 24 and 48 hours, puts on the call list at 48, accepts at 72', () =>
    expect(silencePlan(body, { type: 'repair', since: '2026-11-02T02:00:00.000Z', zone })).toEqual({
      reminders: [
        { at: '2026-11-03T02:00:00.000Z', onCallList: false },
        { at: '2026-11-04T02:00:00.000Z', onCallList: true },
      ],
      decideAt: '2026-11-05T02:00:00.000Z',
      action: 'accept',
    }));

  it('leaves out the days of a statutory holiday', () => {
    const plan = silencePlan(body, { type: 'repair', since: '2026-09-30T02:00:00.000Z', zone });
    expect(plan.reminders[0]?.at).toBe('2026-10-08T02:00:00.000Z');
    expect(plan.decideAt).toBe('2026-10-10T02:00:00.000Z');
  });

  it('begins to count after the holiday when the resolution was proposed on one', () =>
    expect(addHoursSkippingHolidays('2026-10-05T02:00:00.000Z', 1, zone)).toBe('2026-10-07T17:00:00.000Z'));

  it('counts every day where the policy says so, and by type where it differs', () => {
    const own = {
      ...body,
      skipHolidays: false,
      byType: [
        {
          type: 'enquiry' as const,
          remindAfterHours: [12],
          callListAfterHours: 20,
          decideAfterHours: 24,
          action: 'return-to-engineer' as const,
        },
      ],
    };
    expect(silencePlan(own, { type: 'enquiry', since: '2026-10-01T00:00:00.000Z', zone })).toEqual({
      reminders: [
        { at: '2026-10-01T12:00:00.000Z', onCallList: false },
        { at: '2026-10-01T20:00:00.000Z', onCallList: true },
      ],
      decideAt: '2026-10-02T00:00:00.000Z',
      action: 'return-to-engineer',
    });
    expect(silencePlan(own, { type: 'repair', since: '2026-10-01T00:00:00.000Z', zone }).decideAt).toBe(
      '2026-10-04T00:00:00.000Z',
    );
  });

  it('never ends earlier than the plain hours, and never on a holiday', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: millisOf('2024-01-01T00:00:00.000Z'), max: millisOf('2026-12-20T00:00:00.000Z') }),
        fc.integer({ min: 1, max: 200 }),
        (start, hours) => {
          const end = addHoursSkippingHolidays(instantOf(start), hours, zone);
          expect(millisOf(end)).toBeGreaterThanOrEqual(start + hours * HOUR);
          expect(holidayOn(instantOf(millisOf(end) - 1 + 8 * HOUR).slice(0, 10))).toBeUndefined();
        },
      ),
    ));
});

describe('SLA-11 statutory holidays', () => {
  it('knows the runs as published, and none of a year that is not published', () => {
    expect(holidayOn('2026-02-23')).toBe('春节');
    expect(holidayOn('2026-02-24')).toBeUndefined();
    expect(holidayOn('2025-10-06')).toBe('国庆节、中秋节');
    expect(holidayOn('2027-01-01')).toBeUndefined();
  });

  it('lists runs in order, none reaching into the next', () => {
    HOLIDAYS_CN.forEach(({ from, to }, index) => {
      expect(from <= to).toBe(true);
      expect(to < (HOLIDAYS_CN[index + 1]?.from ?? '9999')).toBe(true);
    });
  });
});
