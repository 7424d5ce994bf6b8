import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedClock } from '@aftercare/event-store';
import { plus } from '@aftercare/domain';
import { issueToken } from '../auth/tokens';
import { readConfig } from '../composition/config';
import { createPlatform, type Platform, type PlatformOptions } from '../composition/platform';
import { memoryStores, openStores } from '../composition/stores';
import { secretFile } from '../composition/secret-file';
import { createLogger } from '../operations/request-log';
import { createApp } from '../roles/app';
import { castOf, type IssueToken } from './cast';
import type { Answer, Conversation } from './http-person';
import { OnCallQuarter } from './on-call-quarter';
import { planComplaints } from './complaint-quarter';
import type { DemoWorld } from './demo-world';
import { LAST_DAY, planQuarter, QUARTER, TICKETS } from './quarter';
import { seededChance } from './seeded-random';
import { Simulation } from './simulation';

/** A platform that has lived through the quarter and still answers. */
export interface PlayedQuarter {
  readonly address: string;
  readonly platform: Platform;
  readonly world: DemoWorld;
  readonly clock: SimulatedClock;
  token(role: 'supervisor' | 'analyst' | 'agent' | 'auditor'): Promise<string>;
  /** Stops the server and removes its files. */
  close(): Promise<void>;
}

/** Another seed tells another quarter. */
const SEED = 20_260_701;

/** Another way to play the quarter. */
export interface Staging {
  readonly port?: number;
  /** Fewer make a quarter for those in a hurry. */
  readonly tickets?: number;
  /** At most so many complaints of each kind. */
  readonly complaintsOfAKind?: number;
  /** Everything lies in files of this directory, and stays there; absent: in memory. */
  readonly folder?: string;
  readonly logger?: PlatformOptions['logger'];
  readonly listening?: Omit<Conversation, 'next'>;
}

/**
 * Starts a server on a temporary store under a simulated clock and lets the quarter happen over HTTP.
 * `say` is told how far it is.
 */
export const playQuarter = async (say: (line: string) => void, staging: Staging = {}): Promise<PlayedQuarter> => {
  const { port = 0, folder = mkdtempSync(join(tmpdir(), 'aftercare-demo-')) } = staging;
  const clock = new SimulatedClock(plus(QUARTER.from, -60 * 60_000));
  const config = readConfig({ DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'error' });
  // Not on stdout: with --json that holds one document and nothing else.
  const logger = staging.logger ?? createLogger('error', { write: (line: string) => void process.stderr.write(line) });
  // In memory: nobody needs an invented quarter after a power cut, and a flush to disk per command takes longer than the rest.
  const stores = staging.folder === undefined ? memoryStores(clock) : openStores(config, clock);
  const platform = await createPlatform(config, { clock, stores, logger });
  const app = await createApp(platform);
  const address = await app.listen(port, config.host);
  const close = async () => {
    await app.close();
    if (staging.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const key = secretFile(join(folder, 'token.key'));
  const issue: IssueToken = (id, role) => issueToken({ id, roles: [role], days: 3_650 }, key, clock);
  try {
    const world = await live({ platform, clock, address, issue, staging }, say);
    say('waiting for the figures to catch up');
    const head = await platform.stores.store.head();
    if (head !== undefined) await platform.analytics.figures?.waitFor(head, 30_000);
    return { address, platform, world, clock, token: (role) => issue(`staff-${role}-1`, role), close };
  } catch (error) {
    await close();
    throw error;
  }
};

interface Stage {
  readonly platform: Platform;
  readonly clock: SimulatedClock;
  readonly address: string;
  readonly issue: IssueToken;
  readonly staging: Staging;
}

const live = async (
  { platform, clock, address, issue, staging }: Stage,
  say: (line: string) => void,
): Promise<DemoWorld> => {
  say('setting the stage: staff, engineers, customers and their products');
  const now = () => clock.now();
  const simulation = new Simulation({
    now,
    advanceTo: (instant) => clock.set(instant),
    settle: () => platform.reading.settle(),
    nextWakeAt: () => platform.reading.nextDue(),
  });
  const { listening = {} } = staging;
  const onCall = await OnCallQuarter.planned(simulation, { now, base: address, issue, listening });
  const heard = (answer: Answer) => {
    listening.heard?.(answer);
    onCall.heard(answer);
  };
  const world = await castOf(address, issue, seededChance(SEED), { ...listening, heard });
  await platform.reading.settle();
  const { tickets = TICKETS, complaintsOfAKind } = staging;
  planQuarter(world, simulation, tickets);
  // A chance of its own: the tickets come in as they would without anybody complaining.
  planComplaints({ ...world, chance: seededChance(SEED + 1) }, simulation, complaintsOfAKind);
  let month = '';
  await simulation.run(LAST_DAY, (now) => {
    if (now.slice(0, 7) === month) return;
    month = now.slice(0, 7);
    say(`living through ${month}`);
  });
  return world;
};
