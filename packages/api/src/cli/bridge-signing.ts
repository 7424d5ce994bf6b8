import {
  Anchors,
  bridgeSigner,
  keyFile,
  keyInMemory,
  short,
  SigningKeyError,
  systemClock,
  wrongSignature,
  type CopyReport,
  type EventStore,
  type KeyEntry,
  type SignBridge,
} from '@aftercare/event-store';

/** A bridge recorded in the store is not the one that was signed. */
export class BadBridgeError extends Error {
  override readonly name = 'BadBridgeError';
}

/** Who signs the bridge of a copy, or why nobody does. */
export interface BridgeSigning {
  readonly sign?: SignBridge;
  readonly because?: string;
}

type Ledger = Pick<EventStore, 'meta' | 'read' | 'readAll' | 'append'>;

/**
 * The key that signs a store's anchors signs its bridge as well. Looked at before anything is moved; makes no key, because
 * the copied store is sealed and could not introduce it. Throws `AnchorRefusedError` where the store no longer holds what
 * was anchored.
 */
export const signingFor = async (source: Ledger, keyPath: string): Promise<BridgeSigning> => {
  const introduced = (await keysOf(source)).at(-1);
  if (!introduced) return { because: 'no key was ever made: the first anchor makes it (`anchor now`)' };
  const place = keyFile(keyPath);
  const isAtHand = [readable(() => place.current()), readable(() => place.next())].includes(introduced.keyId);
  if (!isAtHand) return { because: `${keyPath} does not hold key ${short(introduced.keyId)}, which signs the anchors` };
  const anchors = new Anchors({ store: source, clock: systemClock(), key: place });
  await anchors.newest();
  return { sign: bridgeSigner(anchors) };
};

/** What became of the bridge, its signature checked with the keys in the copied store. Throws `BadBridgeError`. */
export const bridgeLine = async (
  { bridge }: Pick<CopyReport, 'bridge'>,
  target: Ledger,
  { because }: BridgeSigning,
): Promise<string> => {
  const wrong = wrongSignature(bridge, await keysOf(target));
  if (wrong !== undefined) throw new BadBridgeError(`the bridge between the two stores does not hold: ${wrong}`);
  if (bridge.signature)
    return `bridge recorded in both, signed with ${bridge.signature.keyId}; the signature was checked`;
  const why = because === undefined ? '' : ` (${because})`;
  return `bridge recorded in both, unsigned${why}: write both lines down where nobody can change them`;
};

const keysOf = async (store: Ledger): Promise<readonly KeyEntry[]> => {
  const anchors = new Anchors({ store, clock: systemClock(), key: keyInMemory() });
  // Keys come whatever the number; no anchor is this high.
  const entries = await anchors.entriesFrom(Number.MAX_SAFE_INTEGER);
  return entries.filter((entry) => entry.kind === 'key');
};

/** A file that holds no key is as good as none: what it holds is not repeated. */
const readable = (load: () => { readonly keyId: string } | undefined): string | undefined => {
  try {
    return load()?.keyId;
  } catch (error) {
    if (error instanceof SigningKeyError) return undefined;
    throw error;
  }
};
