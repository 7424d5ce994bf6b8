import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { leafText, type StreamHead } from './head-index';
import type { LedgerEntry } from './ledger';

/** An entry as it was copied: with the heads that moved, where they were at hand when it was written. */
export interface AnchorCopy {
  readonly entry: LedgerEntry;
  readonly heads?: readonly StreamHead[];
}

/** Where the ledger is copied to: a place that whoever holds database and key can't change. */
export interface AnchorCopies {
  /** Number of the newest copy; undefined when there is none. */
  newest(): Promise<number | undefined>;
  write(entry: LedgerEntry, heads?: Iterable<StreamHead>): Promise<void>;
  /** The copies in order of their numbers. */
  read(): AsyncIterable<AnchorCopy>;
  /** For messages. */
  readonly where: string;
}

/** A copy can't be read, or holds other heads than its anchor was signed over. */
export class BadCopyError extends Error {
  override readonly name = 'BadCopyError';
}

const NAME = /^(?:key|anchor)-(\d{8})\.jsonl$/;
const nameOf = ({ kind, number }: LedgerEntry): string => `${kind}-${String(number).padStart(8, '0')}.jsonl`;
/** So many lines are written between two turns of others. */
const CHUNK = 1_000;

/**
 * One file per entry: its first line is the entry, the lines behind it are the heads that moved, `[stream, revision,
 * hash]`. A file is never changed once it has its name, so the folder may lie on a medium that is written once.
 */
export const copiesInFolder = (folder: string): AnchorCopies => ({
  where: folder,
  newest: async () => {
    const numbers = (await namesIn(folder)).map(numberOf);
    return numbers.length === 0 ? undefined : Math.max(...numbers.slice(-1));
  },
  write: async (entry, heads = []) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, nameOf(entry));
    const file = createWriteStream(`${path}.part`, { mode: 0o600, flush: true });
    const done = once(file, 'close');
    for (const text of chunks(entry, heads)) {
      if (!file.write(text)) await Promise.race([once(file, 'drain'), done]);
      else await setImmediate();
    }
    file.end();
    await done;
    await rename(`${path}.part`, path);
  },
  read: async function* () {
    for (const name of await namesIn(folder)) yield readCopy(join(folder, name));
  },
});

const namesIn = async (folder: string): Promise<string[]> => {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).filter((name) => NAME.test(name)).sort((a, b) => numberOf(a) - numberOf(b));
};

const numberOf = (name: string): number => Number(NAME.exec(name)![1]);

function* chunks(entry: LedgerEntry, heads: Iterable<StreamHead>): Generator<string> {
  let text = `${JSON.stringify(entry)}\n`;
  let count = 0;
  for (const { stream, revision, hash: head } of heads) {
    text += `["${stream}",${revision},"${head}"]\n`;
    count += 1;
    if (count % CHUNK > 0) continue;
    yield text;
    text = '';
  }
  yield text;
}

const readCopy = async (path: string): Promise<AnchorCopy> => {
  let entry: LedgerEntry | undefined;
  const heads: StreamHead[] = [];
  const leaves = [];
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (entry === undefined) entry = JSON.parse(line) as LedgerEntry;
      else if (line !== '') {
        const [stream, revision, head] = JSON.parse(line) as [string, number, string];
        heads.push({ stream, revision, hash: head });
        leaves.push(hash('sha256', `\x00${leafText(heads.at(-1)!)}`, 'binary'));
      }
    }
  } catch (cause) {
    throw new BadCopyError(`${path} can't be read as the copy of an anchor`, { cause });
  }
  if (entry === undefined) throw new BadCopyError(`${path} is empty`);
  if (heads.length === 0) return { entry };
  const digest = hash('sha256', Buffer.from(leaves.join(''), 'binary'), 'hex');
  if (entry.kind !== 'anchor' || digest !== entry.movedDigest)
    throw new BadCopyError(`${path} lists other stream heads than its anchor was signed over`);
  return { entry, heads };
};
