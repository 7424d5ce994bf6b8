import { MAX_APPEND_BYTES, MAX_APPEND_EVENTS } from '../adapter/limits';
import { memberOf } from '../codec/hash-chain';
import type { EncodedEvent, EventStore, Head, Position, StoredEvent } from '../port/event-store';
import { StoreBusyError } from '../port/event-store';
import type { MovableStore } from '../port/movable-store';
import { appendForSure } from '../runner/append-for-sure';
import { setTimeout } from 'node:timers/promises';
import { CopyRefusedError } from './copy-refused';

/** One append of the copy: events of one stream that stand next to each other in the source. */
interface Portion {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
}

export interface TransferOptions {
  /** Position in the source behind which to go on. */
  readonly after: Position | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Events copied by this call so far. */
  readonly onEvents?: (events: number) => void;
}

/** Half of what an append queue takes in. */
const MAX_ROUND_BYTES = 8_000_000;

const PAUSE_MS = 500;

/**
 * Appends what stands behind `after` in the source's order, the bytes as they are: the chain is kept because nothing is
 * encoded again. Ended at any point, the target holds a beginning of the source and nothing else. Returns how many
 * events were copied.
 */
export const transfer = async (
  source: Pick<EventStore, 'readAll'>,
  target: MovableStore,
  { after: start, signal, onEvents }: TransferOptions,
): Promise<number> => {
  let copied = 0;
  for (let after = start; ;) {
    signal?.throwIfAborted();
    const page = await source.readAll({ limit: 1_000, ...(after === undefined ? {} : { after }) });
    for (const round of roundsOf(portionsOf(page.events), target.appendsInOrder)) {
      signal?.throwIfAborted();
      await allWritten(round.map((portion) => write(target, portion)));
      copied += round.reduce((sum, { events }) => sum + events.length, 0);
      onEvents?.(copied);
    }
    if (page.end) return copied;
    after = page.upTo;
  }
};

/** As `Promise.all`, but nothing is under way any more when it throws: whoever resumes must see all that was written. */
const allWritten = async (writes: readonly Promise<void>[]): Promise<void> => {
  for (const outcome of await Promise.allSettled(writes)) if (outcome.status === 'rejected') throw outcome.reason;
};

/** Neighbours of one stream travel together, as they were probably written; no more than an append may hold. */
export const portionsOf = (events: readonly StoredEvent[]): readonly Portion[] => {
  const portions: { stream: string; events: EncodedEvent[]; bytes: number }[] = [];
  for (const { position: _, storedAt: __, ...event } of events) {
    const bytes = bytesOf(event);
    const last = portions.at(-1);
    const fits = last && last.events.length < MAX_APPEND_EVENTS && last.bytes + bytes <= MAX_APPEND_BYTES;
    if (fits && last.stream === event.stream) {
      last.events.push(event);
      last.bytes += bytes;
    } else portions.push({ stream: event.stream, events: [event], bytes });
  }
  return portions;
};

/** What is sent at once: in the order of the source, and no more than the target takes and keeps in order. */
const roundsOf = (portions: readonly Portion[], atOnce: number): readonly (readonly Portion[])[] => {
  const rounds: Portion[][] = [];
  let bytes = 0;
  for (const portion of portions) {
    const size = portion.events.reduce((sum, event) => sum + bytesOf(event), 0);
    const last = rounds.at(-1);
    if (last && last.length < atOnce && bytes + size <= MAX_ROUND_BYTES) {
      last.push(portion);
      bytes += size;
    } else {
      rounds.push([portion]);
      bytes = size;
    }
  }
  return rounds;
};

const bytesOf = (event: EncodedEvent): number => Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);

const write = async (target: MovableStore, { stream, events }: Portion): Promise<void> => {
  const expected = headBefore(events[0]!);
  for (let tries = 0; ; tries += 1) {
    try {
      const result = await appendForSure(target, stream, events, expected);
      if (result.status !== 'conflict') return;
    } catch (error) {
      // A busy server is waited for: half a minute, then whoever copies has to look.
      if (!(error instanceof StoreBusyError) || tries > 60) throw error;
      await setTimeout(PAUSE_MS);
      continue;
    }
    throw new CopyRefusedError('DIFFERENT', `the target holds other events in ${stream}: somebody wrote to it`);
  }
};

/** Where the stream stood before an event, as the event itself says. */
const headBefore = ({ revision, metadata }: EncodedEvent): Head =>
  revision === 0
    ? 'none'
    : {
        revision: revision - 1,
        hash: memberOf(metadata, 'prev') ?? '',
        recordedAt: memberOf(metadata, 'recordedAt') ?? '',
      };
