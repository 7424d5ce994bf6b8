import { leafDigest, MerkleTree, nodeDigest, rootOf } from './merkle';

/** RFC 6962 as it is defined: split at the largest power of two below the size. */
const byDefinition = (leaves: readonly string[]): string => {
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeDigest(byDefinition(leaves.slice(0, split)), byDefinition(leaves.slice(split)));
};

const leaves = (count: number, salt = '') => Array.from({ length: count }, (_, n) => leafDigest(`${salt}${n}`));

const raw = (digest: string) => Buffer.from(digest, 'hex').toString('binary');

const treeOf = async (all: readonly string[]) => {
  const tree = new MerkleTree();
  all.forEach((leaf, index) => tree.set(index, raw(leaf)));
  await tree.settle(Uint32Array.from(all.keys()));
  return tree;
};

describe('the Merkle tree', () => {
  it('knows the published digests of RFC 6962: the empty leaf and a node differ from plain SHA-256', () => {
    expect(leafDigest('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(nodeDigest(leafDigest(''), leafDigest('\x00'))).toBe(
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    );
  });

  it('has the root that the definition gives, for every size', async () => {
    for (let count = 1; count <= 70; count += 1)
      expect((await treeOf(leaves(count))).root()).toBe(byDefinition(leaves(count)));
  });

  it('has the same root when leaves come one by one and change later', async () => {
    const tree = new MerkleTree();
    const now: string[] = [];
    for (let step = 0; step < 200; step += 1) {
      const added = leafDigest(`added ${step}`);
      const changed = leafDigest(`changed ${step}`);
      const at = (step * 7) % (now.length + 1);
      tree.set(now.length, raw(added));
      now.push(added);
      tree.set(at, raw(changed));
      now[at] = changed;
      await tree.settle(Uint32Array.from([at, step]).sort());
      expect(tree.root()).toBe(byDefinition(now));
    }
  });

  it('proves each leaf, and nothing else, at its place', async () => {
    for (const count of [1, 2, 3, 6, 7, 8, 33]) {
      const all = leaves(count);
      const tree = await treeOf(all);
      for (const [index, leaf] of all.entries()) {
        const proof = tree.proof(index);
        expect(rootOf(leaf, proof)).toBe(tree.root());
        expect(rootOf(leafDigest('another'), proof)).not.toBe(tree.root());
        if (count > 1) expect(rootOf(leaf, { ...proof, index: (index + 1) % count })).not.toBe(tree.root());
        expect(rootOf(leaf, { ...proof, path: [...proof.path, leaf] })).toBeUndefined();
        expect(rootOf(leaf, { ...proof, index: count })).toBeUndefined();
      }
    }
  });

  it('has no root without leaves and refuses a gap', () => {
    const tree = new MerkleTree();
    expect(tree.root()).toBeUndefined();
    expect(() => tree.set(1, raw(leafDigest('x')))).toThrow(/left out/);
  });
});
