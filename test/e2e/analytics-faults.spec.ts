import { join } from 'node:path';
import { systemClock } from '@aftercare/event-store';
import { done, refused, registered } from './support/cast';
import { World, type Person } from './support/world';

jest.setTimeout(60_000);

const METRIC = '/analytics/first-time-fix-rate?from=2026-01-01&to=2027-01-01';
const CHDB = require.resolve('chdb/connection', { paths: [join(__dirname, '../../packages/analytics')] });

type Connection = Readonly<Record<string, (...given: unknown[]) => unknown>>;
interface Chdb {
  readonly createChdbConnection: (options: object) => Connection;
}

/** Every call that would reach ClickHouse goes through `fault` while there is one. */
let fault: ((connection: Connection) => Promise<unknown>) | undefined;

const failing = (connection: Connection): Connection =>
  new Proxy(connection, {
    get: (target, name: string) => {
      const method = target[name];
      if (typeof method !== 'function') return method;
      const asks = ['query', 'insert', 'command', 'exec'].includes(name);
      return (...given: unknown[]) => (asks && fault ? fault(target) : method.apply(target, given));
    },
  });

describe('ClickHouse in trouble', () => {
  let world: World;
  let supervisor: Person;
  let agent: Person;
  let operator: Person;

  const start = async (): Promise<void> => {
    world = await World.start({ clock: systemClock(), env: { ANALYTICS: 'on' } });
    supervisor = await world.person('supervisor');
    agent = await world.person('agent');
    operator = await world.person('operator');
  };
  afterEach(async () => {
    fault = undefined;
    await world.stop();
    jest.dontMock(CHDB);
  });

  const until = async (holds: () => Promise<boolean>) => {
    for (let look = 0; look < 200 && !(await holds()); look += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await holds()).toBe(true);
  };
  const analytics = async () => (await operator.get('/status')).body.analytics as Record<string, unknown>;
  /** A customer and a ticket get in and are found: what has to go on. */
  const workGoesOn = async (): Promise<void> => {
    const ticket = await registered(agent, { words: '空调不制冷' });
    await until(async () =>
      ((await agent.get('/tickets')).body.tickets as { id: string }[]).some(({ id }) => ticket.endsWith(id)),
    );
    done(await agent.get(`${ticket}/history`));
    const ready = done(await world.nobody().get('/readyz'));
    expect(ready.body.ready).toBe(true);
  };

  it('says plainly that analytics is off where chDB is missing, and why; everything else goes on', async () => {
    jest.doMock(CHDB, () => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    });
    await start();
    await until(async () => /chdb/.test(String((await analytics())['reason'])));
    const off = refused(await supervisor.get(METRIC), 503, 'ANALYTICS.OFF');
    expect(off.body.details.reason).toMatch(/chdb is not installed/);
    expect((await supervisor.get(METRIC, { 'accept-language': 'zh' })).body.title).toBe('统计分析未启用');
    await workGoesOn();
    expect((await world.nobody().get('/readyz')).body.degraded).toEqual(['analytics: degraded']);
    done(await supervisor.get('/metrics-catalogue'));
  });

  it('answers 503 while ClickHouse fails, repeats nothing of its message, and answers again afterwards', async () => {
    jest.doMock(CHDB, () => {
      const { createChdbConnection } = jest.requireActual<Chdb>(CHDB);
      return { createChdbConnection: (options: object) => failing(createChdbConnection(options)) };
    });
    await start();
    await until(async () => (await supervisor.get(METRIC)).status === 200);
    fault = async (connection) => connection['command']!({ query: `SELECT throwIf(1, '张三标记')` });
    const refusing = refused(await supervisor.get(METRIC), 503, 'ANALYTICS.FAILED');
    expect(refusing.body.details).toEqual({ code: '395', type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' });
    fault = () => Promise.reject(new Error('read ECONNRESET'));
    refused(await supervisor.get(METRIC), 503, 'ANALYTICS.UNREACHABLE');
    await workGoesOn();
    await until(async () => Number((await analytics())['lagEvents']) > 0);
    fault = undefined;
    await until(async () => (await analytics())['lagEvents'] === 0);
    expect(done(await supervisor.get(METRIC)).body).toMatchObject({
      status: 'available',
      freshness: { caughtUp: true },
    });
  });
});
