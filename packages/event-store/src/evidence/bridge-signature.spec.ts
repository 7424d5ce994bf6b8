import { sampleNoted, sampleOpened } from '../../testing/sample';
import { newStream, SampleWriter } from '../../testing/sample-writer';
import { SimulatedClock } from '../clock/simulated-clock';
import { copyStore } from '../copy/index';
import { createMemoryStore, type MemoryEventStore } from '../memory/memory-store';
import { standingOf, type Bridge, type StoreNote } from '../port/movable-store';
import { Anchors } from './anchors';
import { bridgeSigner, wrongSignature } from './bridge-signature';
import { keyInMemory } from './signing-key';
import { verifyEvidence, type EvidenceOptions } from './verify-evidence';

const LINEAGE = '7b1c0a52-0000-4000-8000-000000000001';
const HOUR = 3_600_000;

describe('SECTION 10 the bridge between a store and its copy', () => {
  const clock = new SimulatedClock();
  let source: MemoryEventStore;
  let target: MemoryEventStore;
  let anchors: Anchors;
  let writer: SampleWriter;

  beforeEach(async () => {
    source = createMemoryStore({ clock, lineageId: LINEAGE });
    target = createMemoryStore({ clock, lineageId: LINEAGE });
    writer = new SampleWriter(source);
    for (let n = 0; n < 5; n += 1) await writer.write(newStream(), [sampleOpened(n), sampleNoted()]);
    anchors = new Anchors({ store: source, clock, key: keyInMemory() });
    await anchors.take();
    await writer.write(newStream(), [sampleOpened(9)]);
  });

  const copied = async (signed = true): Promise<Bridge> => {
    const { bridge } = await copyStore(source, target, { clock, ...(signed ? { sign: bridgeSigner(anchors) } : {}) });
    return bridge;
  };
  const verified = async (store: MemoryEventStore, options: EvidenceOptions = {}) =>
    verifyEvidence(store, { standing: standingOf(await store.notes()), ...options });
  /** Somebody changes what a note of the store says. */
  const changed = (store: MemoryEventStore, change: (bridge: Bridge) => Bridge): MemoryEventStore => {
    const notes = (store.contents.notes ?? []).map((note): StoreNote =>
      'bridge' in note ? { ...note, bridge: change(note.bridge) } : note,
    );
    return createMemoryStore({ clock, contents: { ...store.contents, notes }, moving: true });
  };

  it('is signed with the key of the anchors, and both sides verify, also when the copy has gone on', async () => {
    const bridge = await copied();
    expect(bridge.signature).toMatchObject({ algorithm: 'ed25519', keyId: (await anchors.keys())[0]!.keyId });
    expect(await verified(source)).toMatchObject({ ok: true, bridges: [{ side: 'from', compared: true, bridge }] });
    await new SampleWriter(target).write(newStream(), [sampleOpened(10)]);
    expect(await verified(target)).toMatchObject({ ok: true, bridges: [{ side: 'to', compared: true, bridge }] });
    expect(await verified(target, { pageSize: 2 })).toMatchObject({ ok: true, bridges: [{ compared: true }] });
  });

  it('is recorded unsigned where nobody signs, and still held against the events', async () => {
    const bridge = await copied(false);
    expect(bridge).not.toHaveProperty('signature');
    expect(await verified(target)).toMatchObject({ ok: true, bridges: [{ compared: true }] });
    const forged = changed(target, (one) => {
      const headsDigest = 'f'.repeat(64);
      return { ...one, from: { ...one.from, headsDigest }, to: { ...one.to, headsDigest } };
    });
    expect((await verified(forged)).bad).toMatchObject({
      code: 'BRIDGE_DIFFERS',
      message: expect.stringMatching(
        /^the bridge of .* was made over something else than the first \d+ events/,
      ) as string,
    });
  });

  it.each<[string, (bridge: Bridge) => Bridge, RegExp]>([
    ['its time', (bridge) => ({ ...bridge, at: '2020-01-01T00:00:00.000Z' }), /does not carry the signature of key/],
    [
      'its digests',
      ({ from, to, ...rest }) => {
        const headsDigest = 'f'.repeat(64);
        return { ...rest, from: { ...from, headsDigest }, to: { ...to, headsDigest } };
      },
      /does not carry the signature of key/,
    ],
    [
      'one side',
      ({ from, ...rest }) => ({ ...rest, from: { ...from, events: 3 } }),
      /names different events on its two/,
    ],
    [
      'the store it came from',
      ({ from, ...rest }) => ({ ...rest, from: { ...from, storeId: 'another' } }),
      /does not carry the signature of key/,
    ],
    ['this store', ({ to, ...rest }) => ({ ...rest, to: { ...to, storeId: 'another' } }), /names another store/],
    ['its lineage', (bridge) => ({ ...bridge, lineageId: 'another' }), /belongs to another lineage/],
    [
      'its key',
      (bridge) => ({ ...bridge, signature: { ...bridge.signature!, keyId: 'a'.repeat(64) } }),
      /signed with key a{16}, which nobody introduced/,
    ],
    [
      'its algorithm',
      (bridge) => ({ ...bridge, signature: { ...bridge.signature!, algorithm: 'none' } }),
      /signed by another algorithm \(none\)/,
    ],
  ])('says so when somebody changed %s', async (_, change, message) => {
    await copied();
    expect((await verified(changed(target, change))).bad).toMatchObject({
      code: 'BRIDGE_ALTERED',
      message: expect.stringMatching(message) as string,
    });
  });

  it('shows events that were deleted from the copy, as long as no anchor says more', async () => {
    await copied();
    target.contents.events.pop();
    const { bad } = await verified(createMemoryStore({ clock, contents: target.contents }));
    expect(bad).toMatchObject({ code: 'BRIDGE_DIFFERS', message: expect.stringMatching(/were deleted$/) as string });
  });

  it('is not signed by a key that had been retired by then', async () => {
    const bridge = await copied();
    const [first] = await anchors.keys();
    const successor = (time: string) => ({ ...first!, number: 5, time, keyId: 'b'.repeat(64) });
    const later = new Date(Date.parse(bridge.at) + HOUR).toISOString();
    const earlier = new Date(Date.parse(bridge.at) - HOUR).toISOString();
    expect(wrongSignature(bridge, [first!, successor(later)])).toBeUndefined();
    expect(wrongSignature(bridge, [first!, successor(earlier)])).toMatch(/which had been retired/);
  });

  it('is not compared again behind a check that was put away', async () => {
    await copied();
    const state = { links: new Map(), events: 0 };
    expect((await verified(target, { state })).bridges).toMatchObject([{ compared: true }]);
    await new SampleWriter(target).write(newStream(), [sampleOpened(10)]);
    await verified(target, { state });
    expect(await verified(target, { state })).toMatchObject({ ok: true, bridges: [{ compared: false }] });
  });
});
