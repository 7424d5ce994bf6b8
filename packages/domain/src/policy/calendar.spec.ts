import fc from 'fast-check';
import { between, DAY, HOUR, instantOf, millisOf, MINUTE } from '../kernel/index';
import { addOnCalendar, elapsedOnCalendar, localDateOf, monthOf } from './calendar';
import { addDays, addMonths, instantAt } from './local-time';

const shanghai = 'Asia/Shanghai';
/** Half-hour shifts, southern summers, a day that was left out, a zone far west, one that never changes. */
const zones = fc.constantFrom(
  shanghai,
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'UTC',
);
const instants = fc
  .integer({ min: millisOf('2011-12-20T00:00:00.000Z'), max: millisOf('2027-01-01T00:00:00.000Z') })
  .map(instantOf);
const spans = fc.integer({ min: 1, max: 20 * DAY });

describe('DEC-01 clocks that run while staff can be reached, daily 08:00–22:00', () => {
  it('SLA-03 lets 30 minutes that begin at 21:50 end at 08:20', () =>
    expect(addOnCalendar('2026-11-22T13:50:00.000Z', 30 * MINUTE, 'reachable', shanghai)).toBe(
      '2026-11-23T00:20:00.000Z',
    ));

  it('begins to count at 08:00 what came in at night', () =>
    expect(addOnCalendar('2026-11-22T18:00:00.000Z', HOUR, 'reachable', shanghai)).toBe('2026-11-23T01:00:00.000Z'));

  it('counts 14 hours a day', () =>
    expect(elapsedOnCalendar('2026-11-01T00:00:00.000Z', '2026-11-11T00:00:00.000Z', 'reachable', shanghai)).toBe(
      140 * HOUR,
    ));

  it('runs always on `always`', () =>
    expect(addOnCalendar('2026-11-22T13:50:00.000Z', DAY, 'always', shanghai)).toBe('2026-11-23T13:50:00.000Z'));

  it('counts no time backwards', () =>
    expect(elapsedOnCalendar('2026-11-22T10:00:00.000Z', '2026-11-22T09:00:00.000Z', 'reachable', shanghai)).toBe(0));

  it('keeps to the wall clock on the days on which clocks change', () => {
    expect(instantAt('2026-03-29', 'Europe/Berlin', 8)).toBe('2026-03-29T06:00:00.000Z');
    expect(instantAt('2026-10-25', 'Europe/Berlin', 8)).toBe('2026-10-25T07:00:00.000Z');
    expect(
      elapsedOnCalendar('2026-03-28T21:00:00.000Z', '2026-03-29T20:00:00.000Z', 'reachable', 'Europe/Berlin'),
    ).toBe(14 * HOUR);
  });

  it('has no window on a day that a zone left out', () =>
    expect(elapsedOnCalendar('2011-12-30T08:00:00.000Z', '2011-12-30T18:00:00.000Z', 'reachable', 'Pacific/Apia')).toBe(
      0,
    ));

  it('finds midnight where clocks jump over it: the moment of the jump', () => {
    expect(instantAt('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
    expect(localDateOf('2018-11-04T02:59:59.999Z', 'America/Sao_Paulo')).toBe('2018-11-03');
  });

  it('adds and measures as inverses, in every zone', () =>
    fc.assert(
      fc.property(instants, spans, zones, fc.constantFrom('always', 'reachable'), (start, millis, zone, calendar) => {
        const end = addOnCalendar(start, millis, calendar, zone);
        expect(elapsedOnCalendar(start, end, calendar, zone)).toBe(millis);
        expect(between(start, end)).toBeGreaterThanOrEqual(millis);
      }),
      { numRuns: 300 },
    ));

  it('never ends a longer time earlier, and never measures less until later', () =>
    fc.assert(
      fc.property(instants, spans, spans, zones, (start, one, other, zone) => {
        const [short, long] = one < other ? [one, other] : [other, one];
        const early = addOnCalendar(start, short, 'reachable', zone);
        const late = addOnCalendar(start, long, 'reachable', zone);
        expect(early <= late).toBe(true);
        expect(elapsedOnCalendar(start, instantOf(millisOf(start) + short), 'reachable', zone)).toBeLessThanOrEqual(
          elapsedOnCalendar(start, instantOf(millisOf(start) + long), 'reachable', zone),
        );
      }),
      { numRuns: 200 },
    ));

  it('measures a stretch as the sum of its parts', () =>
    fc.assert(
      fc.property(instants, spans, spans, zones, (start, one, two, zone) => {
        const middle = instantOf(millisOf(start) + one);
        const end = instantOf(millisOf(middle) + two);
        expect(
          elapsedOnCalendar(start, middle, 'reachable', zone) + elapsedOnCalendar(middle, end, 'reachable', zone),
        ).toBe(elapsedOnCalendar(start, end, 'reachable', zone));
      }),
      { numRuns: 200 },
    ));
});

describe('DEC-18 which day and month it is, is a question of the zone', () => {
  it('is already the next month in Shanghai when UTC is in the old one', () => {
    expect(localDateOf('2026-10-31T16:00:00.000Z', shanghai)).toBe('2026-11-01');
    expect(monthOf('2026-10-31T16:00:00.000Z', shanghai)).toBe('202611');
    expect(monthOf('2026-10-31T15:59:59.999Z', shanghai)).toBe('202610');
  });

  it('moves days and months on the calendar', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-11-22', 12)).toBe('2027-11-22');
  });
});
