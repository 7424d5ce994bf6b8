import fc from 'fast-check';
import { HOUR, instantOf, millisOf, MINUTE } from '../kernel/index';
import { elapsedOnCalendar } from './calendar';
import { elapsedOf, reachedAt, standsStill, type ClockRun, type Pause } from './clock';
import { officeOf } from './office';
import { policiesV1 } from './v1/index';

const zone = 'Asia/Shanghai';
const always = { calendar: 'always', zone } as const;
const office = { calendar: officeOf(policiesV1['service-level'].body, 'main'), zone };
const base = millisOf('2026-11-23T00:00:00.000Z');
const at = (minutes: number): string => instantOf(base + minutes * MINUTE);

describe('DEC-02 a clock is computed from the log: running intervals intersected with its calendar', () => {
  const run: ClockRun = {
    startedAt: at(0),
    pauses: [
      { from: at(10), to: at(30) },
      { from: at(50), to: at(60) },
    ],
  };

  it('leaves out its pauses', () => {
    expect(elapsedOf(run, always, at(20))).toBe(10 * MINUTE);
    expect(elapsedOf(run, always, at(100))).toBe(70 * MINUTE);
    expect(reachedAt(run, always, 10 * MINUTE)).toBe(at(10));
    expect(reachedAt(run, always, 11 * MINUTE)).toBe(at(31));
    expect(reachedAt(run, always, 70 * MINUTE)).toBe(at(100));
  });

  it('has no end in sight while it stands still', () => {
    const paused = { ...run, pauses: [...run.pauses, { from: at(90) }] };
    expect(standsStill(paused)).toBe(true);
    expect(elapsedOf(paused, always, at(500))).toBe(60 * MINUTE);
    expect(reachedAt(paused, always, 60 * MINUTE)).toBe(at(90));
    expect(reachedAt(paused, always, 60 * MINUTE + 1)).toBeUndefined();
  });

  it('says of one that has ended when it would have been due, and no pause after its end moves that', () => {
    const ended = { ...run, endedAt: at(40), pauses: [...run.pauses, { from: at(70) }] };
    expect(standsStill(ended)).toBe(false);
    expect(elapsedOf(ended, always, at(500))).toBe(20 * MINUTE);
    expect(reachedAt(ended, always, 70 * MINUTE)).toBe(at(90));
    expect(reachedAt({ ...ended, endedAt: at(20) }, always, 20 * MINUTE)).toBe(at(30));
  });

  it('counts working hours only: a pause over lunch costs nothing', () => {
    const day = {
      startedAt: '2026-11-23T03:00:00.000Z',
      pauses: [{ from: '2026-11-23T04:00:00.000Z', to: '2026-11-23T05:00:00.000Z' }],
    };
    expect(reachedAt(day, office, 2 * HOUR)).toBe('2026-11-23T06:00:00.000Z');
    expect(elapsedOf(day, office, '2026-11-24T00:00:00.000Z')).toBe(6 * HOUR);
  });

  const pauses = fc
    .uniqueArray(fc.integer({ min: -500, max: 4_000 }), { maxLength: 8 })
    .map((minutes) => [...minutes].sort((a, b) => a - b))
    .map((minutes) =>
      Array.from({ length: Math.ceil(minutes.length / 2) }, (_, index): Pause => {
        const to = minutes[2 * index + 1];
        return { from: at(minutes[2 * index]!), ...(to !== undefined && { to: at(to) }) };
      }),
    );
  const runs = fc.record({ pauses, startedAt: fc.integer({ min: 0, max: 3_000 }).map(at) });
  const times = fc.constantFrom<typeof always | typeof office>(always, office);
  const nows = fc.integer({ min: 0, max: 6_000 }).map(at);

  it('agrees with looking at every single minute', () =>
    fc.assert(
      fc.property(runs, times, nows, (one, time, now) => {
        const isPaused = (from: string) =>
          one.pauses.some((pause) => pause.from <= from && (pause.to === undefined || from < pause.to));
        let counted = 0;
        for (let from = one.startedAt; from < now; from = instantOf(millisOf(from) + MINUTE))
          if (!isPaused(from))
            counted += elapsedOnCalendar(from, instantOf(millisOf(from) + MINUTE), time.calendar, zone);
        expect(elapsedOf(one, time, now)).toBe(counted);
      }),
      { numRuns: 40 },
    ));

  it('has run exactly for a time at the instant at which it reaches it', () =>
    fc.assert(
      fc.property(runs, times, fc.integer({ min: 1, max: 5_000 * MINUTE }), (one, time, millis) => {
        const due = reachedAt(one, time, millis);
        if (due !== undefined) expect(elapsedOf(one, time, due)).toBe(millis);
        else expect(elapsedOf(one, time, at(1_000_000))).toBeLessThan(millis);
      }),
      { numRuns: 200 },
    ));

  it('is due the same whenever somebody looks, and also after it was met', () =>
    fc.assert(
      fc.property(runs, times, fc.integer({ min: 1, max: 600 * MINUTE }), (one, time, millis) => {
        const due = reachedAt(one, time, millis);
        if (due !== undefined) expect(reachedAt({ ...one, endedAt: due }, time, millis)).toBe(due);
      }),
      { numRuns: 100 },
    ));
});
