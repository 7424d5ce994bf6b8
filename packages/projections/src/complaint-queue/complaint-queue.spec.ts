import {
  controlPointReadings,
  policiesV1,
  registry,
  type ServiceLevelLookup,
  type RecordedEvent,
} from '@aftercare/domain';
import { createMemoryStore, SimulatedClock } from '@aftercare/event-store';
import { fullFold } from '../consumer/index';
import { InvalidCursorError } from '../sql/cursor';
import { equalsFullFold } from '../testing/equals-full-fold';
import { Journal, matters, Reading } from '../testing/index';
import {
  complaintCounts,
  complaintQueue,
  complaintQueuePage,
  complaintQueueRow,
  type ComplaintQueueRow,
} from './index';

const levels: ServiceLevelLookup = () => policiesV1['service-level'];
const model = complaintQueue(levels);

describe('the complaint queue equals a full fold of the events', () => {
  it('however they are cut into pages', () => equalsFullFold(model), 60_000);

  it('and says the same as the rules that decide: state, severity, handler, responsibility, round', async () => {
    const decider = registry.aggregate('complaint')!.decider;
    for (const seed of [3, 14]) {
      const journal = new Journal(createMemoryStore({ clock: new SimulatedClock() }));
      await journal.writeAll(matters({ seed, tickets: 60 }));
      const events = await journal.all();
      for (const [stream, row] of fullFold(model.projector, events) as ReadonlyMap<string, ComplaintQueueRow>) {
        const own = events.filter((event) => event.stream === stream);
        const state = own.reduce<unknown>(
          (folded, event: RecordedEvent) => decider.evolve(folded, event),
          decider.initial,
        );
        expect(state).toMatchObject({
          status: row.state,
          severity: row.severity,
          round: row.round,
          category: row.category,
          level: row.level,
          about: row.about,
          responsibility: { status: row.responsibility.status, shares: row.responsibility.shares },
        });
        expect((state as { handler?: unknown }).handler ?? null).toEqual(row.handler);
      }
    }
  }, 60_000);
});

describe('SLA-09 a page of the complaint queue', () => {
  const reading = new Reading();
  let all: readonly ComplaintQueueRow[];
  beforeAll(async () => {
    await reading.start({ models: [model] });
    await reading.journal.writeAll(matters({ seed: 7, tickets: 80 }));
    await reading.upToDate('complaint_queue');
    all = [
      ...(fullFold(model.projector, await reading.journal.all()) as ReadonlyMap<string, ComplaintQueueRow>).values(),
    ];
  }, 60_000);
  afterAll(() => reading.end());

  const everything = async (filter: Parameters<typeof complaintQueuePage>[1], limit = 7) => {
    const rows: ComplaintQueueRow[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await complaintQueuePage(reading.views.read, filter, { limit, ...(cursor ? { cursor } : {}) });
      rows.push(...page.rows);
      cursor = page.next;
      more = cursor !== undefined;
    }
    return rows;
  };

  it('shows what is due first at the top, each complaint once, and what has no clock last', async () => {
    const shown = await everything({});
    expect(shown).toHaveLength(all.length);
    const due = shown.map((row) => row.due?.dueBy ?? '9999');
    expect(due).toEqual([...due].sort());
    expect(new Set(shown.map(({ complaint }) => complaint)).size).toBe(all.length);
    expect(due.filter((at) => at !== '9999').length).toBeGreaterThan(3);
  });

  it('sorts by what the clocks say: the earliest reading that is still open', async () => {
    for (const row of await everything({ open: true })) {
      const open = controlPointReadings(row.track, levels, '2026-06-01T00:00:00.000Z').filter(
        ({ state, dueBy }) => (state === 'running' || state === 'paused') && dueBy !== undefined,
      );
      const first = open.map(({ dueBy }) => dueBy).sort()[0];
      expect(row.due?.dueBy).toBe(first);
    }
  });

  it('can be narrowed, every condition holding', async () => {
    const some = all.find(({ handler, about }) => handler && about.model)!;
    const filter = { handler: some.handler!.id, model: some.about.model!, severity: some.severity };
    const found = await everything(filter);
    expect(found.map(({ complaint }) => complaint).sort()).toEqual(
      all
        .filter(
          (row) =>
            row.handler?.id === filter.handler && row.about.model === filter.model && row.severity === filter.severity,
        )
        .map(({ complaint }) => complaint)
        .sort(),
    );
    expect(await everything({ dueBefore: '2026-03-05T00:00:00.000Z' })).toHaveLength(
      all.filter(({ due }) => due && due.dueBy < '2026-03-05T00:00:00.000Z').length,
    );
    expect(await everything({ number: some.number })).toHaveLength(1);
    expect(await everything({ receivedFrom: '2030-01-01' })).toEqual([]);
    expect((await everything({ unhandled: true })).every(({ handler }) => handler === null)).toBe(true);
    expect(await everything({ region: '3101' })).toHaveLength(all.length);
  });

  it('shows nobody what complains about themselves', async () => {
    const concerned = all.flatMap(({ about }) => (about.staff ? [about.staff.id] : []))[0]!;
    const shown = await everything({ notConcerning: concerned });
    expect(shown.some(({ about }) => about.staff?.id === concerned)).toBe(false);
    expect(shown).toHaveLength(all.filter(({ about }) => about.staff?.id !== concerned).length);
  });

  it('refuses a cursor of another list', async () =>
    expect(complaintQueuePage(reading.views.read, {}, { cursor: 'bm8' })).rejects.toThrow(InvalidCursorError));

  it('finds one by its stream', async () => {
    expect(await complaintQueueRow(reading.views.read, all[0]!.complaint)).toEqual(JSON.parse(JSON.stringify(all[0])));
    expect(await complaintQueueRow(reading.views.read, 'complaint-none')).toBeUndefined();
  });

  it.each(['model', 'party', 'category', 'severity'] as const)('counts by %s what a naive count counts', async (by) => {
    const counts = await complaintCounts(reading.views.read, by);
    const naive = new Map<string | null, number>();
    for (const row of all) {
      const value = model.columns[by]!.of(row) as string | null;
      naive.set(value, (naive.get(value) ?? 0) + 1);
    }
    expect(new Map(counts.map(({ value, complaints }) => [value, complaints]))).toEqual(naive);
    expect(counts.reduce((sum, { complaints }) => sum + complaints, 0)).toBe(all.length);
    expect(counts.reduce((sum, { open }) => sum + open, 0)).toBe((await everything({ open: true })).length);
    expect(counts.map(({ complaints }) => complaints)).toEqual(
      counts.map(({ complaints }) => complaints).sort((a, b) => b - a),
    );
  });
});
