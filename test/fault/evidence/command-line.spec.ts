import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { cli, ServerProcess } from '../../e2e/support/cli';

jest.setTimeout(180_000);

describe('SECTION 3 proving and doubting on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-evidence-'));
  const env = { DATA_DIR: join(folder, 'data'), ANCHOR_DIR: join(folder, 'elsewhere') };
  let server: ServerProcess | undefined;
  let number: string;
  let stream: string;
  beforeAll(async () => {
    server = await ServerProcess.start(env);
    const customer = await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'customer');
    const wish = { customerId: customer.body.id, channel: 'phone', words: '空调不制冷' };
    const { body } = await server.ask('POST', '/tickets', wish, 'ticket');
    number = body.number;
    stream = `ticket-${body.id}`;
  });
  afterAll(async () => {
    await server?.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('anchors, verifies and exports beside the running server', async () => {
    expect((await cli(['verify'], env)).out).toMatch(/^anchors: none\. Not yet anchored: \d+ events$/m);
    const anchored = await cli(['anchor', 'now'], env);
    expect(anchored.out).toMatch(/^anchor 1 of .*: \d+ events in \d+ streams/);
    expect(statSync(join(env.DATA_DIR, 'anchor.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(env.ANCHOR_DIR)).toEqual(['anchor-00000001.jsonl', 'key-00000000.jsonl']);
    const verified = await cli(['verify'], env);
    expect(verified.code).toBe(0);
    expect(verified.out).toMatch(
      /^通过:\d+ 个事件、\d+ 条事件流,哈希全部相符\nok: \d+ events in \d+ streams, every hash matches$/m,
    );
    expect(verified.out).toMatch(/^anchors: 1, every signature and every root matches/m);
    expect(verified.out).toMatch(/^copies: 2 compared, all the same as in the store$/m);
    expect(verified.out).toMatch(/does not prove:[\s\S]*nobody who holds database, signing key and /);
    const out = join(folder, 'case.zip');
    const exported = await cli(['export', number, '--reason', '应诉', '--out', out], env);
    expect([exported.code, exported.err]).toEqual([0, '']);
    const checked = await cli(['verify', '--export', out], env);
    expect(checked.code).toBe(0);
    expect(checked.out).toMatch(/Result: what it holds is what was recorded/);
  });

  it('rotates the key and exports without a server, and finds what somebody did to the file meanwhile', async () => {
    await server!.end('SIGTERM');
    server = undefined;
    expect((await cli(['anchor', 'rotate'], env)).out).toMatch(/signs from now on, introduced by/);
    expect((await cli(['anchor', 'keys'], env)).out).toMatch(/^retired .*\n.*\nin force /);
    const exported = await cli(['export', number, '--reason', 'x', '--out', join(folder, 'two.zip')], env);
    expect([exported.code, exported.err]).toEqual([0, '']);
    const db = new Database(join(env.DATA_DIR, 'events.db'));
    db.prepare(
      'DELETE FROM events WHERE stream = ? AND revision = (SELECT max(revision) FROM events WHERE stream = ?)',
    ).run(stream, stream);
    db.close();
    const verified = await cli(['verify'], env);
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(
      /^不一致:最新的事件被删除.*\nBROKEN: ticket-\S+ ends at revision \d+, but had revision \d+: its newest events were deleted/,
    );
    expect((await cli(['verify', '--stream', stream], env)).out).toMatch(/finding: TAIL_DELETED/);
    const refused = await cli(['anchor', 'now'], env);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/^aftercare: .*anchor \d+ (covers|was taken over).*run verify$/m),
    ]);
    const nothing = await cli(['export', number, '--reason', 'x', '--out', join(folder, 'three.zip')], env);
    expect([nothing.code, nothing.err]).toEqual([1, expect.stringMatching(/^aftercare: nothing was exported: /)]);
    expect(readdirSync(folder).sort()).toEqual(['case.zip', 'data', 'elsewhere', 'two.zip']);
  });
});
