import { createMemoryStore, SimulatedClock } from '@aftercare/event-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullFold } from '../consumer/index';
import { InvalidCursorError } from '../sql/cursor';
import { migrateViews, ReadModelTables, SqlRowStore, type Views } from '../sql/index';
import { Journal, matters, viewsUnderTest, type ViewsUnderTest } from '../testing/index';
import { ticketQueue, type TicketQueueRow } from './ticket-queue.projector';
import { ticketCountsByState, ticketQueuePage, ticketQueueRow } from './ticket-queue.query';

describe('a page of the ticket queue', () => {
  let folder: string;
  let database: ViewsUnderTest;
  let views: Views;
  let all: readonly TicketQueueRow[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-'));
    database = viewsUnderTest(folder);
    views = await database.open();
    await migrateViews(views.write);
    const { table } = await new ReadModelTables(views.write).prepare(ticketQueue);
    const journal = new Journal(createMemoryStore({ clock: new SimulatedClock() }));
    await journal.writeAll(matters({ seed: 42, tickets: 60 }));
    const rows = fullFold(ticketQueue.projector, await journal.all());
    await new SqlRowStore(views.write, ticketQueue, table).save(rows, (await journal.store.head())!);
    all = [...rows.values()] as TicketQueueRow[];
  });
  afterAll(async () => {
    await views.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const everything = async (filter: Parameters<typeof ticketQueuePage>[1], limit: number) => {
    const rows: TicketQueueRow[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await ticketQueuePage(views.read, filter, { limit, ...(cursor ? { cursor } : {}) });
      rows.push(...page.rows);
      cursor = page.next;
      more = cursor !== undefined;
    }
    return rows;
  };

  it('shows safety first, then priority, then the oldest, each ticket once (CLS-04, CLS-08)', async () => {
    const shown = await everything({}, 7);
    expect(shown).toHaveLength(all.length);
    const order = shown.map((row) => [row.safety ? 0 : 1, row.priority, row.openedAt, row.ticket].join(' '));
    expect(order).toEqual([...order].sort());
    expect(shown.some((row) => row.safety)).toBe(true);
  });

  it('narrows by state, owner, assignee and region', async () => {
    const open = all.find((row) => row.state === 'in-progress' && row.owner?.person)!;
    const filter = { states: ['in-progress'] as const, ownerPerson: open.owner!.person! };
    expect((await everything(filter, 50)).map((row) => row.ticket).sort()).toEqual(
      all
        .filter((row) => row.state === 'in-progress' && row.owner?.person === open.owner!.person)
        .map((row) => row.ticket)
        .sort(),
    );
    expect(await everything({ region: '31' }, 50)).toHaveLength(
      all.filter((row) => row.region?.startsWith('31')).length,
    );
    expect(await everything({ region: '310199' }, 50)).toHaveLength(0);
  });

  it('shows on request only what is left to do, or only what has ended', async () => {
    const ended = ['completed', 'closed-unresolved', 'cancelled', 'merged'];
    const hasEnded = ({ state }: TicketQueueRow) => ended.includes(state);
    expect((await everything({ open: true }, 7)).filter(hasEnded)).toEqual([]);
    expect((await everything({ open: false }, 7)).every(hasEnded)).toBe(true);
    expect(await everything({ open: true }, 7)).toHaveLength(all.filter((row) => !hasEnded(row)).length);
    expect(all.some(hasEnded)).toBe(true);
  });

  it('counts by state', async () => {
    const counts = await ticketCountsByState(views.read);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(all.length);
    expect(counts['in-progress']).toBe(all.filter((row) => row.state === 'in-progress').length);
  });

  it('keeps what the customer said sealed, with where it came from', async () => {
    const row = await ticketQueueRow(views.read, all[0]!.ticket);
    expect(row!.intake[0]).toMatchObject({ stream: row!.ticket, version: 1, part: { subject: row!.customer } });
    expect(JSON.stringify(row)).not.toContain('13800000000');
  });

  it('refuses a cursor that it did not give', async () => {
    for (const cursor of ['', 'x', 'bm90aGluZw', Buffer.from('["ticket-queue",1]').toString('base64url')])
      await expect(ticketQueuePage(views.read, {}, { cursor })).rejects.toThrow(InvalidCursorError);
  });
});
