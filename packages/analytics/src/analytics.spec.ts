import { type Clock, systemClock } from '@aftercare/event-store';
import { createAnalytics, type AnalyticsOptions } from './analytics';
import { type Analytics } from './answers';
import { appendTo, clickHouses, decodePlain, historyOf, MemoryRows, storeWith, type EmptyClickHouse } from './testing';

const clock: Clock = systemClock();
const whole = { from: '2026-01-01', to: '2027-01-01' };

// The engine shares two cores with whatever else runs.
jest.setTimeout(60_000);

describe.each(clickHouses)('analytics follows the log and answers from ClickHouse: $name', (kind) => {
  let clickHouse: EmptyClickHouse;
  const events = historyOf(7, 40);
  const rows = new MemoryRows();
  let analytics: Analytics;
  let options: AnalyticsOptions;

  beforeAll(async () => {
    clickHouse = await kind.start();
    const store = await storeWith(events.slice(0, 900), clock);
    options = { ...clickHouse.place, store, decode: decodePlain, clock, rows, pageSize: 300 };
    analytics = createAnalytics(options);
    await analytics.start();
  });
  afterAll(async () => {
    await analytics.close();
    await clickHouse.stop();
  });

  const caughtUp = async (): Promise<void> => {
    const head = await options.store.head();
    expect(await analytics.waitFor(head ?? '', 20_000)).toBe(true);
  };

  /** The one that a start makes by itself once it has caught up. */
  const firstComparison = async (): Promise<unknown> => {
    for (let tries = 0; tries < 1_000; tries += 1) {
      const status = await analytics.status();
      if ('comparison' in status) return status.comparison;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return undefined;
  };

  it('tells how fresh its figures are, also after more was recorded', async () => {
    await caughtUp();
    await appendTo(options.store, events.slice(900));
    await caughtUp();
    const status = await analytics.status();
    expect(status).toMatchObject({
      status: 'available',
      freshness: { position: await options.store.head(), caughtUp: true, lagEvents: 0 },
    });
  });

  it('answers every metric with its definition, parameters, exclusions and freshness', async () => {
    for (const { id } of analytics.catalogue) {
      const answer = await analytics.metric(id, whole);
      expect(answer).toMatchObject({
        status: 'available',
        definition: { id },
        parameters: { ...whole, granularity: 'total' },
        freshness: { caughtUp: true },
      });
      expect(answer.status === 'available' && answer.rows.length).toBeGreaterThan(0);
    }
  });

  it('goes from a figure to the events that made it, all of them in the log (ANA-09)', async () => {
    const known = new Set(
      events.map(({ stream, revision, eventId, type }) => [stream, revision, eventId, type].join()),
    );
    for (const { id } of analytics.catalogue) {
      const answer = await analytics.drillDown(id, whole, {});
      if (answer.status !== 'available') throw new Error(answer.reason);
      expect(answer.events.length).toBeGreaterThan(0);
      for (const { stream, revision, eventId, type } of answer.events)
        expect(known).toContain([stream, revision, eventId, type].join());
    }
  });

  it('gives each bucket of the first-time fix rate its own events', async () => {
    const arrivals = async (bucket: string): Promise<number> => {
      const answer = await analytics.drillDown('first-time-fix-rate', whole, { bucket });
      if (answer.status !== 'available') throw new Error(answer.reason);
      return new Set(answer.events.filter((event) => event.type === 'ticket.TicketClassified').map((e) => e.stream))
        .size;
    };
    const [fixed, notFixed, all] = [await arrivals('fixed'), await arrivals('not-fixed'), await arrivals('counted')];
    expect(fixed).toBeGreaterThan(0);
    expect(fixed + notFixed).toBeGreaterThanOrEqual(all);
    expect(await arrivals('no such bucket')).toBe(0);
  });

  it('refuses a metric and parameters that it does not know, naming them', async () => {
    await expect(analytics.metric('profit', whole)).rejects.toMatchObject({ code: 'METRIC.UNKNOWN' });
    await expect(
      analytics.metric('parts-top5', { ...whole, dimensions: ["model'; DROP TABLE trips_v2"] }),
    ).rejects.toMatchObject({ code: 'METRIC.BAD_PARAMETERS', problems: [{ pointer: '/dimensions/0' }] });
    await expect(analytics.metric('parts-top5', { from: '2026-02-30', to: '2026-01-01' })).rejects.toMatchObject({
      code: 'METRIC.BAD_PARAMETERS',
    });
    await expect(analytics.metric('parts-top5', { from: '2026-02-01', to: '2026-02-01' })).rejects.toMatchObject({
      problems: [{ pointer: '/to' }],
    });
  });

  it('compares counts with the log, and feeds the log again when rows are missing', async () => {
    expect(await analytics.compareCounts()).toMatchObject({ equal: true, feedingAgain: false });
    const before = await analytics.metric('first-time-fix-rate', whole);
    await analytics.close();
    await clickHouse.wipe();
    analytics = createAnalytics(options);
    await analytics.start();
    expect(await firstComparison()).toMatchObject({ equal: false, feedingAgain: true });
    expect(await analytics.compareCounts()).toMatchObject({ equal: true });
    await caughtUp();
    expect(await analytics.metric('first-time-fix-rate', whole)).toMatchObject({
      totals: before.status === 'available' && before.totals,
    });
  });
});

describe('analytics without ClickHouse', () => {
  it('is off, says why, and everything else goes on: nothing throws', async () => {
    const store = await storeWith([], clock);
    const missing = () => Promise.reject(new Error('Cannot find module'));
    const analytics = createAnalytics({
      dir: '/nowhere',
      store,
      decode: decodePlain,
      clock,
      rows: new MemoryRows(),
      load: missing,
    });
    expect(await analytics.metric('parts-top5', whole)).toMatchObject({ status: 'unavailable' });
    expect(await analytics.start()).toMatchObject({ status: 'unavailable' });
    for (const answer of [
      await analytics.metric('parts-top5', whole),
      await analytics.drillDown('parts-top5', whole, {}),
      await analytics.compareCounts(),
    ])
      expect('reason' in answer && answer.reason).toContain('chdb is not installed');
    expect(await analytics.waitFor('x', 10)).toBe(false);
    await analytics.close();
  });

  it('shows a server that does not answer as unavailable', async () => {
    const store = await storeWith([], clock);
    const analytics = createAnalytics({
      url: 'http://127.0.0.1:9',
      store,
      decode: decodePlain,
      clock,
      rows: new MemoryRows(),
    });
    expect(await analytics.start()).toMatchObject({ status: 'unavailable' });
    await analytics.close();
  });
});
