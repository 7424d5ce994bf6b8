import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerEvents, event, type ProcessManager } from '@aftercare/domain';
import { copyStore, createMemoryStore, SimulatedClock, type EventStore } from '@aftercare/event-store';
import { openProjections, type Projections } from '../index';
import { Journal, matters, viewsUnderTest, type ViewsUnderTest } from '../testing/index';
import { rowsOf } from '../testing/equals-full-fold';
import { ticketQueue } from '../ticket-queue/index';
import { actingBehind, moveToStore, type Views } from './index';

/** Sends one command for every customer. */
const welcome: ProcessManager<{ readonly seen: number }> = {
  name: 'welcome',
  version: 1,
  types: ['customer.CustomerRegistered'],
  instance: (registered) => registered.metadata.correlationId,
  initial: { seen: 0 },
  react: (state, input) => ({
    state: { seen: state.seen + 1 },
    commands: input.kind === 'event' ? [{ stream: input.event.stream, type: 'customer.ChangeTier', data: {} }] : [],
  }),
};

describe('views whose store was copied', () => {
  const clock = new SimulatedClock();
  let folder: string;
  let database: ViewsUnderTest;
  let views: Views;
  let sent: string[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
    database = viewsUnderTest(folder);
    views = await database.open();
    sent = [];
  });
  afterEach(async () => {
    await views.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the reading side on a store until `until` holds. */
  const follow = async (store: EventStore, until: (projections: Projections) => Promise<unknown>): Promise<void> => {
    const { codec } = new Journal(store);
    const projections = await openProjections({
      views,
      store,
      decode: (stored) => codec.decode(stored),
      clock,
      models: [ticketQueue],
      processes: [welcome],
      send: async ({ stream }) => {
        sent.push(stream);
        return { status: 'done', stream, revision: 1, repeated: false, events: [] };
      },
    });
    const stopping = new AbortController();
    const running = projections.run(stopping.signal);
    await until(projections);
    stopping.abort();
    await running;
  };

  const allRead = (store: EventStore) => async (projections: Projections) => {
    const head = (await store.head())!;
    for (let tries = 0; ; tries += 1) {
      const status = await projections.status();
      if (status.length === 2 && status.every(({ state, lagEvents }) => state === 'live' && lagEvents === 0)) break;
      if (tries > 500) throw new Error(JSON.stringify(status));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await projections.waitFor('welcome', head, 1_000)).toBe(true);
    await projections.settle();
  };

  const customer = (store: EventStore, name: string) =>
    new Journal(store).write({
      stream: `customer-${name}`,
      events: [event(customerEvents.CustomerRegistered, { tier: 'normal' })],
      now: clock.now(),
    });

  it('go on behind the head of the new store, doing nothing again, while their tables are built anew', async () => {
    const source = createMemoryStore({ clock });
    const journal = new Journal(source);
    await journal.writeAll(matters({ seed: 7, tickets: 20 }));
    await customer(source, 'a');
    expect(await actingBehind(views.write, await source.head()).catch(() => ['no tables'])).not.toEqual([]);
    await follow(source, allRead(source));
    const before = sent.length;
    expect(before).toBeGreaterThan(0);
    expect(await actingBehind(views.write, await source.head())).toEqual([]);
    const rows = await rowsOf(ticketQueue, views);
    expect(rows.size).toBeGreaterThan(10);

    const target = createMemoryStore({ clock, lineageId: source.meta.lineageId });
    const { bridge } = await copyStore(source, target, { clock });
    const move = { from: bridge.from.position, to: bridge.to.position };
    expect(await moveToStore(views.write, move)).toEqual({ acting: 1 });
    expect(await moveToStore(views.write, move)).toEqual({ acting: 1 });
    expect(await actingBehind(views.write, await target.head())).toEqual([]);

    await follow(target, allRead(target));
    expect(sent.length).toBe(before);
    expect(await rowsOf(ticketQueue, views)).toEqual(rows);
    await customer(target, 'b');
    await follow(target, allRead(target));
    expect(sent.slice(before)).toEqual(['customer-b']);
    // Said again when all has long gone on: nothing is set back.
    expect(await moveToStore(views.write, move)).toEqual({ acting: 1 });
    expect(await actingBehind(views.write, await target.head())).toEqual([]);
  });

  it('are refused when a process has not read everything: it would miss the rest', async () => {
    const source = createMemoryStore({ clock });
    await customer(source, 'a');
    await follow(source, allRead(source));
    await customer(source, 'b');
    const head = (await source.head())!;
    expect(await actingBehind(views.write, head)).toEqual(['process:welcome']);
    await expect(moveToStore(views.write, { from: head, to: 'other-1' })).rejects.toThrow('process:welcome');
  });
});
