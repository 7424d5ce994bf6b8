import { generateHistory } from '@aftercare/domain/testing';
import fc from 'fast-check';
import { type Database } from '../clickhouse/database';
import { openDatabase } from '../clickhouse/open-database';
import { migrate } from '../clickhouse/migrations';
import { facts } from '../facts';
import { rowsAfter } from '../facts/full-fold';
import { clickHouses, historyOf, type EmptyClickHouse } from '../testing';
import { metricCatalogue } from './catalogue';
import { type Metric } from './metric';
import { GRANULARITIES, VARIANTS, WINDOWS } from './parameters';

const AT = Date.parse('2026-05-01T00:00:00.000Z');

describe.each(clickHouses)(
  'DEC-11 DEC-12 DEC-13 every figure of ClickHouse equals a plain fold of the events: $name',
  (kind) => {
    let clickHouse: EmptyClickHouse;
    let database: Database;

    beforeAll(async () => {
      clickHouse = await kind.start();
      const opened = await openDatabase(clickHouse.place);
      if (opened.status !== 'available') throw new Error(opened.reason);
      database = opened.database;
      await migrate(database, facts);
    });
    afterAll(async () => {
      await database.close();
      await clickHouse.stop();
    });

    const load = async (events: ReturnType<typeof historyOf>): Promise<void> => {
      for (const [table, rows] of rowsAfter(events)) {
        await database.command(`TRUNCATE TABLE ${table}`);
        await database.insert(table, rows);
      }
    };

    /** A question that a metric may be asked, with dimensions of its own. */
    const questionOf = (metric: Metric) =>
      fc.record({
        from: fc.constantFrom('2025-12-29', '2026-01-20', '2026-02-28'),
        to: fc.constantFrom('2026-03-01', '2026-04-15', '2027-01-01'),
        granularity: fc.constantFrom(...GRANULARITIES),
        dimensions: fc.subarray([...metric.dimensions], { maxLength: 3 }),
        windowDays: fc.constantFrom(...WINDOWS),
        variant: fc.constantFrom(...VARIANTS),
        flagCases: fc.constantFrom(1, 3),
      });

    it('with late facts, corrections, reopenings, links and repeats in it', async () => {
      const questions = fc.tuple(
        ...metricCatalogue.map((metric) => fc.array(questionOf(metric), { minLength: 2, maxLength: 2 })),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.nat(1_000_000),
          fc.integer({ min: 1, max: 45 }),
          questions,
          async (seed, tickets, asked) => {
            const events = historyOf(seed, tickets);
            await load(events);
            for (const [index, metric] of metricCatalogue.entries())
              for (const question of asked[index] ?? []) {
                const parameters = metric.parameters(question);
                expect(await metric.figures(database, parameters, AT)).toEqual(metric.fold(events, parameters, AT));
              }
          },
        ),
        { numRuns: 8 },
      );
    }, 300_000);

    it('on histories that the real deciders and process managers made', async () => {
      for (const seed of [1, 2]) {
        const events = generateHistory({ seed, tickets: 40, complaints: true });
        await load(events);
        const month = events[0]?.metadata.recordedAt.slice(0, 8) ?? '';
        for (const metric of metricCatalogue)
          for (const windowDays of WINDOWS) {
            const [from, to] = [`${month}01`, '2027-12-01'];
            const dimensions = metric.dimensions.slice(0, 2);
            const parameters = metric.parameters({ from, to, granularity: 'month', dimensions, windowDays });
            const figures = await metric.figures(database, parameters, AT);
            expect(figures).toEqual(metric.fold(events, parameters, AT));
            expect(figures.rows.length).toBeGreaterThan(0);
          }
      }
    }, 120_000);
  },
);
