import { bridgeText, type SignBridge } from '../copy/bridge';
import type { Bridge } from '../port/movable-store';
import type { Anchors } from './anchors';
import { short, type KeyEntry } from './ledger';
import { isSigned } from './signing-key';

const ALGORITHM = 'ed25519';

/** The text that is signed. Its first line keeps it from being taken for an anchor, a key or anything else. */
const bridgeStatement = (text: string, keyId: string): string => ['aftercare bridge/1', keyId, text].join('\n');

/** Signs bridges with the key that signs the anchors. */
export const bridgeSigner =
  (anchors: Pick<Anchors, 'sign'>): SignBridge =>
  async (text) => {
    const { keyId, signature } = await anchors.sign((id) => bridgeStatement(text, id));
    return { algorithm: ALGORITHM, keyId, value: signature };
  };

/**
 * In words what is wrong with a bridge's signature; undefined when it holds, or when there is none.
 *
 * @param keys of the store's ledger, the first one first
 */
export const wrongSignature = (bridge: Bridge, keys: readonly KeyEntry[]): string | undefined => {
  const { signature } = bridge;
  if (!signature) return undefined;
  const { algorithm, keyId, value } = signature;
  if (algorithm !== ALGORITHM) return `it is signed by another algorithm (${algorithm}) than ${ALGORITHM}`;
  const place = keys.findIndex((key) => key.keyId === keyId);
  const key = keys[place];
  if (!key) return `it is signed with key ${short(keyId)}, which nobody introduced`;
  const next = keys[place + 1];
  // The private half is gone with its successor: a later signature was made with a copy of it.
  if (next && next.time < bridge.at) return `it is signed with key ${short(keyId)}, which had been retired`;
  return isSigned(bridgeStatement(bridgeText(bridge), keyId), value, key.publicKey)
    ? undefined
    : `it does not carry the signature of key ${short(keyId)}: it was altered or replaced`;
};
