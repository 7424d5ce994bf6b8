import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, ServerProcess } from '../../e2e/support/cli';
import { check } from './exported';

jest.setTimeout(180_000);

const VERIFIER = join(__dirname, '../../../packages/api/assets/verify.mjs');

describe('SECTION 3 a signing key that is lost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-lost-key-'));
  const env = { DATA_DIR: join(folder, 'data'), ANCHOR_DIR: join(folder, 'elsewhere') };
  const keyPath = join(env.DATA_DIR, 'anchor.key');
  let server: ServerProcess | undefined;
  let number: string;
  let first: string;
  let second: string;

  const inForce = async (): Promise<string> =>
    /in force {2}since \S+ {2}([0-9a-f]{64})/.exec((await cli(['anchor', 'keys'], env)).out)![1]!;
  const exportTo = async (name: string): Promise<string> => {
    const out = join(folder, name);
    const exported = await cli(['export', number, '--reason', '应诉', '--out', out], env);
    expect([exported.code, exported.err]).toEqual([0, '']);
    return out;
  };

  beforeAll(async () => {
    server = await ServerProcess.start(env);
    const customer = await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'customer');
    const wish = { customerId: customer.body.id, channel: 'phone', words: '空调不制冷' };
    number = (await server.ask('POST', '/tickets', wish, 'ticket')).body.number;
    expect((await cli(['anchor', 'now'], env)).code).toBe(0);
    first = await inForce();
  });
  afterAll(async () => {
    await server?.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is replaced through the running server, once it is named, and refused as long as it is at hand', async () => {
    const atHand = await cli(['anchor', 'replace-key', '--lost', first], env);
    expect([atHand.code, atHand.err]).toEqual([1, expect.stringMatching(/is at hand and not lost: rotate it/)]);
    renameSync(keyPath, join(folder, 'lost.key'));
    const mistaken = await cli(['anchor', 'replace-key', '--lost', 'f'.repeat(16)], env);
    expect([mistaken.code, mistaken.err]).toEqual([1, expect.stringMatching(/not the one that is said to be lost/)]);
    const replaced = await cli(['anchor', 'replace-key', '--lost', first.slice(0, 16)], env);
    expect(replaced.out).toMatch(
      /^key [0-9a-f]{64} signs from now on, in place of [0-9a-f]{16}, which did not sign it in/,
    );
    second = await inForce();
    expect((await cli(['anchor', 'keys'], env)).out).toMatch(/\(not signed in by the key before it, which was lost\)/);
    expect((await cli(['anchor', 'now'], env)).out).toMatch(/^anchor 3 of /);
  });

  it('leaves a gap that verify names, and that nobody who knows only the lost key overlooks', async () => {
    const verified = await cli(['verify'], env);
    expect(verified.code).toBe(0);
    expect(verified.out).toMatch(/^anchors: 2, every signature and every root matches/m);
    expect(verified.out).toMatch(
      new RegExp(
        `^keys: ${first.slice(0, 16)} ⇢ ${second.slice(0, 16)}; fingerprint of the first since a key was lost: ${second}$`,
        'm',
      ),
    );
    expect(verified.out).toMatch(/^NOT SIGNED IN: key [0-9a-f]{16} follows in entry 2 of .* without the signature/m);
    expect(verified.out).toMatch(/does not prove:[\s\S]*that the same company went on when key [0-9a-f]{16} took over/);
    const known = await cli(['verify', '--key', first], env);
    expect([known.code, known.out]).toEqual([1, expect.stringMatching(/^finding: KEY_UNKNOWN$/m)]);
    expect((await cli(['verify', '--key', first, second], env)).code).toBe(0);
  });

  it('is told by every export, whose checker wants the new fingerprint', async () => {
    const file = await exportTo('case.zip');
    const plain = await check(VERIFIER, file);
    expect(plain.code).toBe(0);
    expect(plain.out).toMatch(
      /!! \].*from entry 2 of \S+ on key [0-9a-f]{16} signs, without the signature of the key before it.*not proven by a signature/,
    );
    expect(plain.out).toContain(second);
    const old = await check(VERIFIER, file, '--key', first);
    expect([old.code, old.out]).toEqual([
      1,
      expect.stringMatching(
        /FAIL.*the key that you know signed no further than before entry 2; key [0-9a-f]{16} follows without its signature/,
      ),
    ]);
    expect((await check(VERIFIER, file, '--key', second)).out).toMatch(
      /OK.*the ledger is signed with the key that you know/,
    );
  });

  it('is replaced without a server as well, and a found one does not come back', async () => {
    await server!.end('SIGTERM');
    server = undefined;
    rmSync(keyPath);
    const refused = await cli(['anchor', 'now'], env);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/there is no signing key: .* or replace it if it is lost/),
    ]);
    expect((await cli(['anchor', 'replace-key', '--lost', second], env)).code).toBe(0);
    const third = await inForce();
    rmSync(keyPath);
    renameSync(join(folder, 'lost.key'), keyPath);
    const found = await cli(['anchor', 'now'], env);
    expect([found.code, found.err]).toEqual([1, expect.stringMatching(/the signing key at hand is another one/)]);
    const over = await cli(['anchor', 'replace-key', '--lost', third], env);
    expect([over.code, over.err]).toEqual([
      1,
      expect.stringMatching(/another key, [0-9a-f]{16}, lies where the lost one lay/),
    ]);
  });
});
