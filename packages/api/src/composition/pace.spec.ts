import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent, SubscriptionPage } from '@aftercare/event-store';
import { Admission } from './admission';
import { Pace } from './pace';

const START = Date.parse('2026-11-22T01:00:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

/** A page with one event, recorded `ms` after the start. */
const page = (ms: number, caughtUp: boolean): SubscriptionPage => ({
  events: [{ metadata: `{"recordedAt":"${at(ms)}"}` } as StoredEvent],
  upTo: `x-${ms}`,
  caughtUp,
});

const paceAt = (simulated = false) => {
  let now = 0;
  const pace = new Pace({ now: () => at(now), simulated });
  return { pace, be: (ms: number) => (now = ms) };
};

/** Takes a page as a consumer does: what `during` sees is on its way to the read models. */
const show = async (pace: Pace, one: SubscriptionPage, during: () => void = () => undefined) => {
  for await (const _ of pace.shown(one)) during();
};

describe('people and what follows the log share a process', () => {
  it('what read models have not shown yet is told by its age, until they have', async () => {
    const { pace, be } = paceAt();
    await show(pace, page(0, true));
    be(5_000);
    await show(pace, page(4_400, true), () => expect(pace.behind).toBe(600));
    expect(pace.behind).toBe(0);
  });

  it('a full page leaves something behind it', async () => {
    const { pace, be } = paceAt();
    await show(pace, page(0, true));
    be(5_000);
    await show(pace, page(4_000, false));
    expect(pace.behind).toBe(1_000);
  });

  it('nobody waits for a backlog from before the start, nor under a simulated clock', async () => {
    const late = paceAt();
    late.be(5_000);
    await show(late.pace, page(0, false), () => expect(late.pace.behind).toBe(0));
    const simulated = paceAt(true);
    await show(simulated.pace, page(0, true));
    simulated.be(5_000);
    await show(simulated.pace, page(0, true), () => expect(simulated.pace.behind).toBe(0));
  });

  it('nobody waits for read models that another process keeps from now on', async () => {
    const { pace, be } = paceAt();
    await show(pace, page(0, true));
    be(5_000);
    for await (const _ of pace.shown(page(0, true))) break;
    pace.ended();
    expect(pace.behind).toBe(0);
  });

  it('a command of a process that waited in its outbox counts as well, for a moment', async () => {
    const { pace, be } = paceAt();
    await show(pace, page(0, true));
    be(2_000);
    await pace.carry(at(1_200));
    expect(pace.behind).toBe(800);
    be(2_300);
    expect(pace.behind).toBe(0);
  });
});

describe('creating requests', () => {
  const isLetIn = (pace: Pace) => Promise.race([pace.admit().then(() => true), sleep(60).then(() => false)]);

  it('wait while read models are far behind and have not seen those before them', async () => {
    const { pace, be } = paceAt();
    await show(pace, page(0, true));
    be(5_000);
    for await (const _ of pace.shown(page(4_000, true))) {
      // Fewer than a page: shutting the door would not make the page that is under way any faster.
      for (let n = 0; n < 24; n += 1) expect(await isLetIn(pace)).toBe(true);
      expect(await isLetIn(pace)).toBe(false);
    }
    expect(await isLetIn(pace)).toBe(true);
  });

  it('wait while commands of processes are long overdue', async () => {
    const { pace, be } = paceAt();
    await show(pace, page(0, true));
    be(2_000);
    await pace.carry(at(1_100));
    expect(await isLetIn(pace)).toBe(false);
  });
});

describe('the door for creating requests', () => {
  it('is open while read models keep up', () => {
    expect(new Admission(() => false).enter()).toBeUndefined();
  });

  it('lets people in, in the order they came, once read models have caught up', async () => {
    let shut = true;
    const door = new Admission(() => shut);
    const entered: number[] = [];
    const all = [1, 2, 3].map((n) => door.enter()!.then(() => entered.push(n)));
    await sleep(60);
    expect([entered, door.waiting]).toEqual([[], 3]);
    shut = false;
    await Promise.all(all);
    expect([entered, door.waiting]).toEqual([[1, 2, 3], 0]);
  });

  it('lets people in one by one after a second: a read model that stands still must not stop commands', async () => {
    const door = new Admission(() => true);
    const began = performance.now();
    const first = door.enter()!.then(() => door.waiting);
    const second = door.enter();
    expect(await first).toBe(1);
    expect(performance.now() - began).toBeGreaterThan(900);
    await second;
    expect(performance.now() - began).toBeGreaterThan(1_000);
  });

  it('tells the thousand-and-first to come again', async () => {
    let shut = true;
    const door = new Admission(() => shut);
    const all = Array.from({ length: 1_000 }, () => door.enter()!);
    expect(() => door.enter()).toThrow(expect.objectContaining({ code: 'SERVICE.BUSY' }));
    shut = false;
    await Promise.all(all);
    expect(door.enter()).toBeUndefined();
  });
});
