import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, ServerProcess } from './support/cli';

jest.setTimeout(120_000);

describe('replaying on the command line, beside the running server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-replay-'));
  const env = { DATA_DIR: folder, NO_COLOR: '1' };
  let server: ServerProcess;
  let number: string;
  beforeAll(async () => {
    server = await ServerProcess.start(env);
    const customer = await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'c1');
    const wish = { customerId: customer.body.id, channel: 'phone', words: '请问遥控器怎么设置定时' };
    const ticket = await server.ask('POST', '/tickets', wish, 't1');
    number = ticket.body.number;
  });
  afterAll(async () => {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows each event with its sentence and what it changed, and nothing personal', async () => {
    const { code, out } = await cli(['replay', number], env);
    expect(code).toBe(0);
    expect(out).toContain('ticket.TicketRegistered');
    expect(out).toContain('~ status: "none" → "pending-dispatch" 待分派');
    expect(out).toContain('personal parts sealed');
    expect(out).not.toContain('13800000000');
    expect(out).not.toContain('遥控器');
  });

  it('shows only what was known at an instant, and the same as JSON', async () => {
    const early = await cli(['replay', number, '--as-of', '2020-01-01T00:00:00Z', '--json'], env);
    expect(JSON.parse(early.out)).toEqual([]);
    const steps = JSON.parse((await cli(['replay', number, '--case', '--json'], env)).out) as { revision: number }[];
    expect(steps.length).toBeGreaterThan(2);
    expect(steps[0]).toMatchObject({ type: 'ticket.TicketRegistered', revision: 0, hash: expect.any(String) });
  });

  it('tells the difference between two revisions with the events that made it', async () => {
    const { code, out } = await cli(['diff', number, '--from', '0', '--to', '99'], env);
    expect(code).toBe(0);
    expect(out).toContain('ticket.TicketPrioritized');
    expect(out).toMatch(/~ priority: "P\d" \S+ → "P\d" \S+/);
  });

  it('says in one line what is wrong with a question', async () => {
    for (const [words, says] of [
      [['replay', '209901001'], 'there is no ticket or complaint with the number 209901001'],
      [['replay', number, '--as-of', 'yesterday'], '--as-of takes an instant with its offset'],
      [['replay', number, '--as-of', '2999-01-01T00:00:00Z'], '--as-of must not lie in the future'],
      [['diff', number, '--from', '0', '--to', '2999-01-01T00:00:00Z'], '--to must not lie in the future'],
      [['diff', number, '--from', '5', '--to', '1'], '--to must not lie before --from'],
      [['diff', number, '--from', 'x', '--to', '1'], '--from takes an instant with its offset'],
    ] as const) {
      const { code, err } = await cli(words, env);
      expect(code).toBe(1);
      expect(err).toContain(says);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });
});
