import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import type { ChainLink } from '../codec/chain-link';
import type { StoreMeta } from '../port/event-store';
import type { VerifyState } from '../verify/verify';

const FORMAT = 'aftercare verify checkpoint/1';
const CHUNK = 2_000;

/** The file is no checkpoint, or one of another store. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/**
 * Puts a check of the whole store away: where it stands, and where each stream stood. Whoever can change this file can
 * hide what they changed in the store before that place: it belongs to the one who checks.
 */
export const saveCheckpoint = async (path: string, meta: StoreMeta, state: VerifyState): Promise<void> => {
  const file = createWriteStream(`${path}.part`, { mode: 0o600, flush: true });
  const done = once(file, 'close');
  for (const text of linesOf(meta, state)) {
    if (!file.write(text)) await Promise.race([once(file, 'drain'), done]);
    else await setImmediate();
  }
  file.end();
  await done;
  await rename(`${path}.part`, path);
};

function* linesOf({ storeId }: StoreMeta, { links, events, upTo }: VerifyState): Generator<string> {
  let text = `${JSON.stringify({ format: FORMAT, storeId, events, upTo, streams: links.size })}\n`;
  let count = 0;
  for (const [stream, { revision, hash, recordedAt }] of links) {
    text += `${JSON.stringify([stream, revision, hash, recordedAt])}\n`;
    count += 1;
    if (count % CHUNK > 0) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** What was put away; undefined when there is no such file. Throws `CheckpointError`. */
export const loadCheckpoint = async (path: string, meta: StoreMeta): Promise<VerifyState | undefined> => {
  if (!existsSync(path)) return undefined;
  const links = new Map<string, ChainLink>();
  let head: { format: string; storeId: string; events: number; upTo: string; streams: number } | undefined;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (head === undefined) head = JSON.parse(line) as typeof head;
      else {
        const [stream, revision, hash, recordedAt] = JSON.parse(line) as [string, number, string, number];
        links.set(stream, { revision, hash, recordedAt });
      }
    }
  } catch (cause) {
    throw new CheckpointError(`${path} is no checkpoint of a check`, { cause });
  }
  if (head?.format !== FORMAT || head.streams !== links.size)
    throw new CheckpointError(`${path} is no whole checkpoint of a check`);
  if (head.storeId !== meta.storeId) throw new CheckpointError(`${path} was made for another store`);
  return { links, events: head.events, upTo: head.upTo };
};
