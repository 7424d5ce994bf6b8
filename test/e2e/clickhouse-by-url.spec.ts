import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClickHouseFront } from '@aftercare/analytics/testing';
import { systemClock } from '@aftercare/event-store';
import { done, refused, registered } from './support/cast';
import { World, type Person } from './support/world';

jest.setTimeout(240_000);

const METRIC = '/analytics/first-time-fix-rate?from=2026-01-01&to=2027-12-01';
/** A minute where there is time for it (`npm run test:servers`), otherwise long enough for several tries. */
const AWAY_MS = process.env['FAULTS_AT_LENGTH'] ? 60_000 : 6_000;

describe('a ClickHouse server in trouble, and everything else goes on', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aftercare-url-'));
  let front: ClickHouseFront;
  let world: World;
  let agent: Person;
  let operator: Person;
  let supervisor: Person;

  beforeAll(async () => {
    front = await ClickHouseFront.start({ dir, user: 'aftercare', password: 'invented' });
    world = await World.start({
      clock: systemClock(),
      env: {
        ANALYTICS: 'on',
        CLICKHOUSE_URL: front.url,
        CLICKHOUSE_USER: 'aftercare',
        CLICKHOUSE_PASSWORD: 'invented',
      },
    });
    agent = await world.person('agent');
    operator = await world.person('operator');
    supervisor = await world.person('supervisor');
    await until(async () => (await supervisor.get(METRIC)).status === 200);
  });
  afterAll(async () => {
    await world.stop();
    await front.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  afterEach(() => front.fault(null));

  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let look = 0; look < 1_200 && !(await holds()); look += 1) await pause(50);
    expect(await holds()).toBe(true);
  };
  const analytics = async () => (await operator.get('/status')).body.analytics as Record<string, unknown>;
  const clickhouse = async () =>
    (await world.nobody().get('/readyz')).body.servers.clickhouse as Record<string, string>;

  /** A ticket gets in and is found in the queue: what has to go on. */
  const workGoesOn = async (): Promise<void> => {
    const ticket = await registered(agent, { words: '空调不制冷' });
    await until(async () =>
      ((await agent.get('/tickets?limit=200')).body.tickets as { id: string }[]).some(({ id }) => ticket.endsWith(id)),
    );
    done(await agent.get(`${ticket}/history`));
    expect(done(await world.nobody().get('/readyz')).body.ready).toBe(true);
  };

  /** Everything has arrived, and ClickHouse holds what the log says: nothing lost, nothing twice. */
  const caughtUp = async (): Promise<void> => {
    await until(async () => (await analytics())['lagEvents'] === 0);
    const comparison = await world.platform.analytics.figures!.compareCounts();
    expect(comparison).toMatchObject({ status: 'available', equal: true, differences: [], feedingAgain: false });
    expect(done(await supervisor.get(METRIC)).body).toMatchObject({ freshness: { caughtUp: true } });
    expect(await clickhouse()).toEqual({ kind: 'clickhouse', state: 'ok' });
  };

  it('is asked and fed by URL', async () => {
    await workGoesOn();
    await caughtUp();
    expect(front.seen.filter(({ sql }) => sql.startsWith('INSERT')).length).toBeGreaterThan(0);
  });

  it('refuses what it is fed: the sink waits and goes on by itself', async () => {
    await front.fault({ kind: 'refused', sql: 'INSERT INTO ticket', times: 2 });
    await workGoesOn();
    await until(async () => front.seen.filter(({ fault }) => fault === 'refused').length === 2);
    await caughtUp();
  });

  it.each(['stored-then-cut', 'cut-before'] as const)(
    'says nothing after an insert (%s): it is sent again and counts once',
    async (kind) => {
      await front.fault({ kind, sql: 'INSERT INTO ticket', times: 4 });
      await workGoesOn();
      await until(async () => front.seen.filter(({ fault }) => fault === kind).length === 4);
      await caughtUp();
    },
  );

  it('breaks off in the middle of an answer: 503, never half a figure', async () => {
    await front.fault({ kind: 'cut-in-mid-stream', sql: 'FROM', times: 1 });
    expect((await supervisor.get(METRIC)).status).toBe(503);
    await front.fault({ kind: 'error-in-mid-stream', sql: 'FROM', times: 1 });
    refused(await supervisor.get(METRIC), 503, 'ANALYTICS.FAILED');
    await caughtUp();
  });

  it('is away for a while: figures answer 503 and say why, readiness names it, and it catches up', async () => {
    await front.goAway();
    await until(async () => (await clickhouse())['state'] === 'degraded');
    expect(await clickhouse()).toMatchObject({ kind: 'clickhouse', why: expect.stringMatching(/ECONN/) });
    const answer = refused(await supervisor.get(METRIC, { 'accept-language': 'zh' }), 503, 'ANALYTICS.UNREACHABLE');
    expect(answer.body.title).toMatch(/统计服务器暂时无法访问/);
    expect(answer.body.details.reason).toMatch(/ECONNREFUSED/);
    const end = performance.now() + AWAY_MS;
    while (performance.now() < end) {
      await workGoesOn();
      await pause(2_000);
    }
    expect((await world.nobody().get('/readyz')).body.degraded).toContain('analytics: degraded');
    await front.comeBack();
    await caughtUp();
  });

  it('is killed while it is fed, and comes back with what it had acknowledged', async () => {
    const feeding = Promise.all(Array.from({ length: 12 }, () => workGoesOn()));
    await pause(300);
    await front.kill();
    await feeding;
    await front.restart();
    await caughtUp();
  });
});
