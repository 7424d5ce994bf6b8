import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, SimulatedClock } from '@aftercare/event-store';
import { cli, ServerProcess } from './support/cli';

jest.setTimeout(180_000);

const registering = async (server: ServerProcess, customerId: string, run: string, n: number) =>
  server.ask('POST', '/tickets', { customerId, channel: 'phone', words: `第${n}次来电,机器有异响` }, `${run}-${n}`);

/** Registers tickets on several connections until the server goes away; gives the ids that were acknowledged. */
const load = (server: ServerProcess, customerId: string, run: string) => {
  const acknowledged: string[] = [];
  const refused: number[] = [];
  let on = true;
  let n = 0;
  const worker = async () => {
    while (on)
      try {
        const { status, body } = await registering(server, customerId, run, n++);
        if (status === 201) acknowledged.push(body.id);
        else refused.push(status);
      } catch {
        return;
      }
  };
  const workers = Promise.all(Array.from({ length: 8 }, worker));
  return {
    acknowledged,
    refused,
    stop: async () => {
      on = false;
      await workers;
    },
  };
};

describe('a server with files, ended in every way', () => {
  let folder: string;
  let env: Record<string, string>;
  let server: ServerProcess | undefined;
  let customerId: string;
  const acknowledged: string[] = [];

  const until = async (holds: () => boolean) => {
    for (let look = 0; !holds() && look < 3_000; look += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(holds()).toBe(true);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-faults-'));
    env = { DATA_DIR: join(folder, 'data') };
    server = await ServerProcess.start(env);
    customerId = (await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'c')).body.id;
  });
  afterAll(async () => {
    await server?.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps its keys from other users', () => {
    for (const file of ['master.key', 'token.key'])
      expect(statSync(join(env['DATA_DIR']!, file)).mode & 0o777).toBe(0o600);
  });

  it('refuses a second process on the same data, and the first goes on', async () => {
    const second = await cli(['serve'], env);
    expect(second.code).toBe(1);
    expect(second.err).toContain('another process has');
    expect((await server!.ask('GET', '/readyz')).body.ready).toBe(true);
  });

  it('checks the chain beside the running server', async () => {
    const verified = await cli(['verify'], env);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.out).toMatch(/^ok: \d+ events in \d+ streams/m);
  });

  it('says how far it is and which policies hold, from the command line', async () => {
    expect((await cli(['status'], env)).out).toContain('ticket_queue');
    expect((await cli(['policies'], env)).out).toContain('catalogue');
    expect((await cli(['rebuild', 'ticket_queue'], env)).out).toContain('answers from the new table');
  });

  it('answers what it began when SIGTERM comes under load, and ends within 10 seconds', async () => {
    const busy = load(server!, customerId, 'term');
    await until(() => busy.acknowledged.length > 30);
    const { code, millis } = await server!.end('SIGTERM');
    await busy.stop();
    expect(code).toBe(0);
    expect(millis).toBeLessThan(10_000);
    expect(busy.refused.filter((status) => status !== 503)).toEqual([]);
    acknowledged.push(...busy.acknowledged);
    server = await ServerProcess.start(env);
  });

  it('has every acknowledged ticket after kill -9 under load, and the chain is whole', async () => {
    for (let round = 0; round < 2; round += 1) {
      const busy = load(server!, customerId, `kill-${round}`);
      await until(() => busy.acknowledged.length > 30);
      await server!.end('SIGKILL');
      await busy.stop();
      acknowledged.push(...busy.acknowledged);
      server = await ServerProcess.start(env);
    }
    const numbers = new Set<string>();
    for (const id of acknowledged) {
      const { status, body } = await server!.ask('GET', `/tickets/${id}`);
      expect(status).toBe(200);
      numbers.add(body.number);
    }
    expect(numbers.size).toBe(acknowledged.length);
    expect((await cli(['verify'], env)).code).toBe(0);
  });

  it('backs up while it serves; the copy is restored with the master key and with no other', async () => {
    const copy = join(folder, 'copy');
    const backedUp = await cli(['backup', copy], env);
    expect(backedUp).toMatchObject({ code: 0 });
    expect(readdirSync(copy).sort()).toEqual(['backup.json', 'events.db', 'keys.db', 'views.db']);
    expect((await cli(['backup', copy], env)).code).toBe(1);

    const elsewhere = { DATA_DIR: join(folder, 'restored') };
    const withoutKey = await cli(['restore', copy], elsewhere);
    expect(withoutKey.code).toBe(1);
    expect(withoutKey.err).toContain('needs the master key');
    const wrong = await cli(['restore', copy], { ...elsewhere, MASTER_KEY: 'ab'.repeat(32) });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('another master key');

    const key = { ...elsewhere, MASTER_KEY_FILE: join(env['DATA_DIR']!, 'master.key') };
    const restored = await cli(['restore', copy], key);
    expect(restored).toMatchObject({ code: 0 });
    const second = await ServerProcess.start(key);
    const { status, body } = await second.ask('GET', `/tickets/${acknowledged[0]}`);
    await second.end('SIGTERM');
    expect(status).toBe(200);
    expect(body.number).toMatch(/^\d{9,}$/);
  });

  it('refuses to start with a wrong master key, and changes nothing', async () => {
    await server!.end('SIGTERM');
    server = undefined;
    const refused = await cli(['serve'], { ...env, MASTER_KEY: 'cd'.repeat(32) });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('another master key');
    expect(refused.err).not.toContain('cdcd');
    server = await ServerProcess.start(env);
  });

  it('refuses a store that was written under a simulated clock', async () => {
    const demo = { DATA_DIR: join(folder, 'demo') };
    await openSqliteStore({ path: join(folder, 'demo', 'events.db'), clock: new SimulatedClock() }).close();
    const refused = await cli(['serve'], demo);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('simulated clock');
  });

  it('names every wrong setting at once', async () => {
    const refused = await cli(['serve'], { PORT: 'x', ZONE: 'Mars', AUTH_ISSUER: 'https://example.invalid' });
    expect(refused.code).toBe(1);
    for (const name of ['PORT', 'ZONE', 'AUTH_JWKS_URL']) expect(refused.err).toContain(name);
  });

  it('says on which event the chain breaks', async () => {
    await server!.end('SIGTERM');
    server = undefined;
    const broken = join(folder, 'broken');
    const copied = await cli(['backup', broken], env);
    expect(copied.code).toBe(0);
    const Database = (await import('better-sqlite3')).default;
    const db = new Database(join(broken, 'events.db'));
    db.prepare(`UPDATE events SET data = replace(data, 'phone', 'email') WHERE type = 'ticket.TicketRegistered'`).run();
    db.close();
    writeFileSync(join(broken, 'note'), '');
    const verified = await cli(['verify'], { DATA_DIR: broken });
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/BROKEN at ticket-.* revision 0/);
  });
});
