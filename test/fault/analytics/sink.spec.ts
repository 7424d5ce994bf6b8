import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { metricCatalogue } from '@aftercare/analytics';
import { historyOf } from '@aftercare/analytics/testing';
import { startChild, type Child } from '../../support/child';

const CHILD = join(__dirname, 'sink.child.ts');
const TICKETS = 60;

jest.setTimeout(180_000);

const told = (child: Child): readonly Readonly<Record<string, unknown>>[] =>
  child.lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('kill -9 of the process that feeds ClickHouse (architecture §9)', () => {
  const folder = temporaryFolder();
  beforeAll(() => mkdirSync(folder.path, { recursive: true }));
  afterAll(() => folder.remove());

  // Odd counts of lines fall between an acknowledged insert and the commit of states and position.
  it.each([2, 3, 6, 9, 4])(
    'between insert and commit, or in the middle of an insert (after %i lines)',
    async (lines) => {
      const child = startChild(CHILD, [folder.path, String(TICKETS)]);
      await child.said(lines);
      child.process.kill('SIGKILL');
      expect(await child.ended).toBeNull();
    },
  );

  it('leaves ClickHouse with exactly what the log says: nothing lost, nothing counted twice', async () => {
    const child = startChild(CHILD, [folder.path, String(TICKETS)]);
    expect(await child.ended).toBe(0);
    const lines = told(child);
    const comparison = lines.find((line) => 'comparison' in line)?.['comparison'];
    expect(comparison).toMatchObject({ status: 'available', equal: true, differences: [], feedingAgain: false });
    // Had rows been missing, the start would have fed the log again from its beginning.
    const inserted = lines.flatMap((line) => ('inserted' in line ? [String(line['inserted'])] : []));
    expect(inserted.length).toBeGreaterThan(1);
    expect(inserted).toEqual([...inserted].sort());
    const [fixRate] = metricCatalogue;
    if (!fixRate) throw new Error('the catalogue is empty');
    const expected = fixRate.fold(
      historyOf(11, TICKETS),
      fixRate.parameters({ from: '2026-01-01', to: '2027-01-01' }),
      Date.parse('2027-06-01T00:00:00.000Z'),
    );
    const answer = lines.find((line) => 'metric' in line)?.['metric'] as typeof expected;
    expect({ totals: answer.totals, excluded: answer.excluded }).toEqual({
      totals: expected.totals,
      excluded: expected.excluded,
    });
  });

  it('and the next start inserts nothing again', async () => {
    const child = startChild(CHILD, [folder.path, String(TICKETS)]);
    expect(await child.ended).toBe(0);
    expect(told(child).filter((line) => 'inserted' in line)).toEqual([]);
  });
});
