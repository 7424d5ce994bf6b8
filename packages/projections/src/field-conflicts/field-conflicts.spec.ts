import { fullFold } from '../consumer/index';
import { numberIndex } from '../number-index/index';
import { InvalidCursorError } from '../sql/cursor';
import { generated } from '../testing/generated';
import { Reading } from '../testing/index';
import {
  fieldConflicts,
  fieldConflictsPage,
  type FieldConflict,
  type FieldConflictFilter,
  type FieldConflictRow,
} from './index';

describe('the list of field facts that contradict the state', () => {
  let reading: Reading;
  let open: readonly FieldConflictRow[];
  beforeAll(async () => {
    reading = new Reading();
    await reading.journal.writeAll(generated({ seed: 5, tickets: 40 }));
    await reading.start({ models: [numberIndex, fieldConflicts] });
    await reading.upToDate('number_index');
    await reading.upToDate('field_conflicts');
    open = [...fullFold(fieldConflicts.projector, await reading.journal.all()).values()] as FieldConflictRow[];
  });
  afterAll(() => reading.end());

  const everything = async (filter: FieldConflictFilter, limit: number) => {
    const rows: FieldConflict[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await fieldConflictsPage(reading.views.read, filter, { limit, ...(cursor ? { cursor } : {}) });
      rows.push(...page.rows);
      cursor = page.next;
      more = cursor !== undefined;
    }
    return rows;
  };

  it('holds what was raised and not settled, the oldest first, each once', async () => {
    const events = await reading.journal.all();
    const settled = events.filter(({ type }) => type === 'work_order.FieldConflictSettled').length;
    const raised = events.filter(({ type }) => type === 'work_order.FieldConflictRaised').length;
    expect(settled).toBeGreaterThan(3);
    const shown = await everything({}, 3);
    expect(shown).toHaveLength(raised - settled);
    expect(shown.map(({ raisedAt }) => raisedAt)).toEqual(open.map(({ raisedAt }) => raisedAt).sort());
    expect(new Set(shown.map(({ conflictId }) => conflictId)).size).toBe(shown.length);
  });

  it('names the ticket by its number', async () => {
    const shown = await everything({}, 50);
    expect(shown.every(({ number }) => /^\d{9,}$/.test(number ?? ''))).toBe(true);
  });

  it('narrows to a work order, a ticket, a kind and a region', async () => {
    const { workOrder, ticket, kind } = open[0]!;
    const of = (holds: (row: FieldConflictRow) => boolean) => open.filter(holds).length;
    expect(await everything({ workOrder }, 50)).toHaveLength(of((row) => row.workOrder === workOrder));
    expect(await everything({ ticket }, 50)).toHaveLength(of((row) => row.ticket === ticket));
    expect(await everything({ kind }, 50)).toHaveLength(of((row) => row.kind === kind));
    const shown = await everything({ region: '31' }, 50);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every(({ region }) => region?.startsWith('31'))).toBe(true);
    expect(await everything({ region: '99' }, 50)).toHaveLength(0);
  });

  it('refuses a cursor that it did not give', async () => {
    const cursor = Buffer.from('["ticket-queue","a","b"]').toString('base64url');
    await expect(fieldConflictsPage(reading.views.read, {}, { cursor })).rejects.toThrow(InvalidCursorError);
  });
});
