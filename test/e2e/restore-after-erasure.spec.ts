import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, ServerProcess } from './support/cli';

jest.setTimeout(180_000);

describe('restoring a backup that is older than an erasure (DEC-15)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-forgotten-'));
  const first = { DATA_DIR: join(folder, 'first') };
  const backup = join(folder, 'backup');
  const register = join(folder, 'erasures.jsonl');
  let customer: string;
  let running: ServerProcess | undefined;
  beforeAll(async () => {
    running = await ServerProcess.start(first);
    customer = (await running.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'c1')).body.id;
    expect((await cli(['backup', backup], first)).code).toBe(0);
    await running.end('SIGTERM');
    running = undefined;
    // What the running system would have noted when the person was forgotten, three days after the backup.
    writeFileSync(register, `${JSON.stringify({ eventId: 'event-1', subjects: [`customer-${customer}`] })}\n`);
  });
  afterEach(async () => {
    await running?.end('SIGTERM');
    running = undefined;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const restored = (name: string) => ({
    DATA_DIR: join(folder, name),
    MASTER_KEY_FILE: join(first.DATA_DIR, 'master.key'),
  });

  it('does not bring the person back when the register is given, nor at any later start', async () => {
    const env = restored('with-register');
    const { code, out } = await cli(['restore', backup, '--erasures', register], env);
    expect([code, out]).toEqual([0, expect.stringContaining('1 forgotten persons stay forgotten')]);
    running = await ServerProcess.start(env);
    const { body } = await running.ask('GET', `/customers/${customer}`);
    expect(body).toMatchObject({ erased: true, personal: {} });
    expect(JSON.stringify(body)).not.toContain('张');
  });

  it('says so when no register is given', async () => {
    const env = restored('without-register');
    const { code, out } = await cli(['restore', backup], env);
    expect([code, out]).toEqual([0, expect.stringContaining('No register of erasures was given')]);
  });

  it('refuses a register that is not there or was damaged, and restores nothing', async () => {
    const env = restored('refused');
    const absent = await cli(['restore', backup, '--erasures', join(folder, 'absent')], env);
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining('there is no register at')]);
    const damaged = join(folder, 'damaged.jsonl');
    writeFileSync(damaged, 'scribble\n');
    const refused = await cli(['restore', backup, '--erasures', damaged], env);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('line 1 is no note of an erasure')]);
    expect((await cli(['restore', backup, '--erasures', register], env)).code).toBe(0);
  });
});
