import {
  Anchors,
  createCodec,
  anchorRegistration,
  keyInMemory,
  systemClock,
  verifyEvidence,
  verifyOneStream,
  type StoredEvent,
  type VerifyState,
} from '@aftercare/event-store';
import { temporaryFolder } from '@aftercare/event-store/testing';
import { buildRegistry } from '@aftercare/domain';
import { join } from 'node:path';
import { edited, flipped, forged, inMemory, inSqlite, rowOf, without, written, type History } from './tampering';
import { TAMPERINGS } from './tamperings';

const clock = systemClock();

describe.each([
  ['memory', inMemory],
  ['SQLite', inSqlite],
])('SECTION 3 a history in %s that somebody lays hands on', (_, make) => {
  const folder = temporaryFolder();
  let count = 0;
  let hands: Awaited<ReturnType<typeof make>>;
  let history: History;
  let copies: History['copies'];
  afterAll(() => folder.remove());
  beforeEach(async () => {
    hands = await make();
    count += 1;
    history = await written(hands.store, join(folder.path, String(count)));
    copies = history.copies;
  });
  afterEach(() => hands.dispose());

  const trusted = async () => (await history.anchors.keys()).map(({ keyId }) => keyId);

  it('verifies while nobody has, and tells what no anchor covers yet', async () => {
    const verdict = await verifyEvidence(hands.store, { copies, trustedKeys: await trusted(), pageSize: 4 });
    expect(verdict).toMatchObject({
      ok: true,
      chain: { events: 17 },
      anchors: 2,
      newest: { number: 2, streams: 3, events: 12, moved: 2 },
      notAnchored: 2,
      copies: 3,
      trusted: true,
    });
    expect(verdict.bad).toBeUndefined();
    for (const stream of history.streams)
      expect(await verifyOneStream(hands.store, stream, { copies })).toMatchObject({ ok: true });
  });

  it.each(TAMPERINGS)('finds %s', async (_name, change, code, words) => {
    const store = await hands.tamper((rows) => change(rows, history));
    const { ok, bad } = await verifyEvidence(store, { copies, trustedKeys: await trusted() });
    expect({ ok, code: bad?.code, message: bad?.message }).toEqual({
      ok: false,
      code,
      message: expect.stringMatching(words),
    });
    // Without the copies it is found as well, if not always named.
    const alone = await verifyEvidence(store, { pageSize: 3 });
    expect(alone.ok).toBe(false);
    expect(alone.bad!.code).toBe(code);
  });

  it('finds the same in one stream alone, where a copy of an anchor lists it', async () => {
    const [, b, c] = history.streams;
    const cut = await hands.tamper((rows) => without(rows, [b, 4]));
    expect(await verifyOneStream(cut, b, { copies })).toMatchObject({
      ok: false,
      bad: { code: 'TAIL_DELETED', anchor: 2 },
    });
    expect(await verifyOneStream(cut, b)).toMatchObject({ ok: true });
    expect(await verifyOneStream(cut, c, { copies })).toMatchObject({ ok: true, anchored: { revision: 2, anchor: 1 } });
  });

  it('finds a newest anchor that was deleted only by a copy kept elsewhere, and says how old the newest one is', async () => {
    const store = await hands.tamper((rows) => without(rows, [history.ledger, 2]));
    expect(await verifyEvidence(store)).toMatchObject({ ok: true, newest: { number: 1 }, notAnchored: 5 });
    expect((await verifyEvidence(store, { copies })).bad).toMatchObject({
      code: 'ANCHOR_MISSING',
      message: expect.stringMatching(/holds a copy of anchor 2 .*: the newest anchors were deleted/),
    });
  });

  it('finds an anchor replaced and chained again, because the signature is not the key’s', async () => {
    const store = await hands.tamper((rows) => relabelled(rows, history, { root: 'ab'.repeat(32) }));
    expect((await verifyEvidence(store)).bad).toMatchObject({
      code: 'ANCHOR_ALTERED',
      anchor: 2,
      message: expect.stringMatching(
        /anchor 2 .* does not carry the signature of key [0-9a-f]{16}: it was altered or replaced/,
      ),
    });
  });

  it('finds a whole ledger made anew with another key by the key that is known, or by a copy', async () => {
    const stripped = await hands.tamper((rows) =>
      renumbered(forged(rows, history.streams[2], history.writer).filter(({ stream }) => stream !== history.ledger)),
    );
    const forger = new Anchors({ store: stripped, clock, key: keyInMemory() });
    await forger.take();
    // Alone it looks sound: this is what verify says it can't prove.
    expect(await verifyEvidence(stripped)).toMatchObject({ ok: true, trusted: false });
    expect((await verifyEvidence(stripped, { trustedKeys: await trusted() })).bad).toMatchObject({
      code: 'KEY_UNKNOWN',
      message: expect.stringMatching(/none of which is the key known to be genuine/),
    });
    expect((await verifyEvidence(stripped, { copies })).bad).toMatchObject({ code: 'COPY_DIFFERS' });
  });

  it('finds a ledger that was deleted, where a key or a copy is known', async () => {
    const store = await hands.tamper((rows) => rows.filter(({ stream }) => stream !== history.ledger));
    expect(await verifyEvidence(store)).toMatchObject({ ok: true, anchors: 0, notAnchored: 14 });
    expect((await verifyEvidence(store, { trustedKeys: await trusted() })).bad?.message).toMatch(
      /holds no anchor at all/,
    );
    expect((await verifyEvidence(store, { copies })).bad).toMatchObject({ code: 'ANCHOR_MISSING', anchor: 0 });
  });

  it('anchors nothing on a history that no longer leads to the last anchor', async () => {
    const store = await hands.tamper((rows) => forged(rows, history.streams[2], history.writer));
    const anchors = new Anchors({ store, clock, key: history.key });
    await expect(anchors.take()).rejects.toThrow(/does not hold what anchor 2 was taken over/);
    const cut = await hands.tamper((rows) => rows.slice(0, 9));
    const { key } = history;
    await expect(new Anchors({ store: cut, clock, key, copies }).take()).rejects.toThrow(
      /holds entry 2 of the ledger, the store's ledger ends before it/,
    );
  });

  it('goes on where a check was put away, and finds what is wrong behind that place', async () => {
    const [a] = history.streams;
    const stopped = new AbortController();
    const state: VerifyState = { links: new Map(), events: 0 };
    await expect(
      verifyEvidence(hands.store, {
        state,
        pageSize: 5,
        signal: stopped.signal,
        onProgress: ({ events }) => events >= 10 && stopped.abort(new Error('enough for today')),
      }),
    ).rejects.toThrow('enough for today');
    expect(state.events).toBe(10);
    const copyOf = ({ links, events, upTo }: VerifyState): VerifyState => ({
      links: new Map(links),
      events,
      upTo: upTo!,
    });
    expect(await verifyEvidence(hands.store, { state: copyOf(state) })).toMatchObject({
      ok: true,
      chain: { events: 17 },
      notAnchored: 2,
    });
    const store = await hands.tamper((rows) =>
      edited(rows, [a, 4], ({ data }) => ({ data: flipped(data, 'late', 'lafe') })),
    );
    expect((await verifyEvidence(store, { state: copyOf(state) })).bad).toMatchObject({ code: 'PAYLOAD_ALTERED' });
  });
});

const renumbered = (rows: readonly StoredEvent[]): StoredEvent[] =>
  rows.map((row, index) => ({ ...row, position: row.position.slice(0, -20) + String(index + 1).padStart(20, '0') }));

/** The last anchor with other members, chained again with the product's own code but not signed by its key. */
const relabelled = (rows: StoredEvent[], { ledger }: History, change: Record<string, unknown>): StoredEvent[] => {
  const at = rowOf(rows, ledger, 2);
  const { data, metadata, position } = rows[at]!;
  const before = rows[rowOf(rows, ledger, 1)]!;
  const codec = createCodec({ registry: buildRegistry([anchorRegistration]), lineageId: 'any' });
  const old = JSON.parse(metadata) as Record<string, never>;
  const { hash, recordedAt } = JSON.parse(before.metadata) as { hash: string; recordedAt: string };
  const [anew] = codec.encode(
    [{ type: 'anchor.AnchorTaken', data: { ...(JSON.parse(data) as object), ...change } }],
    {
      stream: ledger,
      head: { revision: 1, hash, recordedAt },
      commandId: old['commandId']!,
      commandDigest: old['commandDigest']!,
      correlationId: ledger,
      causationId: old['causationId']!,
      actor: { id: 'anchoring', role: 'system' },
      now: recordedAt,
    },
    new Map(),
  );
  return rows.map((row, index) => (index === at ? { ...anew!, position } : row));
};
