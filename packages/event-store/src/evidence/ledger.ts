import { GENESIS, sha256 } from '../codec/hash-chain';
import type { Digest } from './merkle';
import { fingerprintOf, isSigned, type SigningKey } from './signing-key';

/** What keys and anchors have in common; one ledger numbers both. */
interface Entry {
  /** From 0, without a gap. */
  readonly number: number;
  readonly lineageId: string;
  /** `digestOf` the entry before; 64 zeros in the first. */
  readonly previous: Digest;
  readonly time: string;
  readonly keyId: Digest;
  /** Ed25519 over `statementOf`, base64. */
  readonly signature: string;
}

/** A public key that signs from here on. */
export interface KeyEntry extends Entry {
  readonly kind: 'key';
  /** SPKI in DER, base64; `keyId` is its SHA-256. */
  readonly publicKey: string;
  /** Id of the key whose signature this entry carries: the one before it, or itself for the first and where that was lost. */
  readonly signedBy: Digest;
}

/** All stream heads up to `position` under one root. */
export interface AnchorEntry extends Entry {
  readonly kind: 'anchor';
  /** The last event covered; opaque, of the store it was taken on. */
  readonly position: string;
  /** Root of the anchor before; 64 zeros in the first. */
  readonly previousRoot: Digest;
  readonly root: Digest;
  /** Streams covered: the leaves of the tree. */
  readonly streams: number;
  /** Events covered, anchor streams left out: the same place in a copy of the store. */
  readonly events: number;
  /** Streams that moved since the anchor before, and the SHA-256 over their leaves in the tree's order. */
  readonly moved: number;
  readonly movedDigest: Digest;
}

/** A key that nobody signed in but itself, because the one before it was lost: nothing but the ledger's order binds it. */
export const isReplacement = ({ number, keyId, signedBy }: KeyEntry): boolean => number > 0 && signedBy === keyId;

/** The keys that signatures bind to the one that signs now: from the last replacement on, the first one first. */
export const keysInLine = (keys: readonly KeyEntry[]): readonly KeyEntry[] =>
  keys.slice(Math.max(0, keys.map(isReplacement).lastIndexOf(true)));

export type LedgerEntry = KeyEntry | AnchorEntry;
export type Unsigned<E extends LedgerEntry> = Omit<E, 'signature'>;

/** The text that is signed. Its first line keeps it from being taken for anything else. */
export const statementOf = (entry: Unsigned<KeyEntry> | Unsigned<AnchorEntry>): string =>
  entry.kind === 'key'
    ? lines('aftercare signing key/1', entry, [entry.publicKey, entry.signedBy])
    : lines('aftercare anchor/1', entry, [
        entry.position,
        entry.previousRoot,
        entry.root,
        entry.streams,
        entry.events,
        entry.moved,
        entry.movedDigest,
      ]);

const lines = (title: string, entry: Omit<Entry, 'signature'>, rest: readonly (string | number)[]): string =>
  [title, entry.lineageId, entry.number, entry.previous, entry.time, entry.keyId, ...rest].join('\n');

/** The entry with the key's signature over its statement. */
export const signed = <E extends Unsigned<KeyEntry> | Unsigned<AnchorEntry>>(
  key: SigningKey,
  entry: E,
): E & { readonly signature: string } => ({ ...entry, signature: key.sign(statementOf(entry)) });

/** What the next entry names as its predecessor. */
export const digestOf = (entry: LedgerEntry): Digest => sha256(`${statementOf(entry)}\n${entry.signature}`);

/** Follows a ledger from its first entry and says what doesn't fit. */
export class LedgerCheck {
  readonly keys: KeyEntry[] = [];
  readonly #lineageId: string;
  #last: LedgerEntry | undefined;
  #anchor: AnchorEntry | undefined;

  constructor(lineageId: string) {
    this.#lineageId = lineageId;
  }

  get last(): LedgerEntry | undefined {
    return this.#last;
  }

  get lastAnchor(): AnchorEntry | undefined {
    return this.#anchor;
  }

  /** In words what is wrong with the next entry; undefined when it fits, and then it counts. */
  next(entry: LedgerEntry): string | undefined {
    const problem = this.#place(entry) ?? this.#signature(entry) ?? this.#contents(entry);
    if (problem !== undefined) return problem;
    this.#last = entry;
    if (entry.kind === 'key') this.keys.push(entry);
    else this.#anchor = entry;
    return undefined;
  }

  #place(entry: LedgerEntry): string | undefined {
    if (entry.lineageId !== this.#lineageId) return 'it belongs to another lineage of events';
    const due = this.#last === undefined ? 0 : this.#last.number + 1;
    if (entry.number !== due) return `entry ${due} of the ledger is missing before it`;
    const previous = this.#last === undefined ? GENESIS : digestOf(this.#last);
    if (entry.previous !== previous) return 'it does not follow the entry before it: one of the two was replaced';
    if (this.#last !== undefined && entry.time < this.#last.time) return 'it is older than the entry before it';
    return undefined;
  }

  #signature(entry: LedgerEntry): string | undefined {
    const inForce = this.keys.at(-1);
    if (entry.kind === 'key' && fingerprintOf(entry.publicKey) !== entry.keyId)
      return 'its public key is not the one that its id names';
    const signer = entry.kind === 'key' ? entry.signedBy : entry.keyId;
    const isItself = entry.kind === 'key' && entry.signedBy === entry.keyId;
    if (isItself && this.keys.some(({ keyId }) => keyId === entry.keyId))
      return `key ${short(signer)} had been introduced before`;
    const key = isItself ? entry : inForce;
    if (!key) return 'no key was introduced before it';
    if (signer !== key.keyId)
      return this.keys.some(({ keyId }) => keyId === signer)
        ? `it was signed with key ${short(signer)}, which had been retired`
        : `it was signed with key ${short(signer)}, which nobody introduced`;
    return isSigned(statementOf(entry), entry.signature, key.publicKey)
      ? undefined
      : `it does not carry the signature of key ${short(signer)}: it was altered or replaced`;
  }

  #contents(entry: LedgerEntry): string | undefined {
    if (entry.kind === 'key') return undefined;
    if (entry.previousRoot !== (this.#anchor?.root ?? GENESIS))
      return 'it does not name the root of the anchor before it';
    if (this.#anchor && (entry.events < this.#anchor.events || entry.streams < this.#anchor.streams))
      return 'it covers less than the anchor before it';
    return undefined;
  }
}

/** Enough of a key's id to tell it from others in a message. */
export const short = (keyId: Digest): string => keyId.slice(0, 16);
