import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnPostgres, endTransactions, openTransactions } from '@aftercare/projections/testing';
import { ownPostgres, type OwnPostgres } from '../../../support/postgres';
import { LEASE_MS, Workers } from './workers';

jest.setTimeout(120_000);
/** How long work may lie after its worker is gone: the lease, looking for it, and a busy machine. */
const MOVED_MS = LEASE_MS + 8_000;

const say = (text: string): void => void process.stderr.write(`      ${text}\n`);
const since = (began: number): number => Math.round(performance.now() - began);

describeOnPostgres('two workers on one PostgreSQL', () => {
  let own: OwnPostgres | undefined;
  let workers: Workers;
  beforeAll(async () => {
    own = ownPostgres();
    workers = await Workers.on(own?.url ?? process.env['PG_URL']!);
    await workers.write(40);
  });
  afterAll(async () => {
    await workers.stop();
    own?.stop();
  });
  const check = async (): Promise<void> => {
    const { events, rows, commands, repeated } = await workers.check();
    say(`${events} events, ${rows} rows, ${commands} commands once each (${repeated} sent again), none lost or twice`);
  };

  it('start at once on an empty database, with clocks ten minutes apart: one works, one stands by', async () => {
    const both = [workers.start(-300_000), workers.start(300_000)];
    await Promise.all(both.map((child) => child.said(1)));
    await workers.active();
    await check();
    // More than a lease later it is still the same one: nobody's clock has run out.
    await sleep(LEASE_MS * 1.5);
    expect(both.map((child) => child.lines.at(-1)).sort()).toEqual(['standing by', 'working']);
    expect(both.map((child) => child.lines.filter((line) => line === 'working').length).sort()).toEqual([0, 1]);
  });

  it('hand the work over when the active one is killed in the middle of it', async () => {
    const killed = await workers.active();
    await workers.write(20);
    const writing = workers.write(20);
    await sleep(100);
    const began = performance.now();
    await workers.end(killed, 'SIGKILL');
    await workers.active([killed]);
    say(`moved after ${since(began)} ms`);
    expect(since(began)).toBeLessThan(MOVED_MS);
    await writing;
    await check();
    await workers.start().said(1);
  });

  it('hand it over at once when the active one is told to stop', async () => {
    const stopped = await workers.active();
    const began = performance.now();
    await workers.end(stopped);
    await workers.active([stopped]);
    say(`moved after ${since(began)} ms`);
    await workers.write(5);
    await check();
    await workers.start().said(1);
  });

  it.each(['anywhere', 'in a transaction'])(
    'hand it over when the active one is frozen %s past its lease',
    async (where) => {
      const frozen = await workers.active();
      const writing = workers.write(20);
      await sleep(150);
      frozen.process.kill('SIGSTOP');
      for (let tries = 0; where !== 'anywhere' && (await openTransactions(workers.views)) === 0; tries += 1) {
        expect(tries).toBeLessThan(300);
        frozen.process.kill('SIGCONT');
        await sleep(10 + (tries % 7));
        frozen.process.kill('SIGSTOP');
      }
      const began = performance.now();
      await workers.active([frozen]);
      say(`moved after ${since(began)} ms`);
      expect(since(began)).toBeLessThan(MOVED_MS);
      frozen.process.kill('SIGCONT');
      const later = workers.write(5);
      await Promise.all([writing, later]);
      for (let tries = 0; frozen.lines.at(-1) !== 'standing by'; tries += 1) {
        expect(tries).toBeLessThan(500);
        await sleep(20);
      }
      await check();
    },
  );

  it('go on after their connections were ended in the middle of transactions', async () => {
    await workers.active();
    const writing = workers.write(30);
    let ended = 0;
    for (const until = performance.now() + 3_000; performance.now() < until; await sleep(15))
      ended += await endTransactions(workers.views);
    say(`${ended} connections ended inside a transaction`);
    expect(ended).toBeGreaterThan(3);
    await writing;
    await check();
  });

  it.each(['fast', 'immediate'] as const)('go on after the server was restarted (%s)', async (mode) => {
    if (!own) return say('skipped: the server at PG_URL is not ours to restart');
    await workers.active();
    const writing = workers.write(20);
    await sleep(200);
    own.restart(mode);
    await writing;
    await check();
  });

  it('derive again what a crash took of the last commits, though no event follows', async () => {
    if (!own) return say('skipped: the server at PG_FAULTS_URL is not ours to restart');
    for (let crashes = 0; crashes < 4; crashes += 1) {
      await workers.active();
      await workers.write(3);
      await workers.settled();
      own.restart('immediate');
    }
    await check();
  });
});
