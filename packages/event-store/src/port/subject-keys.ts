import type { SubjectId } from '@aftercare/domain/kernel';

/**
 * Keys of data subjects: random, 32 bytes, wrapped by the master key where they rest. An erased subject's key is a
 * tombstone and is never issued again (architecture §8).
 */
export interface SubjectKeys {
  /** The subjects' keys, made where there is none; durable before it resolves. 'erased' for a tombstone. */
  ensure(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Uint8Array | 'erased'>>;
  /** The key, 'erased' for a tombstone, undefined when none was ever made. */
  find(subject: SubjectId): Promise<Uint8Array | 'erased' | undefined>;
  /** Destroys the key for ever. */
  erase(subject: SubjectId): Promise<void>;
  close(): Promise<void>;
}
