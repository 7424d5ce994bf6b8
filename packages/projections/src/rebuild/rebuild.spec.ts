import { join } from 'node:path';
import { openSqliteStore, SimulatedClock, type EventStore } from '@aftercare/event-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fullFold, UnknownConsumerError } from '../consumer/index';
import { AlreadyRebuildingError } from '../projections';
import type { ReadModel } from '../sql/read-model';
import { matters, Reading } from '../testing/index';
import { rowsOf } from '../testing/equals-full-fold';
import { ticketQueue, type TicketQueueRow } from '../ticket-queue/index';
import { BuildFailedError } from './index';

const version = (n: number, number = (row: TicketQueueRow) => row.number): ReadModel<TicketQueueRow> => ({
  ...ticketQueue,
  projector: {
    ...ticketQueue.projector,
    version: n,
    evolve: (row, event, key) => {
      const next = ticketQueue.projector.evolve(row, event, key);
      return next && { ...next, number: number(next) };
    },
  },
});

describe('a rebuild', () => {
  let folder: string;
  let store: EventStore;
  let reading: Reading;
  const clock = new SimulatedClock();
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
    store = openSqliteStore({ path: join(folder, 'events.db'), clock });
    reading = new Reading(clock, store);
    await reading.journal.writeAll(matters({ seed: 7, tickets: 20 }));
  });
  afterEach(async () => {
    await reading.end();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const current = () =>
    reading.views.read
      .selectFrom('read_models')
      .selectAll()
      .where('name', '=', 'ticket_queue')
      .executeTakeFirstOrThrow();
  const expected = async (model: ReadModel) => {
    const rows = fullFold(model.projector, await reading.journal.all());
    return new Map([...rows].map(([key, row]) => [key, JSON.parse(JSON.stringify(row)) as object]));
  };

  it('makes a new table beside the one that answers and then switches, in this process', async () => {
    await reading.start({ models: [ticketQueue] });
    await reading.upToDate('ticket_queue');
    await reading.views.write.withTables<Record<string, { key: string }>>().deleteFrom('ticket_queue_v2').execute();
    const progress: number[] = [];
    await reading.projections.rebuild('ticket_queue', ({ done }) => progress.push(done));
    expect(progress.length).toBeGreaterThan(0);
    expect(await rowsOf(ticketQueue, reading.views)).toEqual(await expected(ticketQueue));
    expect((await current()).table_name).toBe('ticket_queue_v2_g2');
  });

  it('does the same in a child process, and follows the store from there', async () => {
    await reading.start({
      models: [ticketQueue],
      source: { module: join(__dirname, '../testing/build-source'), options: { path: join(folder, 'events.db') } },
      execArgv: ['-C', '@aftercare/source', '-r', join(__dirname, '../../../../test/support/register.cjs')],
    });
    await reading.upToDate('ticket_queue');
    const { peakBytes } = await reading.projections.rebuild('ticket_queue');
    expect(peakBytes).toBeGreaterThan(1e6);
    await reading.journal.writeAll(
      matters({ seed: 8, tickets: 3 }).filter(({ stream }) => stream.startsWith('ticket-')),
    );
    await reading.upToDate('ticket_queue');
    expect(await rowsOf(ticketQueue, reading.views)).toEqual(await expected(ticketQueue));
  }, 60_000);

  it('happens by itself when a projector has another version; the old table answers until then', async () => {
    await reading.start({ models: [version(1)] });
    await reading.upToDate('ticket_queue');
    await reading.stop();
    const next = version(2, (row) => `N${row.serial}`);
    await reading.start({ models: [next] });
    const [before] = await reading.projections.status();
    expect(before).toMatchObject({ name: 'ticket_queue', state: 'rebuilding', version: 2 });
    expect((await rowsOf(next, reading.views)).size).toBe(20);
    while ((await current()).version !== 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await reading.journal.writeAll(
      matters({ seed: 9, tickets: 2 }).filter(({ stream }) => stream.startsWith('ticket-')),
    );
    while ((await reading.projections.status())[0]!.state === 'rebuilding')
      await new Promise((resolve) => setTimeout(resolve, 10));
    await reading.upToDate('ticket_queue');
    expect(await rowsOf(next, reading.views)).toEqual(await expected(next));
  });

  it('stops at an event that it can not digest and leaves the table that answers alone', async () => {
    let broken = false;
    const model = version(1, (row) => {
      if (broken) throw new Error('never');
      return row.number;
    });
    await reading.start({ models: [model] });
    await reading.upToDate('ticket_queue');
    broken = true;
    await expect(reading.projections.rebuild('ticket_queue')).rejects.toThrow('ticket.Ticket');
    expect((await current()).table_name).toBe('ticket_queue_v1');
    expect((await rowsOf(model, reading.views)).size).toBe(20);
  });

  it('says what went wrong in the child', async () => {
    await reading.start({
      models: [ticketQueue],
      source: { module: join(__dirname, '../testing/build-source'), options: { path: join(folder, 'none.db') } },
      execArgv: ['-C', '@aftercare/source', '-r', join(__dirname, '../../../../test/support/register.cjs')],
    });
    await expect(reading.projections.rebuild('ticket_queue')).rejects.toThrow(BuildFailedError);
  }, 60_000);

  it('is asked for by a known name, once at a time', async () => {
    await reading.start({ models: [ticketQueue] });
    await expect(reading.projections.rebuild('nobody')).rejects.toThrow(UnknownConsumerError);
    const first = reading.projections.rebuild('ticket_queue');
    await expect(reading.projections.rebuild('ticket_queue')).rejects.toThrow(AlreadyRebuildingError);
    await first;
  });
});
