import type { Clock } from '../port/clock';
import type { Bridge, BridgeHead, MovableStore } from '../port/movable-store';
import { standingOf } from '../port/movable-store';
import { verifyStore } from '../verify/verify';
import { bridgeText, headsDigest, type SignBridge } from './bridge';
import { CopyRefusedError } from './copy-refused';
import { compareInLockstep } from './lockstep';
import { admitPair } from './pair';
import { phaseOf, type CopyProgress } from './remaining';
import { readHeads } from './stream-heads';
import { transfer } from './transfer';

export interface CopyOptions {
  readonly clock: Clock;
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Stops with the signal's reason; the same call goes on later. */
  readonly signal?: AbortSignal;
  /** Signs the bridge; absent: it is recorded unsigned. */
  readonly sign?: SignBridge;
}

export interface CopyReport {
  readonly events: number;
  readonly streams: number;
  /** Events that an earlier, interrupted copy had brought already. */
  readonly resumedAfter: number;
  readonly bridge: Bridge;
  /** True: it was finished before, nothing was done. */
  readonly repeated: boolean;
}

/**
 * Copies a store into an empty one of the same lineage: seals the source, appends every event in the source's order with
 * its bytes, compares both from the first event to the last and every stream's head, and records the bridge in both.
 * Ended at any point (also by `kill -9`) the same call goes on where it was. Throws `CopyRefusedError`.
 *
 * The caller sees to it that nobody else writes to the source, and that consumers with side effects stand at its head.
 */
export const copyStore = async (
  source: MovableStore,
  target: MovableStore,
  options: CopyOptions,
): Promise<CopyReport> => {
  const { clock, onProgress: tell, signal } = options;
  const telling = tell === undefined ? { clock } : { clock, tell };
  const finished = await admitPair(source, target);
  if (finished) return finish(source, finished, clock);
  const verdict = await verifyStore(source, {
    ...(signal ? { signal } : {}),
    onProgress: ({ events }) => tell?.({ phase: 'checking', done: events }),
  });
  if (!verdict.ok) {
    const { stream, revision, reason } = verdict.firstBad!;
    throw new CopyRefusedError('SOURCE_BROKEN', `the source is broken at ${stream} revision ${revision}: ${reason}`);
  }
  const now = () => clock.now();
  if (standingOf(await target.notes()).fillingFrom === undefined)
    await target.note({ note: 'filling-began', storeId: source.meta.storeId, at: now() });
  if (standingOf(await source.notes()).sealedFor === undefined)
    await source.note({ note: 'sealed', storeId: target.meta.storeId, at: now() });

  const total = verdict.events;
  const before = await compareInLockstep(source, target, { signal });
  const copying = phaseOf('copying', { ...telling, total });
  copying(before.events);
  await transfer(source, target, {
    after: before.sourceAt,
    signal,
    onEvents: (copied) => copying(before.events + copied),
  });

  const agreed = await compareInLockstep(source, target, {
    signal,
    onEvents: phaseOf('comparing', { ...telling, total }),
  });
  if (!agreed.whole) throw new CopyRefusedError('DIFFERENT', 'the source went on while it was copied: copy again');
  const streams = agreed.heads.size;
  const heads = await readHeads(target, agreed.heads.keys(), {
    signal,
    onStreams: phaseOf('heads', { ...telling, total: streams }),
  });
  const side = (store: MovableStore, position: string | undefined, digest: string): BridgeHead => ({
    storeId: store.meta.storeId,
    position: position ?? '',
    events: agreed.events,
    streams,
    headsDigest: digest,
  });
  const unsigned: Bridge = {
    format: 'aftercare/bridge/1',
    lineageId: source.meta.lineageId,
    from: side(source, agreed.sourceAt, headsDigest(agreed.heads)),
    to: side(target, agreed.targetAt, headsDigest(heads)),
    at: now(),
  };
  if (unsigned.from.headsDigest !== unsigned.to.headsDigest)
    throw new CopyRefusedError('DIFFERENT', "the target's streams do not end as those of the source");
  const bridge = options.sign ? { ...unsigned, signature: await options.sign(bridgeText(unsigned)) } : unsigned;
  await target.note({ note: 'filled', bridge, at: now() });
  await source.note({ note: 'moved', bridge, at: now() });
  return { events: agreed.events, streams, resumedAfter: before.events, bridge, repeated: false };
};

/** The target knows that it is whole; the source may not have heard of it, or come back from an older backup. */
const finish = async (source: MovableStore, bridge: Bridge, clock: Clock): Promise<CopyReport> => {
  if (((await source.head()) ?? '') !== bridge.from.position)
    throw new CopyRefusedError(
      'DIFFERENT',
      `the target was filled from this store when its head was ${bridge.from.position}; it has another head now`,
    );
  if (standingOf(await source.notes()).sealedFor === undefined)
    await source.note({ note: 'sealed', storeId: bridge.to.storeId, at: clock.now() });
  if (standingOf(await source.notes()).movedTo === undefined)
    await source.note({ note: 'moved', bridge, at: clock.now() });
  const { events, streams } = bridge.to;
  return { events, streams, resumedAfter: events, bridge, repeated: true };
};

/** Gives an unfinished copy up: the source takes events again. The target stays unusable; throw it away. */
export const giveUpCopy = async (source: MovableStore, clock: Pick<Clock, 'now'>): Promise<void> => {
  const { sealedFor, movedTo } = standingOf(await source.notes());
  if (movedTo !== undefined)
    throw new CopyRefusedError(
      'FINISHED',
      `the copy into store ${movedTo.to.storeId} is finished and may have gone on: two stores of one lineage must not both be written to`,
    );
  if (sealedFor === undefined) throw new CopyRefusedError('NOT_BEGUN', 'the store is not sealed: it takes events');
  await source.note({ note: 'unsealed', at: clock.now() });
};
