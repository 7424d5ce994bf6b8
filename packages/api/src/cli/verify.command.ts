import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CheckpointError,
  copiesInFolder,
  keyFile,
  loadCheckpoint,
  saveCheckpoint,
  standingOf,
  systemClock,
  verifyEvidence,
  verifyOneStream,
  type AnchorCopies,
  type EventStore,
  type EvidenceVerdict,
  type MovableStore,
  type VerifyState,
} from '@aftercare/event-store';
import type { Config } from '../composition/config';
import { configFromEnvironment } from '../composition/environment';
import { openEventsToRead } from '../composition/stores';
import { VERIFIER } from '../evidence/export-zip';
import { storeLines, streamLines } from '../evidence/verify-report';
import { CliError } from './cli-error';
import { progressBar } from './progress';

export interface VerifyCommandOptions {
  readonly stream?: string;
  readonly checkpoint?: string;
  readonly anchors?: string;
  readonly key?: readonly string[];
  readonly export?: string;
}

/** A check with a checkpoint is put away so often: what is kept agrees with the place only while nothing is read. */
const SLICE_MS = 60_000;

type Say = (line: string) => void;

/** Checks chain, anchors and copies beside a running server or without one; exit code 1 when something is wrong. */
export const verifyCommand = async (options: VerifyCommandOptions, say: Say): Promise<0 | 1 | 2> => {
  if (options.export !== undefined) return checkExport(options.export, options);
  const config = configFromEnvironment();
  const store = await openEventsToRead(config, systemClock());
  const copies = copiesFor(config, options.anchors);
  try {
    if (options.stream !== undefined) return await oneStream(store, options.stream, copies, say);
    const verdict = await wholeStore(store, config, { ...options, copies }, say);
    for (const line of storeLines(verdict, {
      now: systemClock().now(),
      copiesIn: copies?.where,
      ownFolder: config.dataDir,
    }))
      say(line);
    return verdict.ok ? 0 : 1;
  } catch (error) {
    if (error instanceof CheckpointError) throw new CliError(error.message);
    throw error;
  } finally {
    await store.close();
  }
};

/** The checker that goes along with every export, from this installation and not from the file that is doubted. */
const checkExport = (file: string, { key }: VerifyCommandOptions): 0 | 1 | 2 => {
  const words = [VERIFIER, resolve(file), ...(key?.[0] === undefined ? [] : ['--key', key[0]])];
  return (spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 2) as 0 | 1 | 2;
};

const copiesFor = ({ anchors }: Config, folder: string | undefined): AnchorCopies | undefined => {
  if (folder !== undefined && !existsSync(folder)) throw new CliError(`there is no folder ${folder}`);
  const place = folder ?? anchors.folder;
  return existsSync(place) ? copiesInFolder(resolve(place)) : undefined;
};

const oneStream = async (
  store: EventStore,
  stream: string,
  copies: AnchorCopies | undefined,
  say: Say,
): Promise<0 | 1> => {
  const evidence = await verifyOneStream(store, stream, copies ? { copies } : {});
  if (evidence.ok && evidence.chain.events === 0) throw new CliError(`there is no stream ${stream}`);
  for (const line of streamLines(evidence)) say(line);
  return evidence.ok ? 0 : 1;
};

const wholeStore = async (
  store: MovableStore,
  config: Config,
  { checkpoint, key, copies }: VerifyCommandOptions & { readonly copies: AnchorCopies | undefined },
  say: Say,
): Promise<EvidenceVerdict> => {
  const state: VerifyState = (checkpoint === undefined ? undefined : await loadCheckpoint(checkpoint, store.meta)) ?? {
    links: new Map(),
    events: 0,
  };
  if (state.events > 0)
    say(`going on behind ${state.events} events that were checked before and are not looked at again (${checkpoint})`);
  // Positions of a server don't count events.
  const bar = progressBar('events', config.eventStoreDb === undefined ? sizeOf(await store.head()) : 0);
  const onProgress = ({ events }: { readonly events: number }) => bar.at(events);
  const trustedKeys = key ?? ownKey(config);
  const standing = standingOf(await store.notes());
  const all = { state, onProgress, trustedKeys, standing, ...(copies ? { copies } : {}) };
  try {
    if (checkpoint === undefined) return await verifyEvidence(store, all);
    const verdict = await inSlices(store, all, () => saveCheckpoint(checkpoint, store.meta, state));
    if (verdict.ok) await saveCheckpoint(checkpoint, store.meta, state);
    return verdict;
  } finally {
    bar.stop();
  }
};

/** Stops now and then to put the check away; Ctrl-C ends it with what was reached kept. */
const inSlices = async (
  store: EventStore,
  options: Parameters<typeof verifyEvidence>[1] & object,
  putAway: () => Promise<void>,
): Promise<EvidenceVerdict> => {
  const stopped = new AbortController();
  const stop = () => stopped.abort(new CliError('stopped; the same command goes on from here'));
  process.once('SIGINT', stop);
  try {
    for (;;) {
      const slice = AbortSignal.timeout(SLICE_MS);
      try {
        return await verifyEvidence(store, { ...options, signal: AbortSignal.any([stopped.signal, slice]) });
      } catch (error) {
        if (!slice.aborted && !stopped.signal.aborted) throw error;
        await putAway();
        stopped.signal.throwIfAborted();
      }
    }
  } finally {
    process.removeListener('SIGINT', stop);
  }
};

/** The key at hand on this machine; where it lies elsewhere, `--key` names it. */
const ownKey = ({ anchors }: Config): readonly string[] => {
  try {
    const key = keyFile(anchors.keyFile).current();
    return key ? [key.keyId] : [];
  } catch {
    return [];
  }
};

const sizeOf = (head: string | undefined): number => Number(head?.slice(-20) ?? 0);
