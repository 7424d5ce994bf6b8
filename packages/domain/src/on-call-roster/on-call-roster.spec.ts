import * as fc from 'fast-check';
import { givenRoster, minutesIn, onCallPeople, rosterCommand, rosterEvent, SITE } from '../../testing/index';
import { shiftAt, stretchesOf, type Shift } from './state';

const { PlanOnCall, CancelOnCall, OpenRoster } = rosterCommand;
const opened = rosterEvent.opened();
const shift = 'c0ffee00-0000-4000-8000-000000000001';

describe('DEC-01 the on-call roster of a site', () => {
  it('is opened once', () => {
    const data = { site: SITE, zone: 'Asia/Shanghai' };
    givenRoster().by(onCallPeople.system).when(OpenRoster(data)).then(opened);
    givenRoster(opened).by(onCallPeople.system).when(OpenRoster(data)).thenRefused('ON_CALL_ROSTER.ALREADY_OPEN');
  });

  it('names people in the order in which they are called, by id', () =>
    givenRoster(opened)
      .when(
        PlanOnCall({ from: '2026-10-01T18:00:00+08:00', until: '2026-10-02T08:00:00+08:00', people: ['b-2', 'a-1'] }),
      )
      .then(
        rosterEvent.planned({
          shift,
          from: '2026-10-01T10:00:00.000Z',
          until: '2026-10-02T00:00:00.000Z',
          people: ['b-2', 'a-1'],
        }),
      ));

  it('says nothing about the past: a shift that has begun already begins now', () =>
    givenRoster(opened)
      .at(minutesIn(30))
      .when(PlanOnCall({ from: minutesIn(0), until: minutesIn(60), people: ['a-1'] }))
      .then(rosterEvent.planned({ shift, from: minutesIn(30), until: minutesIn(60), people: ['a-1'] })));

  it('refuses a shift that ends before it begins, is over, or calls somebody twice', () => {
    const plan = (from: number, until: number, people = ['a-1']) =>
      givenRoster(opened)
        .at(minutesIn(100))
        .when(PlanOnCall({ from: minutesIn(from), until: minutesIn(until), people }));
    plan(120, 110).thenRefused('ON_CALL_ROSTER.PERIOD_INVALID');
    plan(120, 120).thenRefused('ON_CALL_ROSTER.PERIOD_INVALID');
    plan(10, 100).thenRefused('ON_CALL_ROSTER.SHIFT_OVER');
    plan(110, 120, ['a-1', 'b-2', 'a-1']).thenRefused('ON_CALL_ROSTER.PERSON_REPEATED');
    givenRoster().when(PlanOnCall()).thenRefused('ON_CALL_ROSTER.NOT_FOUND');
  });

  it('takes a swap for part of a shift: what is planned later goes before', () =>
    givenRoster(opened, rosterEvent.planned())
      .when(PlanOnCall({ from: minutesIn(70), until: minutesIn(90), people: ['staff-3'] }))
      .then(rosterEvent.planned({ shift, from: minutesIn(70), until: minutesIn(90), people: ['staff-3'] })));

  it('cancels a shift that is not over', () => {
    const past = [opened, rosterEvent.planned()] as const;
    givenRoster(...past)
      .when(CancelOnCall({ shift: 'shift-1' }))
      .then(rosterEvent.cancelled());
    givenRoster(...past)
      .at(minutesIn(180))
      .when(CancelOnCall({ shift: 'shift-1' }))
      .thenRefused('ON_CALL_ROSTER.SHIFT_OVER');
    givenRoster(...past)
      .when(CancelOnCall({ shift: 'shift-2' }))
      .thenRefused('ON_CALL_ROSTER.SHIFT_UNKNOWN', { shift: 'shift-2' });
    givenRoster(...past, rosterEvent.cancelled())
      .when(CancelOnCall({ shift: 'shift-1' }))
      .thenRefused('ON_CALL_ROSTER.SHIFT_UNKNOWN');
  });
});

const shifts = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 })), { maxLength: 12 }).map((spans) =>
  spans.map(([from, length], index): Shift => ({
    shift: `shift-${index}`,
    from: minutesIn(from),
    until: minutesIn(from + length),
    people: [`staff-${index}`],
  })),
);

describe('who is on call', () => {
  const day = { shift: 'day', from: minutesIn(0), until: minutesIn(60), people: ['a-1'] };
  const swap = { shift: 'swap', from: minutesIn(20), until: minutesIn(30), people: ['b-2'] };

  it('is the shift planned last of those that cover the instant; its end is no longer in it', () => {
    const at = (minutes: number) => shiftAt([day, swap], minutesIn(minutes))?.shift;
    expect([0, 19, 20, 29, 30, 59, 60].map(at)).toEqual(['day', 'day', 'swap', 'swap', 'day', 'day', undefined]);
    expect(stretchesOf([day, swap])[0]?.inForce).toEqual([
      { from: minutesIn(0), until: minutesIn(20) },
      { from: minutesIn(30), until: minutesIn(60) },
    ]);
    expect(stretchesOf([swap, day])[0]?.inForce).toEqual([]);
  });

  it('the plan as shown says the same of every instant, and nobody is on call twice', () =>
    fc.assert(
      fc.property(shifts, fc.nat(80), (planned, minute) => {
        const at = minutesIn(minute);
        const shown = stretchesOf(planned).filter(({ inForce }) =>
          inForce.some(({ from, until }) => from <= at && at < until),
        );
        expect(shown.map((one) => one.shift)).toEqual([shiftAt(planned, at)?.shift].filter((one) => one !== undefined));
      }),
    ));
});
