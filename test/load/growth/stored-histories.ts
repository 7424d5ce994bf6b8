import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { platformRegistry } from '@aftercare/api';
import { policiesV1, processManagers } from '@aftercare/domain';
import { readModels } from '@aftercare/projections';
import { writeHistory, type History } from './large-history';

/** How many events each store holds; `empty` has what a first start writes and one customer. */
const SIZES = { large: 1_000_000, small: 10_000, empty: 0 } as const;
export type Size = keyof typeof SIZES;

/** A complete data directory with read models at the head, and what was put into it. */
export interface StoredHistory extends History {
  readonly dataDir: string;
}

const cache = join(__dirname, '..', '..', '..', '.cache', 'bench');
/** Changed by hand when `large-history.ts` writes something else. */
const MAKING = 1;

/** The store of this size: from the cache, or made now, which takes minutes for the large one. */
export const storedHistory = async (size: Size): Promise<StoredHistory> => {
  const folder = join(cache, `${size}-${shapeOfStores()}`);
  if (!existsSync(folder)) await make(size, folder);
  const history = JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8')) as History;
  return { ...history, dataDir: join(folder, 'data') };
};

/** Thrown away, to be made again at the next run. */
export const forgetHistory = ({ dataDir }: StoredHistory): void =>
  rmSync(join(dataDir, '..'), { recursive: true, force: true });

const FILES = ['events.db', 'keys.db', 'views.db', 'master.key', 'token.key'];
let copies = 0;

/**
 * A copy to write into, so that the cached one stays what it is. It is on disk when this returns: nothing is left to be
 * flushed while somebody measures.
 */
export const copyOf = (history: StoredHistory): StoredHistory & { remove(): void } => {
  const dataDir = join(cache, `copy-${process.pid}-${(copies += 1)}`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  for (const file of FILES) {
    const copy = join(dataDir, file);
    copyFileSync(join(history.dataDir, file), copy, constants.COPYFILE_FICLONE);
    const opened = openSync(copy, 'r+');
    fsyncSync(opened);
    closeSync(opened);
  }
  return { ...history, dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
};

/**
 * Asks the system to forget what it holds of the files in memory, so that the next read comes from the disk. False:
 * there is no such means here.
 */
export const forgetPages = ({ dataDir }: StoredHistory): boolean =>
  readdirSync(dataDir)
    .filter((name) => /\.db(-wal)?$/.test(name))
    .every((name) => spawnSync('dd', [`if=${join(dataDir, name)}`, 'iflag=nocache', 'count=0']).status === 0);

const make = async (size: Size, folder: string): Promise<void> => {
  removeLeftovers();
  const building = `${folder}.building-${process.pid}`;
  const finished = join(building, 'data');
  mkdirSync(finished, { recursive: true, mode: 0o700 });
  const dataDir = placeInMemory() ?? finished;
  const began = performance.now();
  const say = (line: string) =>
    process.stderr.write(`  ${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s: ${line}\n`);
  process.stderr.write(
    `  making a store of ${SIZES[size]} events${size === 'large' ? ', once: 5 to 10 minutes' : ''}\n`,
  );
  const history = await writeHistory(dataDir, SIZES[size], size === 'large' ? say : undefined);
  if (dataDir !== finished) {
    cpSync(dataDir, finished, { recursive: true });
    rmSync(dataDir, { recursive: true });
  }
  writeFileSync(join(building, 'history.json'), JSON.stringify(history));
  // Whole or not there at all.
  renameSync(building, folder);
  for (const name of readdirSync(cache))
    if (name.startsWith(`${size}-`) && !name.includes('.building') && !folder.endsWith(name))
      rmSync(join(cache, name), { recursive: true });
};

/** Needed while the large store is made, with room for the log of both databases. */
const MOST_BYTES = 4e9;

/**
 * A folder in memory where the system has one with room, because nobody waits for a disk there; what is made is the same.
 * Undefined: made on the disk.
 */
const placeInMemory = (): string | undefined => {
  if (!existsSync(MEMORY) || freemem() < 2 * MOST_BYTES) return undefined;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < MOST_BYTES
    ? undefined
    : mkdtempSync(join(MEMORY, `aftercare-bench.building-${process.pid}-`));
};
const MEMORY = '/dev/shm';

/** What an interrupted run left behind. */
const removeLeftovers = (): void => {
  mkdirSync(cache, { recursive: true });
  for (const place of [cache, MEMORY].filter(existsSync))
    for (const name of readdirSync(place)) {
      const owner = /(?:\.building|^copy)-(\d+)/.exec(name)?.[1];
      if (owner !== undefined && !isRunning(Number(owner))) rmSync(join(place, name), { recursive: true });
    }
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/**
 * Names everything that a stored history depends on: event types with their versions and fields, shipped policies, read
 * models with columns and indexes, processes. A store of another shape would be upgraded while it is measured.
 */
const shapeOfStores = (): string => {
  const events = platformRegistry().aggregates.map(({ aggregate, events: types }) => [aggregate, types]);
  const models = readModels.map(({ projector: { name, version }, columns, indexes }) => [
    [name, version],
    Object.keys(columns),
    indexes,
  ]);
  const processes = processManagers(() => policiesV1).map(({ name, version }) => [name, version]);
  return createHash('sha256')
    .update(JSON.stringify([MAKING, SIZES, events, policiesV1, models, processes]))
    .digest('hex')
    .slice(0, 12);
};
