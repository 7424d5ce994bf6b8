import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cli, heard, spawned } from './support/cli';

jest.setTimeout(180_000);

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
};

describe('SECTION 10 a command whose reader goes away, as with `| head`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-reader-'));
  const env = { DATA_DIR: join(folder, 'data') };
  beforeAll(async () => {
    const port = String(await freePort());
    const server = spawned(['serve'], { ...env, PORT: port });
    // Nobody reads a word of it.
    server.stdout!.destroy();
    server.stderr!.destroy();
    for (let tries = 0; tries < 240; tries += 1) {
      const health = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      if (health?.ok) break;
      expect(server.exitCode).toBeNull();
      await setTimeout(250);
    }
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a command whose reader is gone before the first word. */
  const unread = async (words: readonly string[], which: 'stdout' | 'stderr' = 'stdout') => {
    const child = spawned(words, env);
    const said = heard(child);
    child[which]!.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...said };
  };

  it('ends quietly with the exit code of a broken pipe, when it has nothing to do but tell', async () => {
    for (const words of [['verify'], ['token', '--role', 'agent']])
      expect([words, await unread(words)]).toEqual([words, { code: 141, out: '', err: '' }]);
    expect((await cli(['token', '--role', 'agent'], env)).code).toBe(0);
  });

  it('ends as quietly where a mistake can not be told', async () => {
    expect(await unread(['replay', '209901001'], 'stderr')).toEqual({ code: 141, out: '', err: '' });
  });

  it('does what it was to do, when it changes something', async () => {
    const backup = join(folder, 'backup');
    expect(await unread(['backup', backup])).toMatchObject({ code: 0, err: '' });
    expect(existsSync(join(backup, 'backup.json'))).toBe(true);
    expect((await cli(['verify'], env)).code).toBe(0);
  });

  it('ends with one line where the output can not be written for another reason', async () => {
    if (!existsSync('/dev/full')) return;
    const full = openSync('/dev/full', 'w');
    const child = spawned(['verify'], env, full);
    closeSync(full);
    let err = '';
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(err).toMatch(/^aftercare: the output can't be written: ENOSPC.*\n$/);
  });
});
