import { plus } from '@aftercare/domain/kernel';
import { SimulatedClock } from './simulated-clock';
import { systemClock } from './system-clock';

describe('the simulated clock', () => {
  it('stands still until it is moved, and never goes back', () => {
    const clock = new SimulatedClock('2026-03-01T09:00:00.000Z');
    expect(clock.now()).toBe('2026-03-01T09:00:00.000Z');
    clock.set('2026-03-02T00:00:00.000Z');
    clock.set('2026-03-01T00:00:00.000Z');
    expect(clock.now()).toBe('2026-03-02T00:00:00.000Z');
  });

  it('wakes sleepers in order, each at its own time', async () => {
    const clock = new SimulatedClock('2026-03-01T09:00:00.000Z');
    const woken: string[] = [];
    const sleep = async (millis: number) => {
      await clock.sleepUntil(plus(clock.now(), millis));
      woken.push(clock.now());
      if (woken.length === 1) await sleep(1_000);
    };
    const all = [sleep(3_000), sleep(1_000), sleep(9_000)];
    expect(clock.nextWakeAt()).toBe('2026-03-01T09:00:01.000Z');
    await clock.advance(5_000);
    expect(woken.map((at) => at.slice(17, 19))).toEqual(['01', '02', '03']);
    await clock.advance(5_000);
    await Promise.all(all);
    expect(clock.nextWakeAt()).toBeUndefined();
  });

  it('lets a sleeper be called off', async () => {
    const clock = new SimulatedClock();
    const ending = new AbortController();
    const sleep = clock.sleepUntil(plus(clock.now(), 1_000), ending.signal);
    ending.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    expect(clock.nextWakeAt()).toBeUndefined();
    await expect(clock.sleepUntil(clock.now(), ending.signal)).rejects.toThrow('enough');
  });
});

describe('the system’s clock', () => {
  it('tells UTC with milliseconds and sleeps until an instant', async () => {
    const clock = systemClock();
    const start = clock.now();
    expect(start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    await clock.sleepUntil(plus(start, 20));
    expect(clock.now() >= plus(start, 20)).toBe(true);
    await clock.sleepUntil(start);
  });

  it('can be called off in a sleep longer than any timer', async () => {
    const clock = systemClock();
    const ending = new AbortController();
    const sleep = clock.sleepUntil('2999-01-01T00:00:00.000Z', ending.signal);
    ending.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
  });
});
