import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ClickHouseFront, type Seen } from '../testing';
import { openServer } from './server';

jest.setTimeout(60_000);

const USER = { user: 'aftercare', password: 'invented' };
const row = { n: '1', at: '2026-01-01 00:00:00.000' };

describe('ClickHouse by URL (architecture §11)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aftercare-server-'));
  let front: ClickHouseFront;
  const inserts = (): readonly Seen[] => front.seen.filter(({ sql }) => sql.startsWith('INSERT'));
  const database = (more: { readonly timeoutMs?: number; readonly asyncInserts?: boolean } = {}) =>
    openServer({ url: front.url, ...USER, ...more });

  beforeAll(async () => {
    front = await ClickHouseFront.start({ dir, ...USER, keepAliveMs: 3_000 });
    const server = database();
    await server.command(
      `CREATE TABLE told (n UInt64, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY n
       SETTINGS non_replicated_deduplication_window = 100`,
    );
    await server.close();
  });
  beforeEach(() => void front.seen.splice(0));
  afterAll(async () => {
    await front.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const count = async (): Promise<number> => {
    const server = database();
    const rows = await server.query<{ n: string }>('SELECT count() AS n FROM told');
    await server.close();
    return Number(rows[0]?.n);
  };

  it.each(['stored-then-silent', 'stored-then-cut', 'cut-before'] as const)(
    'sends an insert whose outcome is unknown again under the same token, and it is stored once (%s)',
    async (kind) => {
      const before = await count();
      front.seen.splice(0);
      await front.fault({ kind, sql: 'INSERT', times: 2 });
      const server = database({ timeoutMs: 1_000 });
      await server.insert('told', [row], kind);
      await server.close();
      expect(inserts().length).toBe(3);
      expect(new Set(inserts().map(({ settings }) => settings['insert_deduplication_token'])).size).toBe(1);
      expect(await count()).toBe(before + 1);
    },
  );

  it('takes the same rows again for another feed of the log: a feed from the beginning must not be left out', async () => {
    const before = await count();
    const server = database();
    for (const feed of ['7', '7', '8']) await server.insert('told', [row], feed);
    await server.close();
    expect(await count()).toBe(before + 2);
  });

  it('does not send again what ClickHouse itself refuses', async () => {
    await front.fault({ kind: 'refused', sql: 'INSERT', times: 9 });
    const server = database();
    await expect(server.insert('told', [row])).rejects.toMatchObject({ code: '243', type: 'NOT_ENOUGH_SPACE' });
    await server.close();
    await front.fault(null);
    expect(inserts().length).toBe(1);
  });

  it('writes at once unless told otherwise, and waits for the storing either way', async () => {
    for (const asyncInserts of [false, true]) {
      const server = database({ asyncInserts });
      await server.insert('told', [row]).catch(() => undefined);
      await server.close();
    }
    expect(
      inserts().map(({ settings: { async_insert, wait_for_async_insert } }) => [async_insert, wait_for_async_insert]),
    ).toEqual([
      ['0', '1'],
      ['1', '1'],
    ]);
  });

  it.each(['error-in-mid-stream', 'cut-in-mid-stream'] as const)(
    'never takes half a result for a whole one (%s), and the next query is answered',
    async (kind) => {
      await front.fault({ kind, sql: 'numbers(1000)', times: 1 });
      const server = database();
      await expect(server.query('SELECT number FROM numbers(1000)')).rejects.toThrow();
      expect((await server.query('SELECT number FROM numbers(1000)')).length).toBe(1_000);
      await server.close();
    },
  );

  it('reads every result to its end: a hundred queries need no more connections than are open at once', async () => {
    const server = database();
    for (let n = 0; n < 100; n += 1) await server.query('SELECT 1');
    await server.close();
    expect(new Set(front.seen.map(({ connection }) => connection)).size).toBe(1);
  });

  it('never uses a connection that the server is about to close for having been idle', async () => {
    const server = database();
    for (let n = 0; n < 3; n += 1) {
      await server.query('SELECT 1');
      await pause(2_950);
    }
    await server.close();
    expect(new Set(front.seen.map(({ connection }) => connection)).size).toBe(3);
  });

  it('tells a wrong password by its code', async () => {
    const server = openServer({ url: front.url, user: 'aftercare', password: 'wrong' });
    await expect(server.query('SELECT 1')).rejects.toMatchObject({ code: '516', type: 'AUTHENTICATION_FAILED' });
    await server.close();
  });
});

const certificate = (folder: string): { readonly key: string; readonly cert: string } | undefined => {
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', files.key, '-out', files.cert, ...subject];
  try {
    execFileSync('openssl', made, { stdio: 'ignore' });
    return files;
  } catch {
    return undefined;
  }
};

describe('ClickHouse by https', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-tls-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const files = certificate(folder);
  const trying = files ? it : it.skip;

  trying(
    'is trusted by the authority of a file, and refused without it (skipped where there is no openssl)',
    async () => {
      const { key, cert } = files!;
      const front = await ClickHouseFront.start({ dir: join(folder, 'engine'), ...USER, tls: { key, cert } });
      const trusted = openServer({ url: front.url, ...USER, ca: readFileSync(cert) });
      expect(await trusted.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      const stranger = openServer({ url: front.url, ...USER });
      await expect(stranger.query('SELECT 1')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      await Promise.all([trusted.close(), stranger.close()]);
      await front.stop();
    },
  );
});
