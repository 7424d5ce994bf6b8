import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteStore, systemClock } from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { fullFold, openSqliteViews, readModels } from '@aftercare/projections';
import { Journal, matters } from '@aftercare/projections/testing';
import type { RecordedEvent } from '@aftercare/domain';
import { startChild } from '../../support/child';

const CHILD = join(__dirname, 'follower.child.ts');
jest.setTimeout(180_000);

describe('kill -9 of what follows the log', () => {
  const folder = temporaryFolder();
  let events: readonly RecordedEvent[];
  const positions: number[] = [];

  beforeAll(async () => {
    const store = openSqliteStore({ path: join(folder.path, 'events.db'), clock: systemClock() });
    const journal = new Journal(store);
    await journal.writeAll(matters({ seed: 5, tickets: 150 }));
    events = await journal.all();
    await store.close();
  });
  afterAll(() => folder.remove());

  const withViews = async <T>(look: (views: ReturnType<typeof openSqliteViews>) => Promise<T>): Promise<T> => {
    const views = openSqliteViews(join(folder.path, 'views.db'));
    try {
      return await look(views);
    } finally {
      await views.close();
    }
  };

  it.each([30, 60, 90, 120, 150])('in the middle of the backlog, %i ms after it began', async (delay) => {
    const child = startChild(CHILD, [folder.path]);
    await child.said(1);
    await sleep(delay);
    child.process.kill('SIGKILL');
    expect(await child.ended).toBeNull();
    const saved = await withViews((views) => views.read.selectFrom('checkpoints').select('position').execute());
    positions.push(...saved.map((row) => Number(row.position.slice(-20))));
  });

  it('hit it while there was something left to read', () =>
    expect(positions.some((position) => position > 0 && position < events.length)).toBe(true));

  it('leaves rows that go on to equal a full fold, each event folded once', async () => {
    const child = startChild(CHILD, [folder.path, 'once']);
    expect([await child.ended, child.errors()]).toEqual([0, '']);
    await withViews(async (views) => {
      const tables = views.read.withTables<Record<string, { key: string; doc: string }>>();
      for (const model of readModels) {
        const rows = await tables.selectFrom(model.projector.name).select(['key', 'doc']).execute();
        const found = Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.doc) as object]));
        const expected = Object.fromEntries(fullFold(model.projector, events));
        expect(found).toEqual(JSON.parse(JSON.stringify(expected)));
      }
    });
  });

  it('makes a process send each command at least once and under one id only', async () => {
    const tickets = new Set(
      events.filter(({ type }) => /Ticket(Registered|Submitted)$/.test(type)).map((e) => e.stream),
    );
    const sent = readFileSync(join(folder.path, 'sent.log'), 'utf8').trim().split('\n');
    expect(sent.length).toBeGreaterThanOrEqual(tickets.size);
    expect(new Set(sent).size).toBe(tickets.size);
    const states = await withViews((views) => views.read.selectFrom('process_states').select('state').execute());
    expect(states.map(({ state }) => state)).toEqual(Array(tickets.size).fill('{"greeted":1}'));
    const left = await withViews((views) => views.read.selectFrom('process_outbox').selectAll().execute());
    expect(left).toEqual([]);
  });
});
