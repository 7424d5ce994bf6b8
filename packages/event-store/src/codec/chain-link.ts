import { millisOf } from '@aftercare/domain/kernel';
import type { EncodedEvent } from '../port/event-store';
import { GENESIS, hashOf, memberOf, storedHash, withoutHash } from './hash-chain';

/** Where a stream's chain stands after one of its events. */
export interface ChainLink {
  readonly revision: number;
  readonly hash: string;
  /** Milliseconds: a text cut from the metadata would keep all of it in memory. */
  readonly recordedAt: number;
}

/**
 * Hangs `event` onto the chain of its stream; `before` is the link of the previous event, undefined at the start.
 * Returns the next link, or in words what does not fit.
 */
export const nextLink = (event: EncodedEvent, before: ChainLink | undefined): ChainLink | string => {
  const due = before === undefined ? 0 : before.revision + 1;
  if (event.revision !== due) return `revision ${due} is missing`;
  const stored = storedHash(event.metadata);
  if (stored === undefined) return 'its metadata does not end in a hash';
  const metadata = withoutHash(event.metadata);
  const prev = before?.hash ?? GENESIS;
  const hash = hashOf(event, metadata, prev);
  if (memberOf(metadata, 'prev') !== prev) return 'it does not name the event before it';
  if (hash !== stored) return 'its bytes are not those that were hashed';
  const recordedAt = millisOf(memberOf(metadata, 'recordedAt') ?? '');
  if (Number.isNaN(recordedAt)) return 'it does not say when it was recorded';
  if (before !== undefined && recordedAt < before.recordedAt) return 'it was recorded before the event before it';
  return { revision: event.revision, hash, recordedAt };
};
