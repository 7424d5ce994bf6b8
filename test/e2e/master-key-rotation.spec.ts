import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, ServerProcess } from './support/cli';

jest.setTimeout(240_000);

describe('changing the master key of a data directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-rotation-'));
  const env = { DATA_DIR: join(folder, 'data') };
  let customer: string;
  let server: ServerProcess | undefined;
  afterEach(async () => {
    await server?.end('SIGTERM');
    server = undefined;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const found = async (from: ServerProcess): Promise<readonly { id: string }[]> => {
    for (let look = 0; look < 100; look += 1) {
      const { status, body } = await from.ask('POST', '/customers/search', { phone: '13800000000' });
      if (status === 200 && body.customers.length > 0) return body.customers as { id: string }[];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return [];
  };

  it('is refused while a server runs', async () => {
    server = await ServerProcess.start(env);
    customer = (await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'c1')).body.id;
    expect(await found(server)).toHaveLength(1);
    const { code, err } = await cli(['rotate-master-key'], env);
    expect([code, err]).toEqual([1, expect.stringContaining('a server is running on this data directory')]);
  });

  it('leaves everybody readable and found by phone, under the new key only', async () => {
    const { code, out } = await cli(['rotate-master-key'], env);
    expect([code, out]).toEqual([0, expect.stringContaining('keys are wrapped with the new master key')]);
    const previous = join(env.DATA_DIR, 'master.key.previous');
    expect(existsSync(previous)).toBe(true);
    const refused = await cli(['serve'], { ...env, MASTER_KEY_FILE: previous });
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('another master key')]);
    server = await ServerProcess.start(env);
    const { body } = await server.ask('GET', `/customers/${customer}`);
    expect(body.personal).toMatchObject({ name: '张*' });
    expect(await found(server)).toMatchObject([{ id: customer }]);
  });

  it('says what to do where the key itself stands in the environment', async () => {
    const { code, err } = await cli(['rotate-master-key'], { ...env, MASTER_KEY: 'ab'.repeat(32) });
    expect([code, err]).toEqual([1, expect.stringContaining('name a file for the new one with --to-file')]);
  });
});
