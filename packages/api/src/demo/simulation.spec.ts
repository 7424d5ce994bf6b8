import { plus } from '@aftercare/domain';
import { Simulation, type SimulatedWorld } from './simulation';

const start = '2026-07-01T00:00:00.000Z';

const world = (wakes: string[] = []) => {
  let now = start;
  const log: string[] = [];
  const fake: SimulatedWorld = {
    now: () => now,
    advanceTo: (instant) => {
      now = instant;
    },
    settle: async () => {
      while (wakes[0] !== undefined && wakes[0] <= now) log.push(`wake ${wakes.shift()}`);
    },
    nextWakeAt: async () => wakes[0],
  };
  return { fake, log };
};

describe('a simulated quarter', () => {
  it('runs stories in the order of their times, one at a time', async () => {
    const { fake, log } = world();
    const simulation = new Simulation(fake);
    for (const name of ['a', 'b']) {
      simulation.plan(start, async (time) => {
        log.push(`${name} begins`);
        await time.until(plus(time.now(), name === 'a' ? 2_000 : 1_000));
        log.push(`${name} ends at ${time.now()}`);
      });
    }
    await simulation.run(start);
    expect(log).toEqual(['a begins', 'b begins', `b ends at ${plus(start, 1_000)}`, `a ends at ${plus(start, 2_000)}`]);
  });

  it('lets an alarm fire before a later step of a story', async () => {
    const { fake, log } = world([plus(start, 500)]);
    const simulation = new Simulation(fake);
    simulation.plan(start, async (time) => {
      await time.until(plus(start, 1_000));
      log.push('step');
    });
    await simulation.run(start);
    expect(log).toEqual([`wake ${plus(start, 500)}`, 'step']);
  });

  it('ends with the error that a story threw, instead of hiding it', async () => {
    const { fake } = world();
    const simulation = new Simulation(fake);
    simulation.plan(start, async () => {
      throw new Error('refused');
    });
    await expect(simulation.run(start)).rejects.toThrow('refused');
  });
});
