import { storedHash } from '../codec/hash-chain';
import type { EventStore, StoredEvent } from '../port/event-store';
import { verifyStream, type Verdict, type VerifyOptions } from '../verify/verify';
import { compared } from './anchor-comparison';
import { BadCopyError, type AnchorCopies } from './anchor-copies';
import { diagnose } from './diagnose';
import type { Finding } from './finding';
import type { StreamHead } from './head-index';

/** What one stream's events prove. */
export interface StreamEvidence {
  readonly ok: boolean;
  readonly chain: Verdict;
  readonly bad?: Finding;
  /** Where signed lists last saw the stream; undefined when no copies were given or none lists it. */
  readonly anchored?: StreamHead & { readonly anchor: number };
}

/**
 * Checks one stream's chain and, with copies of the anchors at hand, that it still holds what they saw. Without copies a
 * cut end isn't seen: for that the heads of all streams are needed (`verifyEvidence`).
 */
export const verifyOneStream = async (
  store: Pick<EventStore, 'read'>,
  stream: string,
  options: VerifyOptions & { readonly copies?: AnchorCopies } = {},
): Promise<StreamEvidence> => {
  let page: readonly StoredEvent[] = [];
  const read: EventStore['read'] = async (name, wanted) => {
    const found = await store.read(name, wanted);
    page = found.events;
    return found;
  };
  const chain = await verifyStream({ read }, stream, options);
  const links = await linkBefore(store, stream, chain);
  if (chain.firstBad) return { ok: false, chain, bad: await diagnose(chain.firstBad, page, links) };
  try {
    const anchored = options.copies && (await lastSeen(stream, options.copies));
    const bad = anchored && (await against(store, anchored));
    return {
      ok: !bad,
      chain,
      ...(bad ? { bad: { ...bad, anchor: anchored.anchor } } : {}),
      ...(anchored ? { anchored } : {}),
    };
  } catch (error) {
    if (error instanceof BadCopyError)
      return { ok: false, chain, bad: { code: 'COPY_UNREADABLE', message: error.message } };
    throw error;
  }
};

/** The link of the last good event, which the diagnosis goes on from. */
const linkBefore = async (store: Pick<EventStore, 'read'>, stream: string, { firstBad, events }: Verdict) => {
  if (!firstBad || events === 0) return new Map<string, never>();
  const [last] = (await store.read(stream, { from: events - 1, limit: 1 })).events;
  return new Map(
    last ? [[stream, { revision: last.revision, hash: storedHash(last.metadata) ?? '', recordedAt: 0 }]] : [],
  );
};

const lastSeen = async (stream: string, copies: AnchorCopies) => {
  let seen: (StreamHead & { readonly anchor: number }) | undefined;
  for await (const { entry, heads } of copies.read()) {
    const head = heads?.find((one) => one.stream === stream);
    if (head) seen = { ...head, anchor: entry.number };
  }
  return seen;
};

/** The stream may have grown since: what stood there then must stand there now. */
const against = async (store: Pick<EventStore, 'read'>, seen: StreamHead): Promise<Finding | undefined> => {
  const { events, head } = await store.read(seen.stream, { from: seen.revision, limit: 1 });
  if (head === 'none') return compared(seen, undefined);
  const then = events[0];
  return compared(
    seen,
    then
      ? { stream: seen.stream, revision: then.revision, hash: storedHash(then.metadata) ?? '' }
      : { stream: seen.stream, revision: head.revision, hash: head.hash },
  );
};
