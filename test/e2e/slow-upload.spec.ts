import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { customerOf, done } from './support/cast';
import { World, type Person } from './support/world';

jest.setTimeout(60_000);

/** What a photo begins with, and enough behind it. */
const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(60_000, 7)]);

describe('EXE-10, CMP-03 a photo over a slow line', () => {
  let world: World;
  let agent: Person;
  let ticket: string;
  let address: URL;
  let token: string;

  beforeAll(async () => {
    world = await World.start({ env: { UPLOAD_IDLE_SECONDS: '1' } });
    agent = await world.person('agent');
    const wish = { customerId: await customerOf(agent), channel: 'phone', words: '请问遥控器怎么设置定时' };
    ticket = `/tickets/${done(await agent.post('/tickets', wish)).body.id}`;
    address = new URL(await world.app.nest.getUrl());
    token = agent.token!;
  });
  afterAll(() => world.stop());

  /** Uploads piece by piece with a pause before each; with fewer bytes than announced the sender falls silent. */
  const upload = (
    key: string,
    { pieces, pauseMs, sent = pieces }: { pieces: number; pauseMs: number; sent?: number },
  ) =>
    new Promise<{ status: number; body: string; connection: string | undefined }>((resolve, reject) => {
      const asking = request({
        host: address.hostname,
        port: address.port,
        method: 'POST',
        path: `${ticket}/attachments?kind=photo&about=customer`,
        agent: false,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/octet-stream',
          'content-length': photo.length,
          'idempotency-key': key,
        },
      });
      asking.on('response', (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode!, body, connection: answer.headers.connection }));
      });
      asking.on('error', reject);
      const size = Math.ceil(photo.length / pieces);
      const send = async () => {
        for (let n = 0; n < sent; n += 1) {
          await setTimeout(pauseMs);
          asking.write(photo.subarray(n * size, (n + 1) * size));
        }
        if (sent === pieces) asking.end();
      };
      void send();
    });
  const files = () => readdirSync(`${world.folder}/attachments`);

  it('arrives whole, however long it takes, as long as something comes', async () => {
    const { status, body } = await upload('slow', { pieces: 10, pauseMs: 400 });
    expect([status, JSON.parse(body).events[0].data.digest]).toEqual([
      201,
      createHash('sha256').update(photo).digest('hex'),
    ]);
  });

  it('is given up with 408 when nothing comes any more, and nothing of it is kept; the same key then takes it', async () => {
    const before = files();
    const { status, body, connection } = await upload('broken', { pieces: 10, pauseMs: 10, sent: 4 });
    expect([status, JSON.parse(body).code, connection]).toEqual([408, 'REQUEST.TOO_SLOW', 'close']);
    expect(files()).toEqual(before);
    expect(done(await agent.get(`${ticket}/attachments`)).body.attachments).toHaveLength(1);
    expect((await upload('broken', { pieces: 2, pauseMs: 1 })).status).toBe(201);
    expect(done(await agent.get(`${ticket}/attachments`)).body.attachments).toHaveLength(2);
  });
});
