import { systemClock } from '@aftercare/event-store';
import { onPostgres } from '@aftercare/projections/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from './support/cli';
import { until } from './support/split';
import { World } from './support/world';

jest.setTimeout(60_000);

describe('the operations port, for the inner network', () => {
  let world: World;
  let ops: { readonly address: string; close(): Promise<void> };
  beforeAll(async () => {
    world = await World.start({ clock: systemClock() });
    ops = await world.app.openOps(0, '127.0.0.1');
    // On PostgreSQL the work is taken with the lease, a moment after the start.
    const working = async () => ((await (await ask('/readyz')).json()) as { readonly working: boolean }).working;
    await until('has the work', working, 20_000);
  });
  afterAll(async () => {
    await ops.close();
    await world.stop();
  });
  const ask = (path: string, init: RequestInit = {}) => fetch(`${ops.address}${path}`, init);
  const withToken = async (role: 'operator' | 'agent') => {
    const { token } = (await world.person(role)) as unknown as { readonly token: string };
    return { headers: { authorization: `Bearer ${token}` } };
  };

  it('shows health, each server, and metrics without a token', async () => {
    expect(await (await ask('/healthz')).json()).toEqual({ status: 'alive' });
    const ready = await ask('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      ready: true,
      working: true,
      servers: {
        eventStore: { kind: 'memory', state: 'ok' },
        views: { kind: onPostgres ? 'postgres' : 'sqlite', state: 'ok' },
        clickhouse: { kind: 'none', state: 'off' },
      },
    });
    const text = await (await ask('/metrics')).text();
    expect(text).toMatch(/^aftercare_server_up\{server="eventStore"\} 1$/m);
    expect(text).toMatch(/^aftercare_working 1$/m);
  });

  it('carries out what only the process with the work can, for an operator only', async () => {
    const rebuild = '/admin/read-models/ticket_queue/rebuild';
    expect((await ask(rebuild, { method: 'POST' })).status).toBe(401);
    expect((await ask(rebuild, { method: 'POST', ...(await withToken('agent')) })).status).toBe(403);
    const operator = await withToken('operator');
    const done = await ask(rebuild, { method: 'POST', ...operator });
    expect([done.status, await done.json()]).toEqual([200, { rebuilt: 'ticket_queue' }]);
    expect((await ask('/status', operator)).status).toBe(200);
    expect((await ask('/admin/read-models/nothing/rebuild', { method: 'POST', ...operator })).status).toBe(404);
    expect((await ask('/admin/consumers/%E0%A4%A/resume', { method: 'POST', ...operator })).status).toBe(404);
    expect((await ask('/tickets', operator)).status).toBe(404);
  });
});

describe('processes without the servers that they need', () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'aftercare-split-'));
  afterAll(() => rmSync(DATA_DIR, { recursive: true, force: true }));

  it('do not start with split roles, and name every variable that is missing', async () => {
    for (const [words, env] of [
      [['work'], {}],
      [['serve'], { ROLES: 'serve' }],
    ] as const) {
      const { code, err } = await cli(words, { DATA_DIR, ANALYTICS: 'on', ...env });
      expect(code).toBe(1);
      const servers = ['EVENTSTORE_URL', 'POSTGRES_URL', 'CLICKHOUSE_URL'];
      const shared = ['ATTACHMENT_DIR', 'ERASURE_REGISTER', 'ANCHOR_KEY_FILE', 'ANCHOR_DIR'];
      for (const name of [...servers, 'MASTER_KEY', 'TOKEN_KEY_FILE', ...shared])
        expect(err).toMatch(new RegExp(`- ${name} .*ROLES=`));
    }
  });

  it('say in a sentence which server does not answer, without its password', async () => {
    const env = { DATA_DIR, POSTGRES_URL: 'postgres://aftercare:geheim@127.0.0.1:9/views' };
    const { code, err } = await cli(['serve'], env);
    expect(code).toBe(1);
    expect(err).toMatch(/^aftercare: PostgreSQL does not answer \(ECONNREFUSED\): is POSTGRES_URL right/);
    expect(err.trim().split('\n').length).toBe(1);
    expect(err).not.toMatch(/geheim/);
  });
});
