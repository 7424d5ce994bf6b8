import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStores } from '@aftercare/api';
import { done, refused, registered } from './support/cast';
import { cli } from './support/cli';
import { World, type Person } from './support/world';

jest.setTimeout(30_000);

describe('a stored event that was damaged', () => {
  let world: World;
  let agent: Person;
  let changed: string;
  let garbled: string;
  let sound: string;

  const streamOf = (ticket: string) => `ticket-${ticket.slice('/tickets/'.length)}`;

  beforeAll(async () => {
    world = await World.start({ stores: (clock, config) => openStores(config, clock) });
    agent = await world.person('agent');
    [changed, garbled, sound] = [
      await registered(agent, { words: '空调不制冷' }),
      await registered(agent, { words: '冰箱不制冷' }),
      await registered(agent, { words: '电视没声音' }),
    ];
    await world.settle();
    const db = new Database(join(world.folder, 'events.db'));
    const damage = (to: string, stream: string) =>
      db.prepare(`UPDATE events SET data = ${to} WHERE stream = ? AND revision = 0`).run(stream);
    expect(damage(`replace(data, '"phone"', '"email"')`, streamOf(changed)).changes).toBe(1);
    expect(damage(`'{"words": 张三标记 13800000000'`, streamOf(garbled)).changes).toBe(1);
    db.close();
  });
  afterAll(() => world.stop());

  it('is reported where it stands and not skipped, with nothing personal (architecture §7)', async () => {
    for (const ticket of [changed, garbled])
      for (const path of [ticket, `${ticket}/history`]) {
        const answer = refused(await agent.get(path), 500, 'SERVICE.RECORD_UNREADABLE');
        expect(answer.body.details).toEqual({ stream: streamOf(ticket), revision: 0 });
        expect(JSON.stringify(answer.body)).not.toMatch(/张三|138|words|email/);
      }
    const chinese = await agent.get(changed, { 'accept-language': 'zh' });
    expect(chinese.body.title).toBe('存储的记录无法读取');
  });

  it('decides nothing on it and shows nothing unmasked from it', async () => {
    const before = await world.platform.stores.store.head();
    const note = await agent.post(`${changed}/add-note`, { about: 'case', note: '记一笔' });
    refused(note, 500, 'SERVICE.RECORD_UNREADABLE');
    const decided = await agent.post(`${garbled}/cancel-ticket`, { reason: 'mistake' }, { ifMatch: '"3"' });
    refused(decided, 500, 'SERVICE.RECORD_UNREADABLE');
    const unmasked = await agent.post(`${garbled}/unmask`, { fields: ['phone'], reason: '回电' });
    refused(unmasked, 500, 'SERVICE.RECORD_UNREADABLE');
    expect(await world.platform.stores.store.head()).toBe(before);
  });

  it('keeps nobody else from working', async () => {
    done(await agent.get(sound));
    done(await agent.post(`${sound}/add-note`, { about: 'case', note: '记一笔' }));
    expect(done(await agent.get('/tickets')).body.tickets).toHaveLength(3);
    expect((await world.nobody().get('/readyz')).body.ready).toBe(true);
  });

  it('is named by verify, and each of both when asked for alone', async () => {
    const env = { DATA_DIR: world.folder };
    const whole = await cli(['verify'], env);
    expect(whole.code).toBe(1);
    expect(whole.out).toContain(`BROKEN at ${streamOf(changed)} revision 0`);
    expect(whole.out + whole.err).not.toMatch(/张三|138/);
    const replayed = await cli(['replay', streamOf(changed)], env);
    expect([replayed.code, replayed.out]).toEqual([1, '']);
    expect(replayed.err).toMatch(
      /^aftercare: .*run verify: ticket-\S+@0 .*its bytes are not those that were hashed\n$/,
    );
  });
});
