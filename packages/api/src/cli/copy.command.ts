import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  AnchorRefusedError,
  copyStore,
  CopyRefusedError,
  giveUpCopy,
  OutcomeUnknownError,
  SigningKeyError,
  standingOf,
  StoreBusyError,
  StoreFailedError,
  systemClock,
  type CopyProgress,
  type CopyReport,
  type MovableStore,
} from '@aftercare/event-store';
import {
  actingBehind,
  migrateViews,
  moveToStore,
  openPostgresViews,
  openSqliteViews,
  type Views,
} from '@aftercare/projections';
import type { Config } from '../composition/config';
import { configFromEnvironment } from '../composition/environment';
import { viewsFile } from '../composition/stores';
import { openSource, openTarget, placeOf, staysIn, type StorePlace } from '../composition/stores-to-copy';
import { BadBridgeError, bridgeLine, signingFor } from './bridge-signing';
import { CliError } from './cli-error';
import { duration } from './duration';

export interface CopyCommandOptions {
  readonly from: string;
  readonly to?: string;
  readonly unseal?: boolean;
}

/** What a store or a copy says to whoever typed the command. */
const SPEAKING = [
  AnchorRefusedError,
  BadBridgeError,
  CopyRefusedError,
  OutcomeUnknownError,
  SigningKeyError,
  StoreBusyError,
  StoreFailedError,
] as const;

const ANCHOR_KEY = 'anchor.key';

/** A line on standard error at most this often. */
const TELL_MS = 5_000;

/**
 * Moves a store into another one while nothing runs; interrupted at any point, the same command goes on. With `--unseal`
 * gives an unfinished copy up.
 */
export const copyCommand = async (options: CopyCommandOptions, say: (line: string) => void): Promise<void> => {
  try {
    if (options.unseal) await unseal(placeOf(options.from), say);
    else if (options.to === undefined) throw new CliError('--to is missing: a data directory, or esdb://host:2113');
    else await copy(placeOf(options.from), placeOf(options.to), say);
  } catch (error) {
    if (SPEAKING.some((kind) => error instanceof kind)) throw new CliError((error as Error).message);
    throw error;
  }
};

const unseal = async (place: StorePlace, say: (line: string) => void): Promise<void> => {
  const source = await openSource(place);
  try {
    await giveUpCopy(source, systemClock());
    say('the store takes events again; what was copied into the other one is useless and may be thrown away');
  } finally {
    await source.close();
  }
};

const copy = async (from: StorePlace, to: StorePlace, say: (line: string) => void): Promise<void> => {
  const config = configFromEnvironment();
  const folder = from.kind === 'file' ? from.folder : config.dataDir;
  const views = await openViews(config, folder);
  const opened: { close(): Promise<void> }[] = views ? [views] : [];
  try {
    const source = await openSource(from);
    opened.push(source);
    const target = await openTarget(to, source.meta);
    opened.push(target);
    if (views) {
      await migrateViews(views.write);
      await refuseBehind(await actingBehind(views.write, await source.head()), target);
    }
    const signing = await signingFor(source, keyFileBeside(config, folder));
    const began = performance.now();
    const { sign } = signing;
    const report = await copyStore(source, target, {
      clock: systemClock(),
      onProgress: teller(),
      ...(sign && { sign }),
    });
    tellReport(report, performance.now() - began, say);
    say(`  ${await bridgeLine(report, target, signing)}`);
    if (views && report.events > 0) await moveViews(views.write, report, say);
    if (!views) say('no views.db lies beside it: read models and processes start from the first event');
    sayWhatIsNext(folder, to, say);
  } finally {
    for (const one of opened.reverse()) await one.close();
  }
};

/** Of the settings; where they don't say, it lies beside the events that are copied. */
const keyFileBeside = ({ anchors, dataDir }: Config, folder: string): string =>
  anchors.keyFile === join(dataDir, ANCHOR_KEY) ? join(folder, ANCHOR_KEY) : anchors.keyFile;

/** What follows the store: on PostgreSQL where that is set, otherwise in the file beside the events. */
const openViews = async ({ postgres }: Config, folder: string): Promise<Views | undefined> => {
  if (postgres) return openPostgresViews(postgres);
  return existsSync(viewsFile(folder)) ? openSqliteViews(viewsFile(folder)) : undefined;
};

/** Not when the copy is finished: then they may stand at the target's head already. */
const refuseBehind = async (behind: readonly string[], target: MovableStore): Promise<void> => {
  if (behind.length === 0 || standingOf(await target.notes()).filledFrom !== undefined) return;
  throw new CliError(
    `${behind.join(', ')}: not at the head of the store yet. Start the server once, wait until \`status\` shows no lag, stop it with SIGTERM, then copy`,
  );
};

const tellReport = (report: CopyReport, millis: number, say: (line: string) => void): void => {
  const { events, streams, resumedAfter, bridge, repeated } = report;
  if (repeated) say('this copy was finished before; nothing was copied');
  else
    say(
      `copied ${events} events in ${streams} streams in ${duration(millis)}` +
        `${resumedAfter > 0 ? ` (${resumedAfter} of them by an earlier run)` : ''}; both stores were compared and are the same`,
    );
  for (const [name, { storeId, position, headsDigest }] of [
    ['from', bridge.from],
    ['to  ', bridge.to],
  ] as const)
    say(`  ${name} store ${storeId}, head ${position}, digest of all stream heads ${headsDigest}`);
};

const moveViews = async (
  views: Parameters<typeof moveToStore>[0],
  { bridge }: CopyReport,
  say: (line: string) => void,
): Promise<void> => {
  const { acting } = await moveToStore(views, { from: bridge.from.position, to: bridge.to.position });
  say(`${acting} processes go on behind the head of the new store; read models are built anew at the next start`);
};

const sayWhatIsNext = (folder: string, to: StorePlace, say: (line: string) => void): void => {
  const stays = staysIn(folder).join(', ');
  if (to.kind === 'server')
    say(`next: set EVENTSTORE_URL to the server's address; ${stays} in ${folder} go on as they are`);
  else if (to.folder !== folder) say(`next: move ${stays} from ${folder} to ${to.folder} and set DATA_DIR to it`);
};

/** Prints how far it is, at most every few seconds, and whenever it begins something else. */
const teller = (): ((at: CopyProgress) => void) => {
  let phase = '';
  let told = 0;
  return (at) => {
    const now = performance.now();
    // The first pace is known after a moment: said as soon as it is.
    const due = at.phase !== phase || now - told >= TELL_MS;
    if (!due) return;
    phase = at.phase;
    told = at.remainingMs === undefined && at.phase === 'copying' ? now - TELL_MS + 500 : now;
    process.stderr.write(`${line(at)}\n`);
  };
};

const WORDS = {
  checking: 'checking the chain of the source',
  copying: 'copying',
  comparing: 'comparing both stores',
  heads: "comparing the streams' heads",
} as const;

const line = ({ phase, done, total, remainingMs }: CopyProgress): string =>
  `${WORDS[phase]}: ${done}${total === undefined ? '' : ` of ${total}`} ${phase === 'heads' ? 'streams' : 'events'}` +
  `${remainingMs === undefined ? '' : `, about ${duration(remainingMs)} left`}`;
