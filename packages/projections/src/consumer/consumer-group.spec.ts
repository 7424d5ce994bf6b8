import { customerEvents, event, type RecordedEvent } from '@aftercare/domain';
import type { SimulatedClock } from '@aftercare/event-store';
import { sql } from 'kysely';
import { readModel, type ReadModel } from '../sql/read-model';
import { eventually, Reading } from '../testing/index';

interface Tally {
  readonly events: number;
  readonly last: string;
}

/** Counts the events of each stream: an event that came twice, or not at all, shows. */
const tally = (
  name: string,
  options: { readonly indigestible?: (event: RecordedEvent) => boolean; readonly version?: number } = {},
): ReadModel<Tally> =>
  readModel<Tally>({
    projector: {
      name,
      version: options.version ?? 1,
      types: ['customer.CustomerRegistered', 'customer.CustomerTierChanged'],
      key: (event) => event.stream,
      evolve: (row, event) => {
        if (options.indigestible?.(event)) throw new SyntaxError('张三 is no JSON');
        return { events: (row?.events ?? 0) + 1, last: event.eventId };
      },
    },
    columns: { events: { kind: 'integer', of: (row) => row.events } },
    indexes: [],
  });

const registered = () => event(customerEvents.CustomerRegistered, { tier: 'normal' }, { personal: [] });
const promoted = () => event(customerEvents.CustomerTierChanged, { tier: 'vip', reason: 'contract' });
const now = '2026-03-02T01:00:00.000Z';

describe('consumers behind one reader', () => {
  let reading: Reading;
  beforeEach(() => {
    reading = new Reading();
  });
  afterEach(() => reading.end());

  const write = (stream: string, ...events: Parameters<Reading['journal']['write']>[0]['events']) =>
    reading.journal.write({ stream, events, now });
  const counts = async (name: string) => {
    const tables = reading.views.read.withTables<Record<string, { key: string; events: number }>>();
    const rows = await tables.selectFrom(name).select(['key', 'events']).orderBy('key').execute();
    return Object.fromEntries(rows.map((row) => [row.key, row.events]));
  };
  const statusOf = async (name: string) => (await reading.projections.status()).find((status) => status.name === name)!;

  it('catch up, go live and say so', async () => {
    await write('customer-a', registered(), promoted());
    await reading.start({ models: [tally('one'), tally('two')] });
    await reading.upToDate('one');
    await reading.upToDate('two');
    await eventually(async () => (await statusOf('two')).state === 'live');
    const position = await write('customer-b', registered());
    expect(await reading.projections.waitFor('one', position, 2_000)).toBe(true);
    expect(await counts('one')).toEqual({ 'customer-a': 2, 'customer-b': 1 });
    expect(await statusOf('one')).toMatchObject({ state: 'live', lagEvents: 0, lagMs: 0, position });
  });

  it('tell who waits for a position that it was not reached in time (Aftercare-Min-Position)', async () => {
    await reading.start({ models: [tally('one')] });
    const position = await write('customer-a', registered());
    await reading.upToDate('one');
    expect(await reading.projections.waitFor('one', `${position}9`, 30)).toBe(false);
  });

  it('go on after a restart exactly where their rows stand', async () => {
    await write('customer-a', registered());
    await reading.start({ models: [tally('one')] });
    await reading.upToDate('one');
    await reading.stop();
    await write('customer-a', promoted());
    await reading.start({ models: [tally('one')] });
    await reading.upToDate('one');
    expect(await counts('one')).toEqual({ 'customer-a': 2 });
  });

  it('pause at an event that one of them can not digest, visibly and without what it says; the others go on', async () => {
    const ill = tally('ill', { indigestible: (event) => event.stream === 'customer-b' });
    await reading.start({ models: [ill, tally('well')] });
    await write('customer-a', registered(), promoted());
    const last = await write('customer-b', registered());
    await write('customer-c', registered());
    await reading.upToDate('well');
    const clock = reading.clock as SimulatedClock;
    await eventually(async () => {
      await clock.advance(1_000);
      return (await statusOf('ill')).state === 'paused';
    });
    const status = await statusOf('ill');
    expect(status.fault).toMatchObject({ failures: 4, event: { position: last, stream: 'customer-b', revision: 0 } });
    expect(status.fault!.reason).toContain('SyntaxError');
    expect(JSON.stringify(status)).not.toContain('张三');
    expect(status.lagEvents).toBe(2);
    expect(await counts('ill')).toEqual({ 'customer-a': 2 });
    expect(await counts('well')).toEqual({ 'customer-a': 2, 'customer-b': 1, 'customer-c': 1 });
  });

  it('replay from the event they stopped at once it is mended, and then keep up with the others', async () => {
    let mended = false;
    const ill = tally('ill', { indigestible: (event) => !mended && event.stream === 'customer-b' });
    await reading.start({ models: [ill, tally('well')] });
    await write('customer-a', registered());
    await write('customer-b', registered());
    const clock = reading.clock as SimulatedClock;
    await eventually(async () => {
      await clock.advance(1_000);
      return (await statusOf('ill')).state === 'paused';
    });
    await write('customer-b', promoted());
    mended = true;
    expect(reading.projections.resume('ill')).toBe(true);
    expect(reading.projections.resume('well')).toBe(false);
    await reading.upToDate('ill');
    await write('customer-c', registered());
    await reading.upToDate('ill');
    expect(await counts('ill')).toEqual({ 'customer-a': 1, 'customer-b': 2, 'customer-c': 1 });
    expect((await statusOf('ill')).fault).toBeUndefined();
  });

  it('repeat what could not be written until it can, without pausing', async () => {
    await reading.start({ models: [tally('one')] });
    // Its position has been read by then: a consumer that never stood anywhere has nothing to repeat.
    await eventually(async () => (await statusOf('one')).state === 'live');
    const rename = (from: string, to: string) =>
      sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(reading.views.write);
    await rename('checkpoints', 'out_of_reach');
    await write('customer-a', registered());
    const clock = reading.clock as SimulatedClock;
    await eventually(async () => {
      await clock.advance(60_000);
      return ((await statusOf('one')).fault?.failures ?? 0) > 5;
    });
    expect(await statusOf('one')).toMatchObject({
      state: 'catching-up',
      fault: { reason: expect.stringMatching(/42P01|SQLITE_ERROR|no error/) },
    });
    await rename('out_of_reach', 'checkpoints');
    await eventually(async () => {
      await clock.advance(60_000);
      return (await statusOf('one')).lagEvents === 0;
    });
    expect(await counts('one')).toEqual({ 'customer-a': 1 });
  });
});
