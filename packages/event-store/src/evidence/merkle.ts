import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** Bytes of a SHA-256. */
const SIZE = 32;
/** So many digests take a few milliseconds; then others have their turn. */
const CHUNK = 4_096;

/** Digests are passed about as hex texts and kept as bytes. */
export type Digest = string;

export const sha256Bytes = (bytes: Uint8Array): Digest => hash('sha256', bytes, 'hex');

/**
 * Leaf and node are told apart by their first byte, as in RFC 6962: otherwise a node could be passed off as a leaf that
 * never was.
 */
export const leafDigest = (text: string): Digest => hash('sha256', `\x00${text}`, 'hex');

export const nodeDigest = (left: Digest, right: Digest): Digest =>
  hash('sha256', Buffer.from(`01${left}${right}`, 'hex'), 'hex');

/** Shows that one leaf stands at `index` among `size` leaves under a root: the digests beside its way up. */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly path: readonly Digest[];
}

/** The root that a proof leads to from a leaf; undefined when the proof doesn't fit its own index and size. */
export const rootOf = (leaf: Digest, { index, size, path }: InclusionProof): Digest | undefined => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined;
  let at = index;
  let last = size - 1;
  let digest = leaf;
  for (const beside of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      digest = nodeDigest(beside, digest);
      // A last node without a partner rises unchanged.
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else digest = nodeDigest(digest, beside);
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? digest : undefined;
};

/**
 * A Merkle tree whose leaves are appended and replaced, and which hashes anew only what lies above them. All digests of
 * all levels are kept, 64 bytes a leaf, so that a proof is looked up and not computed.
 */
export class MerkleTree {
  /** From the leaves up; a level has half as many digests as the one below, rounded up. */
  readonly #levels: Level[] = [new Level()];

  get size(): number {
    return this.#levels[0]!.length;
  }

  /** Sets a leaf, `index` at most one behind the last: its digest's bytes as a text of 32 characters. */
  set(index: number, leaf: string): void {
    this.#levels[0]!.set(index, leaf);
  }

  /**
   * Hashes what lies above the leaves that were set, in steps. Nobody may set a leaf or ask for a root meanwhile.
   * @param changed their indexes, ascending
   */
  async settle(changed: Uint32Array<ArrayBuffer>): Promise<void> {
    for (let height = 0; this.#levels[height]!.length > 1; height += 1) changed = await this.#raise(height, changed);
  }

  /** Undefined for a tree without leaves. */
  root(): Digest | undefined {
    return this.size === 0 ? undefined : this.#levels.find(({ length }) => length === 1)!.get(0);
  }

  proof(index: number): InclusionProof {
    const path: Digest[] = [];
    let at = index;
    for (const level of this.#levels) {
      const beside = at ^ 1;
      if (beside < level.length) path.push(level.get(beside));
      at >>= 1;
    }
    return { index, size: this.size, path };
  }

  /** Hashes the parents of the changed digests of one level; returns which they are, in order. */
  async #raise(height: number, changed: Uint32Array<ArrayBuffer>): Promise<Uint32Array<ArrayBuffer>> {
    const below = this.#levels[height]!;
    const above = (this.#levels[height + 1] ??= new Level());
    const parents = new Uint32Array(changed.length);
    let count = 0;
    for (const child of changed) {
      const parent = child >> 1;
      if (count > 0 && parents[count - 1] === parent) continue;
      parents[count++] = parent;
      above.set(parent, below.parentOf(parent * 2));
      if (count % CHUNK === 0) await setImmediate();
    }
    return parents.slice(0, count);
  }
}

/**
 * Before the digests lies room for one pair and the byte that marks a node: a view made for each pair would cost as much
 * as its digest.
 */
const ROOM = 1 + 2 * SIZE;

/** One level's digests behind each other. */
class Level {
  length = 0;
  #bytes = Buffer.alloc(ROOM + 64 * SIZE, 1);
  #pair = this.#bytes.subarray(0, ROOM);

  set(index: number, digest: string): void {
    if (index > this.length) throw new Error(`digest ${index} of ${this.length} can't be set: one is left out`);
    if (index === this.length) {
      this.length += 1;
      if (ROOM + this.length * SIZE > this.#bytes.length) this.#grow();
    }
    this.#bytes.write(digest, ROOM + index * SIZE, 'binary');
  }

  #grow(): void {
    const larger = Buffer.alloc(this.#bytes.length * 2);
    this.#bytes.copy(larger);
    this.#bytes = larger;
    this.#pair = larger.subarray(0, ROOM);
  }

  get(index: number): Digest {
    return this.#bytes.toString('hex', ROOM + index * SIZE, ROOM + (index + 1) * SIZE);
  }

  /** The node above two digests, as `set` takes it; a last digest without a partner rises unchanged. */
  parentOf(left: number): string {
    const at = ROOM + left * SIZE;
    if (left + 1 === this.length) return this.#bytes.toString('binary', at, at + SIZE);
    this.#bytes.copyWithin(1, at, at + 2 * SIZE);
    return hash('sha256', this.#pair, 'binary');
  }
}
