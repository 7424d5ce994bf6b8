import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { storedHash } from '../codec/hash-chain';
import type { StoredEvent } from '../port/event-store';
import { isAnchorStream } from './anchor-stream';
import { MerkleTree, type Digest, type InclusionProof } from './merkle';

/** Where a stream stood. */
export interface StreamHead {
  readonly stream: string;
  readonly revision: number;
  readonly hash: Digest;
}

/** The text whose digest is a stream's leaf. */
export const leafText = ({ stream, revision, hash: head }: StreamHead): string => `${stream}\n${revision}\n${head}`;

/** What a leaf tree says of one stream. */
export interface AnchoredStream {
  readonly revision: number;
  readonly proof: InclusionProof;
}

/** The streams that moved between two settlings, by place in the tree, and a digest over their new leaves. */
export interface Moved {
  readonly places: Uint32Array;
  readonly digest: Digest;
}

/** The log does not go on where it stood: nothing may be anchored on it. */
export class BrokenHeadError extends Error {
  override readonly name = 'BrokenHeadError';
}

const SIZE = 32;
/** So many leaves take a few milliseconds. */
const CHUNK = 2_048;
const SHARDS = 256;

/**
 * The head of every stream, folded from the log in its global order, with a Merkle tree over them. A stream's place in
 * the tree is its first appearance in the log, so a copy of the store in the same order has the same root. Anchors have
 * streams of their own and are not part of it.
 *
 * Folding goes on at any time; the tree stays as it was at the last `settle`, so that proofs belong to one anchor.
 * Not in here, because nothing but hashes is compared: whether the bytes are those that were hashed (`verify`).
 */
export class HeadIndex {
  /** Streams folded. */
  streams = 0;
  /** Events folded. */
  events = 0;
  /** Many small maps: growing one of a million entries stops everything else for a tenth of a second. */
  readonly #places: Map<string, number>[] = Array.from({ length: SHARDS }, () => new Map<string, number>());
  readonly #names: string[] = [];
  #revisions = new Int32Array(64);
  #settledRevisions = new Int32Array(64);
  #hashes = Buffer.alloc(64 * SIZE);
  #isMoved = new Uint8Array(64);
  #moved: number[] = [];
  readonly #tree = new MerkleTree();

  /** Takes an event of the log in. Throws `BrokenHeadError` when it does not follow its stream's last one. */
  fold(event: StoredEvent): void {
    const { stream, revision, metadata } = event;
    if (isAnchorStream(stream)) return;
    const place = this.#placeOf(stream);
    const due = this.#revisions[place]! + 1;
    const head = storedHash(metadata);
    if (revision !== due) throw new BrokenHeadError(`${stream}: revision ${due} is missing`);
    if (head === undefined) throw new BrokenHeadError(`${stream}: revision ${revision} does not end in a hash`);
    this.#revisions[place] = revision;
    this.#hashes.write(head, place * SIZE, 'hex');
    this.events += 1;
    if (this.#isMoved[place]) return;
    this.#isMoved[place] = 1;
    this.#moved.push(place);
  }

  /** Takes in where a stream stood when an earlier check was put away; in the order of their first appearance. */
  seed({ stream, revision, hash: head }: StreamHead): void {
    if (isAnchorStream(stream)) return;
    const place = this.#placeOf(stream);
    this.#revisions[place] = revision;
    this.#hashes.write(head, place * SIZE, 'hex');
    this.events += revision + 1;
    this.#isMoved[place] = 1;
    this.#moved.push(place);
  }

  /** Brings the tree to what is folded, in steps. Nothing may be folded meanwhile. */
  async settle(): Promise<Moved> {
    const places = Uint32Array.from(this.#moved).sort();
    this.#moved = [];
    const leaves = Buffer.alloc(places.length * SIZE);
    for (let n = 0; n < places.length; n += 1) {
      const place = places[n]!;
      const leaf = hash('sha256', `\x00${leafText(this.head(place))}`, 'binary');
      this.#tree.set(place, leaf);
      leaves.write(leaf, n * SIZE, 'binary');
      this.#isMoved[place] = 0;
      this.#settledRevisions[place] = this.#revisions[place]!;
      if (n % CHUNK === CHUNK - 1) await setImmediate();
    }
    await this.#tree.settle(places);
    return { places, digest: hash('sha256', leaves, 'hex') };
  }

  /** Of the last settling; undefined before anything was settled. */
  root(): Digest | undefined {
    return this.#tree.root();
  }

  /** Where a stream stood at the last settling; undefined when it wasn't there. */
  anchored(stream: string): AnchoredStream | undefined {
    const place = this.#shard(stream).get(stream);
    if (place === undefined || place >= this.#tree.size) return undefined;
    return { revision: this.#settledRevisions[place]!, proof: this.#tree.proof(place) };
  }

  /** Where a stream stands now; undefined for one that never was. */
  headOf(stream: string): StreamHead | undefined {
    const place = this.#shard(stream).get(stream);
    return place === undefined ? undefined : this.head(place);
  }

  /** Where the stream at a place of the tree stands now. */
  head(place: number): StreamHead {
    return {
      stream: this.#names[place]!,
      revision: this.#revisions[place]!,
      hash: this.#hashes.toString('hex', place * SIZE, (place + 1) * SIZE),
    };
  }

  #placeOf(stream: string): number {
    const shard = this.#shard(stream);
    const known = shard.get(stream);
    if (known !== undefined) return known;
    const place = this.streams;
    if (place === this.#revisions.length) this.#grow();
    shard.set(stream, place);
    this.#names.push(stream);
    this.#revisions[place] = -1;
    this.streams += 1;
    return place;
  }

  /** The last two digits of a uuid spread evenly. */
  #shard(stream: string): Map<string, number> {
    const end = stream.length;
    return this.#places[(stream.charCodeAt(end - 1) * 31 + stream.charCodeAt(end - 2)) % SHARDS]!;
  }

  #grow(): void {
    const size = this.#revisions.length * 2;
    const revisions = new Int32Array(size);
    revisions.set(this.#revisions);
    this.#revisions = revisions;
    const settled = new Int32Array(size);
    settled.set(this.#settledRevisions);
    this.#settledRevisions = settled;
    const moved = new Uint8Array(size);
    moved.set(this.#isMoved);
    this.#isMoved = moved;
    const hashes = Buffer.alloc(size * SIZE);
    this.#hashes.copy(hashes);
    this.#hashes = hashes;
  }
}
