import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { cli, ServerProcess } from '../../e2e/support/cli';

jest.setTimeout(180_000);

describe('SECTION 10 a store copied on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-copied-'));
  const from = join(folder, 'from');
  const env = { DATA_DIR: from };
  /** The copy with what moves beside it, as the last line of `copy` says. */
  const there = (name: string) => ({ DATA_DIR: join(folder, name), ANCHOR_DIR: join(from, 'anchors') });

  /** A copy is refused while processes have not seen everything: they are given a moment before the server ends. */
  const served = async (work: (server: ServerProcess) => Promise<void>) => {
    const server = await ServerProcess.start(env);
    try {
      await work(server);
      await setTimeout(1_500);
    } finally {
      await server.end('SIGTERM');
    }
    // Neither an error nor a warning of Node's.
    expect(server.said.err).toBe('');
  };
  const copy = async (source: string, target: string) => {
    const ended = await cli(['copy', '--from', source, '--to', join(folder, target)], { DATA_DIR: source });
    expect([ended.code, ended.code === 0 ? '' : ended.err]).toEqual([0, '']);
    return ended.out;
  };

  beforeAll(async () => {
    await served(async (server) => {
      const customer = await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'customer');
      const wish = { customerId: customer.body.id, channel: 'phone', words: '空调不制冷' };
      await server.ask('POST', '/tickets', wish, 'ticket');
    });
    cpSync(from, join(folder, 'without-key'), { recursive: true });
    await served(async () => {
      expect((await cli(['anchor', 'now'], env)).code).toBe(0);
    });
    cpSync(from, join(folder, 'key-lost'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has its bridge signed with the key of the anchors; verify checks it on both sides', async () => {
    const copied = await copy(from, 'to');
    expect(copied).toMatch(/^ {2}bridge recorded in both, signed with [0-9a-f]{64}; the signature was checked$/m);
    expect(await copy(from, 'to')).toMatch(/finished before[\s\S]*the signature was checked$/m);
    const key = /signed with ([0-9a-f]{16})/.exec(copied)![1]!;
    for (const [place, words] of [
      [env, 'into store'],
      [there('to'), 'from store'],
    ] as const) {
      const verified = await cli(['verify', '--key', key], place);
      expect([verified.code, verified.err.replace(/\r[^\n]*/g, '').trim()]).toEqual([0, '']);
      expect(verified.out).toMatch(new RegExp(`^bridge: copied ${words} .* its signature by key ${key} matches`, 'm'));
      expect(verified.out).not.toMatch(/carries no signature/);
    }
  });

  it('finds a bridge that somebody changed, when it verifies and when it copies again', async () => {
    const db = new Database(join(folder, 'to', 'events.db'));
    const rows = db.prepare('SELECT number, note FROM store_notes').all() as { number: number; note: string }[];
    for (const { number, note } of rows)
      db.prepare('UPDATE store_notes SET note = ? WHERE number = ?').run(
        note.replace(/("bridge":.*?"at":)"[^"]*"/, '$1"2020-01-01T00:00:00.000Z"'),
        number,
      );
    db.close();
    const verified = await cli(['verify'], there('to'));
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/^BROKEN: the bridge of 2020-\S+ from store .* does not carry the signature of key/m);
    expect(verified.out).toMatch(/^finding: BRIDGE_ALTERED$/m);
    const again = await cli(['copy', '--from', from, '--to', join(folder, 'to')], env);
    expect([again.code, again.err]).toEqual([
      1,
      expect.stringMatching(/the bridge between the two stores does not hold/),
    ]);
  });

  it('says why nobody signs: no anchor was ever taken, or its key is not at hand', async () => {
    const without = join(folder, 'without-key');
    expect(await copy(without, 'a')).toMatch(
      /bridge recorded in both, unsigned \(no key was ever made: .*\): write both lines down/,
    );
    const verified = await cli(['verify'], { DATA_DIR: join(folder, 'a') });
    expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^bridge: .* it is unsigned: compare/m)]);
    expect(verified.out).toMatch(/^ {4}that what was copied .*: the bridge between the two carries no signature$/m);

    const lost = join(folder, 'key-lost');
    renameSync(join(lost, 'anchor.key'), join(folder, 'anchor.key'));
    expect(await copy(lost, 'b')).toMatch(
      /unsigned \(\S+anchor\.key does not hold key [0-9a-f]{16}, which signs the anchors\)/,
    );
  });
});
