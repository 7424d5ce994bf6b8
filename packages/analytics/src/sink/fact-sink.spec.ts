import { type RecordedEvent } from '@aftercare/domain';
import { type Database } from '../clickhouse/database';
import { openDatabase } from '../clickhouse/open-database';
import { migrate } from '../clickhouse/migrations';
import { facts } from '../facts';
import { rowsAfter } from '../facts/full-fold';
import { clickHouses, historyOf, MemoryRows, type EmptyClickHouse } from '../testing';
import { differences, holdsTooMuch } from './compare-counts';
import { FactSink } from './fact-sink';

const pagesOf = (events: readonly RecordedEvent[], size: number): readonly (readonly RecordedEvent[])[] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, index) => events.slice(index * size, (index + 1) * size));

const lastPosition = (page: readonly RecordedEvent[]): string => page.at(-1)?.position ?? '';

// The engine shares two cores with whatever else runs.
jest.setTimeout(60_000);

describe.each(clickHouses)(
  'the sink keeps ClickHouse equal to a full fold of the log (architecture §9): $name',
  (kind) => {
    const events = historyOf(42, 30);
    let clickHouse: EmptyClickHouse;
    let database: Database;

    beforeAll(async () => {
      clickHouse = await kind.start();
      const opened = await openDatabase(clickHouse.place);
      if (opened.status !== 'available') throw new Error(opened.reason);
      database = opened.database;
      await migrate(database, facts);
    });
    beforeEach(async () => {
      for (const fact of facts) await database.command(`TRUNCATE TABLE ${fact.table}`);
    });
    afterAll(async () => {
      await database.close();
      await clickHouse.stop();
    });

    const feed = async (sink: FactSink, fed: readonly RecordedEvent[], size = 100): Promise<void> => {
      for (const page of pagesOf(fed, size)) await sink.take(page, lastPosition(page));
    };

    /** Everything as text: ClickHouse quotes 64-bit numbers and writes instants its own way. */
    const asText = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
      rows
        .map((row) =>
          JSON.stringify(
            Object.keys(row)
              .sort()
              .map((name) => [name, Array.isArray(row[name]) ? row[name] : String(row[name])]),
          ),
        )
        .sort();

    const expectFullFold = async (of: readonly RecordedEvent[]): Promise<void> => {
      for (const [table, rows] of rowsAfter(of))
        expect(asText(await database.query(`SELECT * FROM ${table} FINAL`))).toEqual(asText(rows));
    };

    it('page by page', async () => {
      await feed(new FactSink(database, new MemoryRows()), events);
      await expectFullFold(events);
    });

    it('when every page is delivered twice and the process restarts in between', async () => {
      const rows = new MemoryRows();
      for (const page of pagesOf(events, 150)) {
        await new FactSink(database, rows).take(page, lastPosition(page));
        await new FactSink(database, rows).take(page, lastPosition(page));
      }
      await expectFullFold(events);
      expect(await differences(database, (await new FactSink(database, rows).meta()).counts)).toEqual([]);
    });

    it('when rows were inserted but neither states nor position were saved', async () => {
      const rows = new MemoryRows();
      const save = rows.save.bind(rows);
      let page = 0;
      const sometimes = jest.spyOn(rows, 'save').mockImplementation((saved) => {
        page += 1;
        return page % 2 === 1 ? Promise.reject(new Error('the process died here')) : save(saved);
      });
      for (const fed of pagesOf(events, 200)) {
        const sink = new FactSink(database, rows);
        await expect(sink.take(fed, lastPosition(fed))).rejects.toThrow('died here');
        await sink.take(fed, lastPosition(fed));
      }
      sometimes.mockRestore();
      await expectFullFold(events);
      expect(await differences(database, (await new FactSink(database, rows).meta()).counts)).toEqual([]);
    });

    it('does not move its position when ClickHouse refuses the rows', async () => {
      const broken: Database = { ...database, insert: () => Promise.reject(new Error('no space left on device')) };
      const sink = new FactSink(broken, new MemoryRows());
      await expect(feed(sink, events)).rejects.toThrow('no space left');
      expect(await sink.position()).toBeUndefined();
    });

    it('moves its position over pages that hold nothing for it', async () => {
      const sink = new FactSink(database, new MemoryRows());
      await sink.take([], 'test:000000000009');
      expect(await sink.position()).toBe('test:000000000009');
    });

    it('saves where it has passed, and never goes back: a process that only asks goes by it', async () => {
      const rows = new MemoryRows();
      const sink = new FactSink(database, rows);
      await sink.take([], 'test:000000000009');
      await sink.passed('test:000000000012');
      await sink.passed('test:000000000011');
      expect(await new FactSink(database, rows).position()).toBe('test:000000000012');
    });

    it('names the month in which rows are missing, and what is there too much', async () => {
      const sink = new FactSink(database, new MemoryRows());
      await feed(sink, events, 1_000);
      const { counts } = await sink.meta();
      await database.command(`ALTER TABLE trips_v2 DELETE WHERE month = '2026-02' SETTINGS mutations_sync = 2`);
      const missing = await differences(database, counts);
      expect(missing.map(({ fact, month, found }) => ({ fact, month, found }))).toEqual([
        { fact: 'trips', month: '2026-02', found: { rows: 0, versions: 0 } },
      ]);
      expect(holdsTooMuch(missing)).toBe(false);
      await database.insert('units_v2', [{ stream: 'product_unit-x', version: 1, month: '2026-01', unitId: 'x' }]);
      expect(holdsTooMuch(await differences(database, counts))).toBe(true);
    });

    it('notices a row that is there but old', async () => {
      const sink = new FactSink(database, new MemoryRows());
      const [half, rest] = [events.slice(0, 300), events.slice(300)];
      await feed(sink, half, 1_000);
      const stale = (await sink.meta()).counts;
      await feed(sink, rest, 1_000);
      expect((await differences(database, stale)).length).toBeGreaterThan(0);
      expect(await differences(database, (await sink.meta()).counts)).toEqual([]);
    });

    it('feeds the whole log again after it started over', async () => {
      const rows = new MemoryRows();
      const sink = new FactSink(database, rows);
      await feed(sink, events);
      await database.command('TRUNCATE TABLE part_uses_v2');
      await sink.startOver(false);
      expect(await new FactSink(database, rows).position()).toBeUndefined();
      await feed(new FactSink(database, rows), events);
      await expectFullFold(events);
      expect(await differences(database, (await new FactSink(database, rows).meta()).counts)).toEqual([]);
    });

    it('syncs every insert to disk, because its checkpoint must not outlive the rows', async () => {
      const tables = await database.query<{ name: string; create_table_query: string }>(
        `SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase()`,
      );
      expect(tables.length).toBe(facts.length + 1);
      for (const { create_table_query: sql } of tables)
        expect(sql).toMatch(
          /fsync_after_insert = 1.*fsync_part_directory = 1|fsync_part_directory = 1.*fsync_after_insert = 1/,
        );
    });

    it('migrates once, however often it is asked to', async () => {
      expect(await migrate(database, facts)).toEqual([]);
    });
  },
);
