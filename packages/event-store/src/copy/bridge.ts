import { createHash } from 'node:crypto';
import { canonicalJson } from '../codec/canonical-json';
import type { Bridge } from '../port/movable-store';

/** Where each stream of a store stands, by name. */
export type StreamHeads = ReadonlyMap<string, { readonly revision: number; readonly hash: string }>;

/** SHA-256 over one line `name ⇥ revision ⇥ hash` for each stream, in order of the names; hex. */
export const headsDigest = (heads: StreamHeads): string => {
  const digest = createHash('sha256');
  for (const stream of [...heads.keys()].sort()) {
    const { revision, hash } = heads.get(stream)!;
    digest.update(`${stream}\t${revision}\t${hash}\n`);
  }
  return digest.digest('hex');
};

/** Everything of a bridge but its signature, canonical. */
export const bridgeText = ({ signature: _, ...bridge }: Bridge): string => canonicalJson({ ...bridge });

/** Signs `bridgeText`; who holds a key passes one to the copy. */
export type SignBridge = (text: string) => Promise<NonNullable<Bridge['signature']>>;
