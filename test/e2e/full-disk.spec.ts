import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '@aftercare/api';
import { verifyStore, type SimulatedClock } from '@aftercare/event-store';
import { customerOf, done, refused } from './support/cast';
import { World, type Answer, type Person } from './support/world';

/** A disk of a few megabytes; undefined where this user may not mount one. */
const smallDisk = (): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
};

const disk = smallDisk();
const whenMounted = disk === undefined ? describe.skip : describe;

whenMounted('a full disk (skipped where no small disk can be mounted: that needs root)', () => {
  const data = join(disk ?? '', 'data');
  const filler = join(disk ?? '', 'filler');
  let world: World;
  let agent: Person;
  let customerId: string;
  let ticket: string;
  let unwritten: string;

  const fill = () => {
    const file = openSync(filler, 'a');
    try {
      for (const size of [65_536, 1_024, 1]) for (;;) if (!wrote(file, size)) break;
    } finally {
      closeSync(file);
    }
  };
  const wrote = (file: number, size: number): boolean => {
    try {
      return writeSync(file, Buffer.alloc(size)) === size;
    } catch {
      return false;
    }
  };
  const register = (key: string): Promise<Answer> =>
    agent.post('/tickets', { customerId, channel: 'phone', words: '空调不制冷'.repeat(100) }, { key });

  beforeAll(async () => {
    world = await World.start({ env: { DATA_DIR: data }, stores: (clock, config) => openStores(config, clock) });
    agent = await world.person('agent');
    customerId = await customerOf(agent);
    ticket = `/tickets/${done(await register('first')).body.id}`;
    await world.settle();
  });
  afterAll(async () => {
    rmSync(filler, { force: true });
    await world.stop();
    execFileSync('umount', [disk!]);
    rmSync(disk!, { recursive: true });
  });

  it('refuses what can’t be written with a clear 503, in both languages, and never half', async () => {
    fill();
    let answer: Answer | undefined;
    for (let n = 0; n < 400 && answer?.status !== 503; n += 1) {
      unwritten = `filling-${n}`;
      answer = await register(unwritten);
      expect([201, 503]).toContain(answer.status);
      fill();
    }
    refused(answer!, 503, 'SERVICE.STORE_FAILED');
    expect(answer!.headers['retry-after']).toBe('1');
    expect(JSON.stringify(answer!.body)).not.toMatch(/SQLITE|ENOSPC|\/tmp/);
    const chinese = await agent.post(
      '/customers',
      { name: '张三', phone: '13800000000' },
      { headers: { 'accept-language': 'zh' } },
    );
    expect(refused(chinese, 503, 'SERVICE.STORE_FAILED').body.title).toBe('存储不可用,未写入任何数据');
    const customer = await agent.post('/customers', { name: '张三', phone: '13800000000' });
    refused(customer, 503, 'SERVICE.STORE_FAILED');
    const note = { about: 'case', note: '记一笔'.repeat(300) };
    refused(await agent.post(`${ticket}/add-note`, note), 503, 'SERVICE.STORE_FAILED');
  });

  it('is not ready and says that it can read and not append', async () => {
    const { status, body } = await world.nobody().get('/readyz');
    expect(status).toBe(503);
    expect(body).toMatchObject({ ready: false, canRead: true, canAppend: false });
    expect((await world.nobody().get('/healthz')).status).toBe(200);
  });

  it('goes on with masked reads, lists and histories', async () => {
    expect(done(await agent.get(ticket)).body.number).toBe('202610001');
    expect(done(await agent.get('/tickets')).body.tickets.length).toBeGreaterThan(0);
    done(await agent.get(`${ticket}/history`));
  });

  it('shows nothing unmasked that it can’t record (SEC-01)', async () => {
    const asked = await agent.post(`${ticket}/unmask`, { fields: ['phone', 'words'], reason: '回电'.repeat(200) });
    refused(asked, 503, 'ACCESS.NOT_RECORDED');
    expect(JSON.stringify(asked.body)).not.toMatch(/138|空调/);
  });

  it('works again as soon as there is space: the same key is done once, lists catch up, the chain is whole', async () => {
    rmSync(filler);
    expect(done(await register(unwritten)).body.repeated).toBe(false);
    const unmasked = await agent.post(`${ticket}/unmask`, { fields: ['phone'], reason: '回电' });
    expect(done(unmasked).body.fields).toEqual({ phone: '13800000000' });
    for (let look = 0; look < 100; look += 1) {
      await (world.clock as SimulatedClock).advance(30_000);
      await world.settle();
    }
    const { body } = await world.nobody().get('/readyz');
    expect(body).toMatchObject({ ready: true, canAppend: true });
    expect(await verifyStore(world.platform.stores.store)).toMatchObject({ ok: true });
    expect(body.consumers.filter(({ lagEvents }: { lagEvents: number }) => lagEvents !== 0)).toEqual([]);
  });
});
