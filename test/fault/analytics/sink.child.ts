import { join } from 'node:path';
import { analyticsState, createAnalytics } from '@aftercare/analytics';
import { decodePlain, historyOf, storeWith } from '@aftercare/analytics/testing';
import { systemClock } from '@aftercare/event-store';
import { migrateViews, openSqliteViews, ReadModelTables, SqlRowStore } from '@aftercare/projections';

/** Follows a log that is always the same into ClickHouse until it is caught up, saying where it is; see sink.spec.ts. */
const [folder = '', tickets = '0'] = process.argv.slice(2);

const say = (line: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const main = async (): Promise<void> => {
  const clock = systemClock();
  const store = await storeWith(historyOf(11, Number(tickets)), clock);
  const views = openSqliteViews(join(folder, 'views.db'));
  await migrateViews(views.write);
  const { table } = await new ReadModelTables(views.write).prepare(analyticsState);
  const rows = new SqlRowStore(views.write, analyticsState, table);
  const slow = { savesCheckpoint: true, load: rows.load.bind(rows), save: rows.save.bind(rows) };
  const analytics = createAnalytics({
    dir: join(folder, 'chdb'),
    store,
    decode: decodePlain,
    clock,
    rows: {
      ...slow,
      save: async (saved, upTo) => {
        say({ inserted: upTo });
        await slow.save(saved, upTo);
        say({ committed: upTo });
      },
    },
    pageSize: 60,
  });
  await analytics.start();
  say({ started: true });
  await analytics.waitFor((await store.head()) ?? '', 60_000);
  say({ comparison: await analytics.compareCounts() });
  say({ metric: await analytics.metric('first-time-fix-rate', { from: '2026-01-01', to: '2027-01-01' }) });
  await analytics.close();
  await views.close();
  say({ done: true });
};

void main();
