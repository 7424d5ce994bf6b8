import { setImmediate } from 'node:timers/promises';
import { UndecodableEventError } from '../codec/undecodable-event';
import type { EventStore, StoredEvent } from '../port/event-store';
import type { Standing } from '../port/movable-store';
import { verifyStore, type Verdict, type VerifyOptions, type VerifyState } from '../verify/verify';
import { AnchorComparison } from './anchor-comparison';
import { BadCopyError, type AnchorCopies } from './anchor-copies';
import { AnchorJournal } from './anchor-journal';
import { BridgeComparison, type BridgeEvidence } from './bridge-comparison';
import { diagnose } from './diagnose';
import type { Finding } from './finding';
import { digestOf, keysInLine, LedgerCheck, short, type AnchorEntry, type KeyEntry, type LedgerEntry } from './ledger';
import type { Digest } from './merkle';

export interface EvidenceOptions extends Omit<VerifyOptions, 'decode'> {
  /** Copies of the ledger kept elsewhere: the store's own is held against them. */
  readonly copies?: AnchorCopies;
  /**
   * Ids of public keys, or their first 16 digits or more, that the reader knows to be the company's; one of them must be
   * bound by signatures to the key that signs now.
   */
  readonly trustedKeys?: readonly Digest[];
  /** What its notes make of the store: the bridges in it are checked as well. */
  readonly standing?: Standing;
}

/** What a store proves and what it doesn't. */
export interface EvidenceVerdict {
  readonly ok: boolean;
  readonly chain: Verdict;
  /** The first thing found wrong. */
  readonly bad: Finding | undefined;
  readonly keys: readonly KeyEntry[];
  /** Anchors in the ledger; all of them were held against the events, or were before the check was put away. */
  readonly anchors: number;
  readonly newest: AnchorEntry | undefined;
  /** Events that no anchor covers yet: that none of them was cut off can't be told. */
  readonly notAnchored: number;
  /** Copies compared; undefined when no place was given. */
  readonly copies: number | undefined;
  readonly trusted: boolean;
  /** Where the store came from or went to; signatures hold where there are any. */
  readonly bridges: readonly BridgeEvidence[];
}

/**
 * Checks every event's chain, the ledger's signatures, every anchor's root against the events, the copies kept elsewhere,
 * and the bridges to stores it was copied from or into. Stops at the first thing that is wrong and says what it is.
 */
export const verifyEvidence = async (
  store: Pick<EventStore, 'meta' | 'read' | 'readAll' | 'append'>,
  options: EvidenceOptions = {},
): Promise<EvidenceVerdict> => {
  const state: VerifyState = options.state ?? { links: new Map(), events: 0 };
  const ledger = await readLedger(store);
  const copies = await compareWithCopies(ledger.entries, options.copies);
  const bridges = new BridgeComparison(options.standing ?? {}, state);
  const early = ledger.bad ?? untrusted(ledger, options) ?? copies?.bad ?? bridges.early(store.meta, ledger.keys);
  const walked = early ? stopped(early, state) : await walk(store, { ledger, bridges }, options, state);
  return {
    ok: walked.bad === undefined,
    chain: walked.chain,
    bad: walked.bad,
    newest: ledger.anchors.at(-1),
    copies: copies?.compared,
    keys: ledger.keys,
    anchors: ledger.anchors.length,
    notAnchored: notAnchored(walked.events, ledger.anchors),
    trusted: (options.trustedKeys?.length ?? 0) > 0,
    bridges: bridges.found,
  };
};

const notAnchored = (events: number, anchors: readonly AnchorEntry[]): number =>
  Math.max(0, events - (anchors.at(-1)?.events ?? 0));

/** Every event's chain and, on the way, every anchor's root and every bridge's heads. */
const walk = async (
  store: Pick<EventStore, 'readAll'>,
  { ledger: { anchors }, bridges }: { readonly ledger: ReadLedger; readonly bridges: BridgeComparison },
  options: EvidenceOptions,
  state: VerifyState,
): Promise<{ readonly chain: Verdict; readonly events: number; readonly bad?: Finding }> => {
  const comparison = new AnchorComparison(anchors, state);
  const chain = await verifyStore(comparison.watch(bridges.watch(store)), { ...options, state });
  const { events } = comparison;
  if (chain.firstBad) return { chain, events, bad: await diagnose(chain.firstBad, comparison.page, state.links) };
  // What an anchor says is more precise: it comes first.
  const bad = (await comparison.end(options.copies)) ?? bridges.end();
  return { chain, events, ...(bad ? { bad } : {}) };
};

/** So many digits of a fingerprint are enough to compare. */
const SHORTEST = 16;

interface ReadLedger {
  readonly entries: readonly LedgerEntry[];
  readonly keys: readonly KeyEntry[];
  readonly anchors: readonly AnchorEntry[];
  readonly bad?: Finding;
}

const readLedger = async (store: Pick<EventStore, 'meta' | 'read' | 'append'>): Promise<ReadLedger> => {
  const check = new LedgerCheck(store.meta.lineageId);
  const entries: LedgerEntry[] = [];
  const done = (bad?: Finding): ReadLedger => ({
    entries,
    keys: check.keys,
    anchors: entries.filter((entry): entry is AnchorEntry => entry.kind === 'anchor'),
    ...(bad ? { bad } : {}),
  });
  try {
    for await (const { entries: page } of new AnchorJournal(store).pages()) {
      for (const [entry, stored] of page) {
        const problem = check.next(entry);
        if (problem !== undefined) return done(altered(entry, stored, problem));
        entries.push(entry);
      }
      await setImmediate();
    }
    return done();
  } catch (error) {
    if (!(error instanceof UndecodableEventError)) throw error;
    const { position, stream, revision, eventId, reason } = error;
    return done({
      code: 'ANCHOR_ALTERED',
      at: { position, stream, revision, eventId, reason },
      message: `entry ${revision} of the anchor ledger was altered: ${reason}`,
    });
  }
};

const altered = (
  { kind, number }: LedgerEntry,
  { position, stream, revision, eventId }: StoredEvent,
  reason: string,
): Finding => ({
  code: 'ANCHOR_ALTERED',
  anchor: number,
  at: { position, stream, revision, eventId, reason },
  message: `${kind} ${number} of the anchor ledger does not hold: ${reason}`,
});

const untrusted = ({ keys, anchors }: ReadLedger, { trustedKeys }: EvidenceOptions): Finding | undefined => {
  if (!trustedKeys?.length) return undefined;
  const isKnown = ({ keyId }: KeyEntry): boolean =>
    trustedKeys.some((known) => known.length >= SHORTEST && keyId.startsWith(known.toLowerCase()));
  if (keysInLine(keys).some(isKnown)) return undefined;
  const replaced = keysInLine(keys)[0];
  if (replaced && keys.some(isKnown))
    return {
      code: 'KEY_UNKNOWN',
      message:
        `from entry ${replaced.number} of ${replaced.time} on the ledger is signed with key ${short(replaced.keyId)}, which ` +
        `follows without the signature of the key known to be genuine (${trustedKeys.map(short).join(', ')}): the company ` +
        'replaced a lost key, which its new fingerprint given with --key confirms, or somebody else goes on with its ledger',
    };
  return {
    code: 'KEY_UNKNOWN',
    message:
      keys.length === 0 && anchors.length === 0
        ? 'the store holds no anchor at all, although a key for them is known: the ledger was deleted'
        : `the ledger is signed with ${keys.map(({ keyId }) => short(keyId)).join(', ')}, none of which is the key ` +
          `known to be genuine (${trustedKeys.map(short).join(', ')}): the anchors were made anew by somebody else`,
  };
};

/** The store's ledger must hold what the copies hold; it may be ahead of them. */
const compareWithCopies = async (
  entries: readonly LedgerEntry[],
  copies: AnchorCopies | undefined,
): Promise<{ readonly compared: number; readonly bad?: Finding } | undefined> => {
  if (!copies) return undefined;
  let compared = 0;
  try {
    for await (const { entry } of copies.read()) {
      const bad = differs(entry, entries[entry.number], copies.where);
      if (bad) return { compared, bad };
      compared += 1;
    }
    return { compared };
  } catch (error) {
    if (error instanceof BadCopyError) return { compared, bad: { code: 'COPY_UNREADABLE', message: error.message } };
    throw error;
  }
};

const differs = (copy: LedgerEntry, own: LedgerEntry | undefined, where: string): Finding | undefined => {
  const what = `${copy.kind} ${copy.number} of ${copy.time}`;
  if (!own)
    return {
      code: 'ANCHOR_MISSING',
      anchor: copy.number,
      message: `${where} holds a copy of ${what}, the store's ledger ends before it: the newest anchors were deleted`,
    };
  if (digestOf(own) === digestOf(copy)) return undefined;
  return {
    code: 'COPY_DIFFERS',
    anchor: copy.number,
    message: `${what} in ${where} is another one than in the store: the anchor was replaced`,
  };
};

/** Nothing is walked when the ledger itself doesn't hold. */
const stopped = (bad: Finding, { events, links }: VerifyState) => ({
  chain: { ok: true, events, streams: links.size },
  events: 0,
  bad,
});
