import type { StoreMeta } from '../port/event-store';
import { standingOf, type Bridge, type MovableStore } from '../port/movable-store';
import { CopyRefusedError } from './copy-refused';

/**
 * May this store be copied into that one? Throws `CopyRefusedError`. Returns the bridge when it has been done already,
 * to the last note but one.
 */
export const admitPair = async (source: MovableStore, target: MovableStore): Promise<Bridge | undefined> => {
  checkMeta(source.meta, target.meta);
  const [from, to] = [source.meta, target.meta];
  const there = standingOf(await target.notes());
  if (there.filledFrom?.from.storeId === from.storeId) return there.filledFrom;
  const here = standingOf(await source.notes());
  if (here.sealedFor !== undefined && here.sealedFor !== to.storeId)
    throw new CopyRefusedError(
      'SEALED_FOR_ANOTHER',
      `the source is sealed for store ${here.sealedFor}: finish that copy, or give it up with copy --unseal`,
    );
  if (there.sealedFor !== undefined)
    throw new CopyRefusedError('TARGET_NOT_EMPTY', 'the target is sealed: it was copied into another store itself');
  if (there.fillingFrom !== undefined && there.fillingFrom !== from.storeId)
    throw new CopyRefusedError('TARGET_NOT_EMPTY', `the target is being filled from store ${there.fillingFrom}`);
  if (there.fillingFrom === undefined && (await target.head()) !== undefined)
    throw new CopyRefusedError('TARGET_NOT_EMPTY', 'the target holds events of its own: copy into an empty store');
  return undefined;
};

const checkMeta = (from: StoreMeta, to: StoreMeta): void => {
  if (from.storeId === to.storeId) throw new CopyRefusedError('SAME_STORE', 'source and target are the same store');
  if (from.lineageId !== to.lineageId)
    throw new CopyRefusedError('OTHER_LINEAGE', 'the target belongs to another lineage of events');
  if (from.simulated !== to.simulated)
    throw new CopyRefusedError('SIMULATED', 'one store was written under a simulated clock, the other was not');
};
