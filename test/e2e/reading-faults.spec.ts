import { join } from 'node:path';
import Database from 'better-sqlite3';
import { memoryStores, openStores } from '@aftercare/api';
import type { SimulatedClock } from '@aftercare/event-store';
import type { ConsumerStatus } from '@aftercare/projections';
import { loseTables } from '@aftercare/projections/testing';
import { call, done, hire, MINUTE, openJob, refused, registered, repairWish, visit } from './support/cast';
import { cli } from './support/cli';
import { SpoiledLog } from './support/spoiled-log';
import { World, type Person } from './support/world';

jest.setTimeout(30_000);

describe('an event that the read models which follow it can not digest', () => {
  const log = new SpoiledLog('ticket.CustomerContacted');
  let world: World;
  let agent: Person;
  let operator: Person;
  let ticket: string;
  let contacted: string;

  beforeAll(async () => {
    world = await World.start({ stores: (clock) => log.around(memoryStores(clock)) });
    agent = await world.person('agent');
    operator = await world.person('operator');
    ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
    await world.settle();
    const contact = { direction: 'inbound', channel: 'phone', purpose: 'chase', reached: true, words: '催一下' };
    contacted = done(await agent.post(`${ticket}/record-contact`, contact)).headers['aftercare-position']!;
    for (let look = 0; look < 200 && !(await isPaused()); look += 1) {
      await (world.clock as SimulatedClock).advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  afterAll(() => world.stop());

  const consumer = async (name: string): Promise<ConsumerStatus> => {
    const { consumers } = done(await operator.get('/status')).body as { consumers: readonly ConsumerStatus[] };
    return consumers.find((one) => one.name === name)!;
  };
  const isPaused = async (): Promise<boolean> =>
    (await consumer('call_list')).state === 'paused' && (await consumer('promise_owners')).state === 'paused';

  it('pauses those and shows where, how often and why, without what the event says (architecture §7)', async () => {
    const shown = await consumer('call_list');
    expect(shown.state).toBe('paused');
    expect(shown.lagEvents).toBeGreaterThan(0);
    expect(shown.fault).toMatchObject({ failures: 4, event: { type: 'ticket.CustomerContacted' } });
    expect(shown.fault!.reason).toContain('/cycle');
    const everything = JSON.stringify((await operator.get('/status')).body);
    expect(everything).not.toMatch(/张三|催一下|138/);
    expect((await consumer('ticket_queue')).fault).toBeUndefined();
  });

  it('is ready but degraded, and says so in the metrics (architecture §7)', async () => {
    const ready = await world.nobody().get('/readyz');
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({
      ready: true,
      degraded: ['call_list: paused', 'promise_owners: paused', 'analytics: off'],
    });
    const metrics = (await operator.get('/metrics')).body as string;
    expect(metrics).toContain('aftercare_consumer_paused{consumer="call_list"} 1');
    expect(metrics).toContain('aftercare_consumer_paused{consumer="ticket_queue"} 0');
    expect(metrics).toMatch(/aftercare_consumer_lag_events\{consumer="call_list"\} [1-9]/);
  });

  it('leaves every other list, command and history going on', async () => {
    const second = await registered(agent, { words: '请问怎么除霜' });
    await world.settle();
    expect(done(await agent.get('/tickets')).body.tickets).toHaveLength(2);
    expect(done(await agent.get(`${second}/history`)).body.entries.length).toBeGreaterThan(2);
    expect((await agent.get('/call-list')).status).toBe(200);
  });

  it('answers the paused list as stale after at most two seconds of waiting for one’s own change', async () => {
    const from = performance.now();
    const asked = await agent.get('/call-list', { 'aftercare-min-position': contacted });
    const waited = performance.now() - from;
    expect(asked.status).toBe(200);
    expect(asked.headers['aftercare-stale']).toBe('true');
    expect(waited).toBeGreaterThan(1_500);
    expect(waited).toBeLessThan(4_000);
    const other = await agent.get('/tickets', { 'aftercare-min-position': contacted });
    expect(other.headers['aftercare-stale']).toBeUndefined();
  });

  it('refuses a position that is none, or one of another store, instead of waiting for it', async () => {
    for (const position of [
      'tomorrow',
      `${contacted}9`,
      contacted.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')),
    ])
      refused(await agent.get('/tickets', { 'aftercare-min-position': position }), 400, 'POSITION.UNKNOWN');
  });

  it('replays from that event once it is mended and somebody resumes it; nobody else may', async () => {
    const resume = '/admin/consumers/call_list/resume';
    refused(await agent.post(resume), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(await operator.post('/admin/consumers/no_such_list/resume'), 404, 'RESOURCE.NOT_FOUND');
    log.mended = true;
    expect(done(await operator.post(resume)).body).toEqual({ resumed: true });
    await world.settle();
    expect(await consumer('call_list')).toMatchObject({ state: 'live', lagEvents: 0 });
    expect(done(await operator.post(resume)).body).toEqual({ resumed: false });
    const fresh = await agent.get('/call-list', { 'aftercare-min-position': contacted });
    expect(fresh.headers['aftercare-stale']).toBeUndefined();
    const degraded = async () => (await world.nobody().get('/readyz')).body.degraded as readonly string[];
    expect(await degraded()).toEqual(['promise_owners: paused', 'analytics: off']);
    done(await operator.post('/admin/consumers/promise_owners/resume'));
    await world.settle();
    expect(await degraded()).toEqual(['analytics: off']);
  });
});

describe('with read models damaged or stopped and analytics off', () => {
  let world: World;
  let agent: Person;
  let auditor: Person;
  let ticket: string;

  beforeAll(async () => {
    world = await World.start({ stores: (clock, config) => openStores(config, clock) });
    agent = await world.person('agent');
    auditor = await world.person('auditor');
    const supervisor = await world.person('supervisor');
    const engineer = await hire(world, supervisor);
    ticket = await registered(agent, repairWish);
    await world.settle();
    await visit(world, engineer, await openJob(agent, ticket));
  });
  afterAll(() => world.stop());

  const loseQueue = async (): Promise<void> => {
    const { postgres } = world.platform.config;
    if (postgres) return loseTables(postgres, 'ticket_queue');
    const views = new Database(join(world.folder, 'views.db'));
    const tables = views.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'ticket_queue%'`);
    for (const { name } of tables.all() as { name: string }[]) views.exec(`DROP TABLE ${name}`);
    views.close();
  };

  it('says plainly that lists can’t be read when their tables are damaged, and that single tickets can', async () => {
    await loseQueue();
    const chinese = refused(
      await agent.get('/tickets', { 'accept-language': 'zh-CN' }),
      503,
      'SERVICE.LISTS_UNAVAILABLE',
    );
    expect(chinese.body.title).toContain('列表暂不可用');
    expect(JSON.stringify(chinese.body)).not.toMatch(/SQLITE|table|relation|42P01/i);
    done(await agent.get(ticket));
    done(await agent.get('/engineers'));
    refused(await (await world.person('analyst')).get('/metrics-catalogue'), 503, 'ANALYTICS.OFF');
    await world.platform.reading.stop();
  });

  it('tells a ticket’s whole history with its jobs, as of any instant (DEC-17)', async () => {
    const { body } = done(await auditor.get(`${ticket}/history`));
    expect(body.streams).toHaveLength(2);
    const whole = body.entries.length;
    const asOf = new Date(Date.parse(world.clock.now()) - 60 * MINUTE).toISOString();
    expect(done(await auditor.get(`${ticket}/history?asOf=${asOf}`)).body.entries.length).toBeLessThan(whole);
    expect(done(await agent.get(ticket)).body.status).toBe('pending-confirmation');
  });

  it('takes a customer’s words and verdict', async () => {
    const contactId = await call(agent, ticket);
    done(await agent.post(`${ticket}/confirm-resolution`, { channel: 'phone', contactId }));
    expect(done(await agent.get(ticket)).body.status).toBe('confirmed');
  });

  it('verifies the whole chain beside it', async () => {
    const verified = await cli(['verify'], { DATA_DIR: world.folder });
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toMatch(/^ok: \d+ events in \d+ streams/m);
  });
});
