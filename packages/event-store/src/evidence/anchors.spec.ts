import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleNoted, sampleOpened } from '../../testing/sample';
import { newStream, SampleWriter } from '../../testing/sample-writer';
import { temporaryFolder } from '../../testing/temporary-folder';
import { SimulatedClock } from '../clock/simulated-clock';
import { createMemoryStore } from '../memory/memory-store';
import { copiesInFolder } from './anchor-copies';
import { anchorStream } from './anchor-stream';
import { Anchors } from './anchors';
import { leafText } from './head-index';
import { digestOf, isReplacement, keysInLine, LedgerCheck, type LedgerEntry } from './ledger';
import { leafDigest, rootOf } from './merkle';
import { keyFile, keyInMemory, newSigningKey } from './signing-key';
import { verifyEvidence } from './verify-evidence';

const clock = new SimulatedClock();
const folder = temporaryFolder();
afterAll(() => folder.remove());
let count = 0;
const place = () => join(folder.path, String((count += 1)));

const filled = async (streams = 3) => {
  const store = createMemoryStore({ clock });
  const writer = new SampleWriter(store);
  const names = Array.from({ length: streams }, newStream);
  for (const [n, stream] of names.entries()) await writer.write(stream, [sampleOpened(n)]);
  return { store, writer, names };
};

describe('taking anchors', () => {
  it('puts the first key and the anchor into a stream of their own, which no anchor covers', async () => {
    const { store, names } = await filled();
    const anchors = new Anchors({ store, clock, key: keyInMemory() });
    const { anchor } = await anchors.take();
    expect(anchor).toMatchObject({ number: 1, streams: 3, events: 3, moved: 3, previousRoot: '0'.repeat(64) });
    const again = await anchors.take();
    expect(again.anchor).toMatchObject({ number: 2, streams: 3, events: 3, moved: 0, root: anchor.root });
    const { events } = await store.read(anchorStream(store.meta.lineageId));
    expect(events.map(({ type }) => type)).toEqual([
      'anchor.KeyIntroduced',
      'anchor.AnchorTaken',
      'anchor.AnchorTaken',
    ]);
    expect(names).toHaveLength(3);
  });

  it('proves where each stream stood at the last anchor, also while the log goes on', async () => {
    const { store, writer, names } = await filled(7);
    const anchors = new Anchors({ store, clock, key: keyInMemory() });
    expect(await anchors.proofs(names)).toBeUndefined();
    const { anchor } = await anchors.take();
    await writer.write(names[2]!, [sampleNoted('later')]);
    await writer.write(newStream(), [sampleOpened()]);
    await anchors.follow();
    expect(await anchors.pending()).toBe(2);
    const proven = (await anchors.proofs([...names, 'sample-unknown']))!;
    expect(proven.heads.map(({ stream }) => stream)).toEqual(names);
    for (const { stream, revision, proof } of proven.heads) {
      const [event] = (await store.read(stream, { from: revision, limit: 1 })).events;
      const { hash } = JSON.parse(event!.metadata) as { hash: string };
      expect(revision).toBe(0);
      expect(proof.size).toBe(anchor.streams);
      expect(rootOf(leafDigest(leafText({ stream, revision, hash })), proof)).toBe(anchor.root);
    }
  });

  it('goes on after a restart from what the store holds', async () => {
    const { store, writer, names } = await filled();
    const key = keyInMemory();
    await new Anchors({ store, clock, key }).take();
    await writer.write(names[0]!, [sampleNoted()]);
    const { anchor } = await new Anchors({ store, clock, key }).take();
    expect(anchor).toMatchObject({ number: 2, events: 4, moved: 1 });
    expect(await verifyEvidence(store)).toMatchObject({ ok: true, anchors: 2, notAnchored: 0 });
  });

  it('takes one at a time, whoever asks', async () => {
    const { store } = await filled();
    const anchors = new Anchors({ store, clock, key: keyInMemory() });
    const taken = await Promise.all([anchors.take(), anchors.rotate(), anchors.take(), anchors.follow()]);
    expect([taken[0].anchor.number, taken[1].key.number, taken[2].anchor.number]).toEqual([1, 2, 3]);
    expect((await verifyEvidence(store)).ok).toBe(true);
  });

  it('goes on behind an anchor that another process took meanwhile', async () => {
    const { store, writer, names } = await filled();
    const key = keyInMemory();
    const [one, other] = [new Anchors({ store, clock, key }), new Anchors({ store, clock, key })];
    await one.take();
    await other.take();
    await writer.write(names[0]!, [sampleNoted()]);
    expect((await one.take()).anchor).toMatchObject({ number: 3, moved: 1 });
    expect((await verifyEvidence(store)).ok).toBe(true);
  });

  it('refuses to anchor an empty store', async () => {
    const anchors = new Anchors({ store: createMemoryStore({ clock }), clock, key: keyInMemory() });
    await expect(anchors.take()).rejects.toThrow(/nothing to anchor/);
  });
});

describe('the signing key', () => {
  it('lies in a file that only its owner can read', async () => {
    const path = join(place(), 'anchor.key');
    const { store } = await filled();
    await new Anchors({ store, clock, key: keyFile(path) }).take();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  it('is followed by another that the old one signs in; afterwards the old one signs nothing', async () => {
    const path = join(place(), 'anchor.key');
    const { store } = await filled();
    const anchors = new Anchors({ store, clock, key: keyFile(path) });
    const first = await anchors.take();
    const old = readFileSync(path);
    const { key } = await anchors.rotate();
    const second = await anchors.take();
    expect(key.signedBy).toBe(first.anchor.keyId);
    expect(second.anchor.keyId).toBe(key.keyId);
    expect((await anchors.keys()).map(({ keyId }) => keyId)).toEqual([first.anchor.keyId, key.keyId]);
    expect(readFileSync(path).equals(old)).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await verifyEvidence(store, { trustedKeys: [first.anchor.keyId] })).toMatchObject({ ok: true, anchors: 2 });

    writeFileSync(path, old);
    await expect(new Anchors({ store, clock, key: keyFile(path) }).take()).rejects.toThrow(
      /signing key at hand is another/,
    );
  });

  it('is taken into use when the process ended in the middle of a rotation', async () => {
    const path = join(place(), 'anchor.key');
    const { store } = await filled();
    const anchors = new Anchors({ store, clock, key: keyFile(path) });
    await anchors.take();
    const old = readFileSync(path);
    await anchors.rotate();
    // As it was between the ledger and the file.
    renameSync(path, `${path}.next`);
    writeFileSync(path, old, { mode: 0o600 });
    await new Anchors({ store, clock, key: keyFile(path) }).take();
    expect(existsSync(`${path}.next`)).toBe(false);
    expect((await verifyEvidence(store)).ok).toBe(true);
  });

  it('is not replaced in silence when it is lost or no key', async () => {
    const path = join(place(), 'anchor.key');
    const { store } = await filled();
    await new Anchors({ store, clock, key: keyFile(path) }).take();
    await expect(new Anchors({ store, clock, key: keyFile(`${path}.gone`) }).take()).rejects.toThrow(
      /there is no signing key/,
    );
    writeFileSync(path, 'not a key');
    await expect(new Anchors({ store, clock, key: keyFile(path) }).take()).rejects.toThrow(
      /holds no Ed25519 private key/,
    );
  });
});

describe('a signing key that is lost', () => {
  const lost = async () => {
    const path = join(place(), 'anchor.key');
    const { store, writer } = await filled();
    const copies = copiesInFolder(place());
    const anchors = new Anchors({ store, clock, key: keyFile(path), copies });
    const { anchor } = await anchors.take();
    rmSync(path);
    return { path, store, writer, copies, anchors, first: anchor };
  };

  it('is replaced by one that signs itself in; the anchors go on, and whoever verifies is told', async () => {
    const { path, store, writer, copies, anchors, first } = await lost();
    await expect(anchors.take()).rejects.toThrow(/there is no signing key: .* or replace it if it is lost/);
    const { key } = await anchors.replace(first.keyId.slice(0, 16));
    expect(key).toMatchObject({ number: 2, signedBy: key.keyId });
    await writer.write(newStream(), [sampleOpened()]);
    const { anchor } = await anchors.take();
    expect(anchor).toMatchObject({ keyId: key.keyId, previousRoot: first.root, number: 3 });
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const verdict = await verifyEvidence(store, { copies, trustedKeys: [key.keyId] });
    expect(verdict).toMatchObject({ ok: true, anchors: 2, copies: 4 });
    expect(verdict.keys.filter(isReplacement)).toEqual([key]);
    expect(keysInLine(verdict.keys)).toEqual([key]);
    const rotated = (await anchors.rotate()).key;
    expect(keysInLine(await anchors.keys())).toEqual([key, rotated]);
  });

  it('vouches for nothing that follows: who knows only the lost one is not told that all is well', async () => {
    const { store, anchors, first } = await lost();
    const { key } = await anchors.replace(first.keyId);
    await anchors.take();
    const { ok, bad } = await verifyEvidence(store, { trustedKeys: [first.keyId] });
    expect([ok, bad]).toEqual([
      false,
      {
        code: 'KEY_UNKNOWN',
        message: expect.stringMatching(
          new RegExp(
            `^from entry 2 of .* signed with key ${key.keyId.slice(0, 16)}, which follows without the signature`,
          ),
        ) as string,
      },
    ]);
  });

  it('is not replaced by mistake: when it is at hand, when another is named, over another key, before there is one', async () => {
    const { path, store, anchors, first } = await lost();
    await expect(anchors.replace('f'.repeat(64))).rejects.toThrow(/not the one that is said to be lost/);
    await expect(anchors.replace(first.keyId.slice(0, 15))).rejects.toThrow(/not the one that is said to be lost/);
    const other = keyFile(path);
    other.prepareNext();
    other.promoteNext();
    await expect(anchors.replace(first.keyId)).rejects.toThrow(/another key, [0-9a-f]{16}, lies where .* put it aside/);
    expect(existsSync(path)).toBe(true);
    rmSync(path);
    const { key } = await anchors.replace(first.keyId);
    await expect(anchors.replace(key.keyId)).rejects.toThrow(/is at hand and not lost: rotate it/);
    expect((await new Anchors({ store, clock, key: keyFile(path) }).take()).anchor.keyId).toBe(key.keyId);
    const empty = (await filled()).store;
    await expect(new Anchors({ store: empty, clock, key: keyInMemory() }).replace(first.keyId)).rejects.toThrow(
      /no key was introduced yet/,
    );
  });

  it('is not replaced on a history that no longer leads to what was anchored, nor behind newer copies', async () => {
    const { store, copies, path, first } = await lost();
    store.contents.events.shift();
    const anchors = new Anchors({ store, clock, key: keyFile(path), copies });
    await expect(anchors.replace(first.keyId)).rejects.toThrow(/events were deleted/);
  });

  it('is taken into use when the process ended in the middle of it', async () => {
    const { path, anchors, store, first } = await lost();
    const { key } = await anchors.replace(first.keyId);
    renameSync(path, `${path}.next`);
    const again = new Anchors({ store, clock, key: keyFile(path) });
    await expect(again.replace(key.keyId)).rejects.toThrow(/is at hand/);
    expect((await again.take()).anchor.keyId).toBe(key.keyId);
  });

  it('comes back as no key: a retired one that signs itself in is found', async () => {
    const { anchors, first, store } = await lost();
    const { key } = await anchors.replace(first.keyId);
    const [entry] = await anchors.keys();
    const check = new LedgerCheck(store.meta.lineageId);
    for (const one of await anchors.entriesFrom(0)) expect(check.next(one)).toBeUndefined();
    const last = check.last!;
    const forged = {
      ...entry!,
      number: last.number + 1,
      previous: digestOf(last),
      time: last.time,
      signedBy: entry!.keyId,
    };
    expect(check.next(forged)).toMatch(/had been introduced before/);
    expect(check.next({ ...forged, keyId: key.keyId, publicKey: key.publicKey, signedBy: key.keyId })).toMatch(
      /had been introduced before/,
    );
  });
});

describe('copies of the ledger', () => {
  it('hold each entry in a file of its own, an anchor with the heads that moved', async () => {
    const { store, writer, names } = await filled();
    const copies = copiesInFolder(place());
    const anchors = new Anchors({ store, clock, key: keyInMemory(), copies });
    await anchors.take();
    await writer.write(names[1]!, [sampleNoted()]);
    await anchors.take();
    expect(readdirSync(copies.where)).toEqual(['anchor-00000001.jsonl', 'anchor-00000002.jsonl', 'key-00000000.jsonl']);
    const read = [];
    for await (const copy of copies.read()) read.push(copy);
    expect(read.map(({ entry }) => entry.number)).toEqual([0, 1, 2]);
    expect(read[1]!.heads!.map(({ stream }) => stream)).toEqual(names);
    expect(read[2]!.heads).toMatchObject([{ stream: names[1], revision: 1 }]);
  });

  it('are caught up when their place could not be reached for a while; anchors go on meanwhile', async () => {
    const { store } = await filled();
    const where = place();
    writeFileSync(where, 'a file where the folder should be');
    const anchors = new Anchors({ store, clock, key: keyInMemory(), copies: copiesInFolder(where) });
    expect((await anchors.take()).copyFault).toBeDefined();
    renameSync(where, `${where}.away`);
    expect((await anchors.take()).copyFault).toBeUndefined();
    expect(readdirSync(where)).toHaveLength(3);
    expect(await verifyEvidence(store, { copies: copiesInFolder(where) })).toMatchObject({ ok: true, copies: 3 });
  });

  it('that were changed are refused', async () => {
    const { store } = await filled();
    const copies = copiesInFolder(place());
    await new Anchors({ store, clock, key: keyInMemory(), copies }).take();
    const file = join(copies.where, 'anchor-00000001.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/",0,"/, '",1,"'));
    expect((await verifyEvidence(store, { copies })).bad).toMatchObject({
      code: 'COPY_UNREADABLE',
      message: expect.stringMatching(/other stream heads than its anchor was signed over/),
    });
  });
});

describe('the ledger', () => {
  const entries = async () => {
    const { store } = await filled();
    const anchors = new Anchors({ store, clock, key: keyInMemory() });
    await anchors.take();
    await anchors.rotate();
    await anchors.take();
    return { lineageId: store.meta.lineageId, all: await anchors.entriesFrom(0) };
  };
  const judged = (lineageId: string, all: readonly LedgerEntry[]) => {
    const check = new LedgerCheck(lineageId);
    return all.map((entry) => check.next(entry)).find((problem) => problem !== undefined);
  };

  it('says of each entry what does not fit', async () => {
    const { lineageId, all } = await entries();
    const [key, anchor, next, last] = all as readonly [LedgerEntry, LedgerEntry, LedgerEntry, LedgerEntry];
    expect(judged(lineageId, all)).toBeUndefined();
    expect(judged('another', all)).toMatch(/another lineage/);
    expect(judged(lineageId, [anchor])).toMatch(/entry 0 of the ledger is missing/);
    expect(judged(lineageId, [key, next])).toMatch(/entry 1 of the ledger is missing/);
    expect(judged(lineageId, [key, { ...anchor, previous: 'f'.repeat(64) }])).toMatch(/does not follow/);
    expect(judged(lineageId, [key, { ...anchor, time: '2020-01-01T00:00:00.000Z' }])).toMatch(/older than/);
    expect(judged(lineageId, [{ ...key, time: '2020-01-01T00:00:00.000Z' }])).toMatch(/does not carry the signature/);
    expect(judged(lineageId, [{ ...key, keyId: 'f'.repeat(64) }])).toMatch(
      /public key is not the one that its id names/,
    );
    expect(judged(lineageId, [key, anchor, next, { ...last, keyId: key.keyId }])).toMatch(/had been retired/);
    expect(judged(lineageId, [key, { ...anchor, keyId: newSigningKey().keyId }])).toMatch(/nobody introduced/);
  });
});
