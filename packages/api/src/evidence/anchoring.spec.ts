import { setTimeout } from 'node:timers/promises';
import pino from 'pino';
import { createMemoryStore, systemClock, verifyEvidence, SimulatedClock, type Clock } from '@aftercare/event-store';
import { newStream, sampleNoted, SampleWriter } from '@aftercare/event-store/testing';
import { Anchoring } from './anchoring';

const anchors = { keyFile: '/nowhere', folder: '/nowhere' };
const logger = pino({ level: 'silent' });

const started = async (clock: Clock, everyMs: number | undefined) => {
  const store = createMemoryStore({ clock });
  const writer = new SampleWriter(store);
  await writer.write(newStream(), [sampleNoted()]);
  const anchoring = new Anchoring({ config: { anchors: { ...anchors, everyMs } }, clock, stores: { store }, logger });
  anchoring.start();
  const count = async () => (await verifyEvidence(store)).anchors;
  const until = async (wanted: number) => {
    for (let look = 0; (await count()) < wanted && look < 200; look += 1) await setTimeout(10);
    return count();
  };
  return { anchoring, writer, count, until };
};

describe('anchors at an interval', () => {
  it('are taken by the worker when something has moved, and only then', async () => {
    const { anchoring, writer, count, until } = await started(systemClock(), 20);
    expect(await until(1)).toBe(1);
    await setTimeout(150);
    expect(await count()).toBe(1);
    await writer.write(newStream(), [sampleNoted()]);
    expect(await until(2)).toBe(2);
    await anchoring.stop();
    await writer.write(newStream(), [sampleNoted()]);
    await setTimeout(80);
    expect(await count()).toBe(2);
  });

  it('are not taken when they are off, nor in simulated time, whose hours are seconds', async () => {
    for (const { anchoring, count } of [
      await started(systemClock(), undefined),
      await started(new SimulatedClock(), 10),
    ]) {
      await setTimeout(80);
      expect(await count()).toBe(0);
      await anchoring.stop();
    }
  });

  it('of another process are known: where one was taken just now, no second is due', async () => {
    const clock = systemClock();
    const store = createMemoryStore({ clock });
    const writer = new SampleWriter(store);
    await writer.write(newStream(), [sampleNoted()]);
    const parts = { config: { anchors: { ...anchors, everyMs: 60_000 } }, clock, stores: { store }, logger };
    const one = new Anchoring(parts);
    await one.take();
    // Without that one's key it can't sign; it needn't.
    expect(await new Anchoring(parts).anchors.newest()).toMatchObject({ number: 1 });
  });
});
