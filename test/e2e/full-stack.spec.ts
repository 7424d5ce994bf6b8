import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerPlace } from '@aftercare/analytics';
import { clickHouses, type EmptyClickHouse } from '@aftercare/analytics/testing';
import { cli } from './support/cli';
import { freePort, givenServers, sharedSettings, SplitProcess, tokenFor, until } from './support/split';

jest.setTimeout(600_000);

const servers = givenServers();
const METRIC = '/analytics/first-time-fix-rate?from=2026-01-01&to=2027-12-01';

if (servers === undefined) {
  process.stderr.write('one that serves and two that work: skipped: no ESDB_URL with PG_URL\n');
  it.skip('one process serves and two work (skipped: no ESDB_URL with PG_URL)', () => undefined);
} else
  describe('one process serves and two work, on EventStoreDB, PostgreSQL and ClickHouse', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-stack-'));
    let figures: EmptyClickHouse;
    let env: Record<string, string>;
    let serve: SplitProcess;
    let workers: SplitProcess[];
    let token: string;
    const tickets: string[] = [];

    /** A database of this test's own, on the server of CLICKHOUSE_URL or on chDB behind HTTP. */
    const clickhouse = async (): Promise<Record<string, string>> => {
      figures = await clickHouses[1]!.start();
      const { url, user = 'default', password, database } = figures.place as ServerPlace;
      return {
        CLICKHOUSE_URL: url,
        CLICKHOUSE_USER: user,
        CLICKHOUSE_DATABASE: database!,
        ...(password === undefined ? {} : { CLICKHOUSE_PASSWORD: password }),
      };
    };
    const inClickHouse = async (sql: string): Promise<string> => {
      const { url, user = 'default', password = '', database } = figures.place as ServerPlace;
      const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
      const answer = await fetch(`${url}/?database=${database!}`, { method: 'POST', headers, body: sql });
      return (await answer.text()).trim();
    };

    beforeAll(async () => {
      const ports = [await freePort(), await freePort(), await freePort()] as const;
      env = {
        ...sharedSettings(folder, servers, await clickhouse()),
        WORKER_URLS: `http://127.0.0.1:${ports[1]},http://127.0.0.1:${ports[2]}`,
      };
      // All three at once, on empty servers: who comes first makes tables, policies and keys.
      [serve, ...workers] = await Promise.all([
        SplitProcess.start('serve', ports[0], { ...env, DATA_DIR: join(folder, 'serve') }),
        SplitProcess.start('work', ports[1], { ...env, DATA_DIR: join(folder, 'work-1') }),
        SplitProcess.start('work', ports[2], { ...env, DATA_DIR: join(folder, 'work-2') }),
      ]);
      token = await tokenFor(env, 'agent', 'supervisor', 'operator');
    });
    afterAll(async () => {
      await Promise.all([serve, ...(workers ?? [])].map((each) => each?.end('SIGKILL')));
      await figures?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    interface Asked {
      readonly status: number;
      // Bodies are of many shapes; each test names what it looks at.
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      readonly body: any;
      readonly headers: Headers;
    }
    const run = randomUUID();
    let keys = 0;
    const ask = async (method: string, path: string, body?: object, headers: object = {}): Promise<Asked> => {
      const answer = await fetch(`${serve.base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json', 'idempotency-key': `${run}-${keys++}` } : {}),
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, body: await answer.json(), headers: answer.headers };
    };
    const newTicket = async (): Promise<{ readonly id: string; readonly position: string }> => {
      const person = { name: '张三', phone: '13800000000', region: '310104', tier: 'normal' };
      const customer = await ask('POST', '/customers', person);
      expect(customer.status).toBe(201);
      const made = await ask('POST', '/tickets', {
        customerId: customer.body.id,
        channel: 'phone',
        words: '空调不制冷,请上门维修',
        category: 'air-conditioner',
      });
      expect(made.status).toBe(201);
      tickets.push(made.body.id as string);
      return { id: made.body.id as string, position: made.headers.get('aftercare-position')! };
    };
    const queue = async (
      headers: object = {},
    ): Promise<{ readonly ids: readonly string[]; readonly stale: boolean }> => {
      const ids: string[] = [];
      let stale = false;
      for (let next: string | undefined = ''; next !== undefined;) {
        const cursor = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
        const answer = await ask('GET', `/tickets?limit=200${cursor}`, undefined, headers);
        expect([answer.status, answer.body.code]).toEqual([200, undefined]);
        ids.push(...(answer.body.tickets as { id: string }[]).map(({ id }) => id));
        stale ||= answer.headers.get('aftercare-stale') === 'true';
        next = answer.body.next as string | undefined;
      }
      // The events of earlier runs are on the same EventStoreDB: only our own are looked at.
      return { ids: ids.filter((id) => tickets.includes(id)), stale };
    };
    const hasWork = async (worker: SplitProcess): Promise<boolean> => (await worker.ready())?.working === true;
    const active = async (): Promise<SplitProcess | undefined> => {
      for (const worker of workers) if (await hasWork(worker)) return worker;
      return undefined;
    };
    const everythingIsShownOnce = async (): Promise<void> => {
      await until('every ticket in the queue', async () => (await queue()).ids.length >= tickets.length);
      expect([...(await queue()).ids].sort()).toEqual([...tickets].sort());
    };

    it('has one worker at work and one that stands by, and names each server', async () => {
      const working = await until('a worker has the work', async () => (await active()) !== undefined);
      process.stderr.write(`the first worker had the work after ${working} ms\n`);
      const reports = await Promise.all(workers.map((worker) => worker.ready()));
      expect(reports.filter(({ working: has }) => has === true).length).toBe(1);
      for (const report of [...reports, await serve.ready()])
        expect(report).toMatchObject({
          ready: true,
          servers: {
            eventStore: { kind: 'eventstoredb', state: 'ok' },
            views: { kind: 'postgres', state: 'ok' },
            clickhouse: { kind: 'clickhouse' },
          },
        });
      expect((await serve.ready()).working).toBe(false);
    });

    it('shows a ticket to whoever waits for its position, though another process puts it into the queue', async () => {
      const { id, position } = await newTicket();
      const seen = await queue({ 'aftercare-min-position': position });
      expect(seen).toEqual({ ids: [id], stale: false });
    });

    it('answers a metric that the worker has fed', async () => {
      const caughtUp = await until('figures are current', async () => {
        const { status, body } = await ask('GET', METRIC);
        return status === 200 && body.freshness.caughtUp === true;
      });
      process.stderr.write(`figures were current after ${caughtUp} ms\n`);
    });

    it('lets the standby take over when the one with the work is killed: nothing is lost, nothing comes twice', async () => {
      const before = (await active())!;
      const [standby] = workers.filter((worker) => worker !== before) as [SplitProcess];
      const writing = (async () => {
        for (let n = 0; n < 12; n += 1) await newTicket();
      })();
      await pause(500);
      await before.end('SIGKILL');
      const took = await until('the standby has the work', () => hasWork(standby));
      process.stderr.write(`kill -9: the standby had the work after ${took} ms\n`);
      expect(took).toBeLessThan(30_000);
      await writing;
      await everythingIsShownOnce();
      workers = [standby];
    });

    it('lets the standby take over when the one with the work is frozen, and what wakes up writes nothing', async () => {
      const [frozen] = workers as [SplitProcess];
      const opsPort = await freePort();
      const fresh = await SplitProcess.start('work', opsPort, { ...env, DATA_DIR: join(folder, 'work-3') });
      workers.push(fresh);
      frozen.signal('SIGSTOP');
      const took = await until('the new one has the work', () => hasWork(fresh));
      process.stderr.write(`frozen: the standby had the work after ${took} ms\n`);
      for (let n = 0; n < 5; n += 1) await newTicket();
      await everythingIsShownOnce();
      frozen.signal('SIGCONT');
      await until('the frozen one knows that it lost the work', async () => (await frozen.ready())?.working === false);
      await newTicket();
      await everythingIsShownOnce();
      expect(await frozen.end('SIGTERM')).toBe(0);
      workers = [fresh];
      env['WORKER_URLS'] = fresh.ops;
    });

    it('has fed ClickHouse each ticket once, whoever fed it', async () => {
      const table = await inClickHouse(
        "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'ticket_cycles_v%'",
      );
      await until('every ticket in ClickHouse', async () => {
        const ours = tickets.map((id) => `'ticket-${id}'`).join();
        const rows = await inClickHouse(
          `SELECT count(), uniqExact(stream) FROM ${table} FINAL WHERE stream IN (${ours})`,
        );
        return rows === `${tickets.length}\t${tickets.length}`;
      });
      await until('figures are current', async () => (await ask('GET', METRIC)).body.freshness.caughtUp === true);
    });

    it('obeys the command line through the worker: status, and a rebuild that everybody sees', async () => {
      const status = await cli(['status'], env);
      expect(status.err).toBe('');
      expect(status.out).toMatch(/ticket_queue/);
      const rebuilt = await cli(['rebuild', 'ticket_queue'], env);
      expect([rebuilt.code, rebuilt.err]).toEqual([0, '']);
      await everythingIsShownOnce();
      const verified = await cli(['verify'], env);
      expect([verified.code, verified.err]).toEqual([0, '']);
      expect(verified.out).toMatch(/every hash matches/);
    });

    it('stops in time when it is asked to', async () => {
      for (const each of [serve, ...workers]) expect(await each.end('SIGTERM')).toBe(0);
    });
  });
