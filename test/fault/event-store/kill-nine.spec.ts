import { openSqliteStore, systemClock, verifyStore } from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, type Child } from '../../support/child';

const CHILD = join(__dirname, 'writer.child.ts');
const clock = systemClock();

jest.setTimeout(120_000);

describe('kill -9 under load', () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'events.db');
  const acknowledged = new Set<string>();
  afterAll(() => folder.remove());

  it.each([1, 2, 3, 4, 5, 6])('loses no acknowledged append and leaves the chain whole (round %i)', async (round) => {
    const child = startChild(CHILD, [path]);
    // Each round dies at another moment: while the store is made, in the first groups, in full swing.
    await child.said(1 + (round - 1) ** 2 * 40);
    child.process.kill('SIGKILL');
    expect(await child.ended).toBeNull();
    child.lines.slice(1).forEach((line) => acknowledged.add(line));

    const store = openSqliteStore({ path, clock });
    for (const line of acknowledged) {
      const [stream, revision] = line.split('@');
      const { head } = await store.read(stream!, { limit: 1 });
      if (head === 'none' || head.revision < Number(revision)) throw new Error(`${line} was acknowledged and is gone`);
    }
    expect(await verifyStore(store)).toMatchObject({ ok: true });
    await store.close();
  });

  it('had something to lose', () => expect(acknowledged.size).toBeGreaterThan(1_000));
});

describe('the live writer', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('flushes every commit: WAL and synchronous=FULL on its own connection', async () => {
    const child = startChild(CHILD, [join(folder.path, 'pragmas.db'), '1', '1']);
    await child.said(1);
    expect(JSON.parse(child.lines[0]!)).toEqual({ journalMode: 'wal', synchronous: 2 });
    expect(await child.ended).toBe(0);
  });

  const trace = canTrace();
  const traced = trace.possible ? it : it.skip;
  // The page cache survives kill -9, so only counting shows a flush that is missing.
  traced(`calls fdatasync at least once per commit${trace.possible ? '' : ` (skipped: ${trace.reason})`}`, async () => {
    const report = join(folder.path, 'strace.txt');
    const strace = ['strace', '-f', '-qq', '-e', 'trace=fdatasync,fsync', '-o', report];
    const child = startChild(CHILD, [join(folder.path, 'traced.db'), '1', '60'], strace);
    expect(await child.ended).toBe(0);
    const commits = child.lines.length - 1;
    const flushes = readFileSync(report, 'utf8').match(/\b(fdatasync|fsync)\(/g)?.length ?? 0;
    expect(commits).toBe(80);
    expect(flushes).toBeGreaterThanOrEqual(commits);
  });
});

describe('a second process on the same data', () => {
  const folder = temporaryFolder();
  const children: Child[] = [];
  const start = (...args: string[]) => {
    const child = startChild(CHILD, args);
    children.push(child);
    return child;
  };
  // Also after a failed expectation: a writer left behind would go on for ever.
  afterAll(async () => {
    for (const child of children) child.process.kill('SIGKILL');
    await Promise.all(children.map((child) => child.ended));
    folder.remove();
  });

  it('is refused at once, told why, and does no harm', async () => {
    const path = join(folder.path, 'events.db');
    const first = start(path, '4');
    await first.said(50);
    expect(() => openSqliteStore({ path, clock })).toThrow(expect.objectContaining({ code: 'LOCKED' }));
    const second = start(path, '1', '1');
    expect(await second.ended).toBe(3);
    expect(second.errors()).toContain('another process has');
    await first.said(first.lines.length + 20);
    const reader = openSqliteStore({ path, clock, readOnly: true });
    expect(await verifyStore(reader)).toMatchObject({ ok: true });
    await reader.close();
    first.process.kill('SIGKILL');
    await first.ended;
    const store = openSqliteStore({ path, clock });
    expect(await verifyStore(store)).toMatchObject({ ok: true });
    await store.close();
  });
});

function canTrace(): { readonly possible: boolean; readonly reason: string } {
  try {
    execFileSync('strace', ['-c', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return { possible: true, reason: '' };
  } catch {
    return { possible: false, reason: 'strace is not installed or may not trace here' };
  }
}
