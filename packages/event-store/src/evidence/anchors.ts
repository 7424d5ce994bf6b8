import { later } from '@aftercare/domain/kernel';
import { GENESIS } from '../codec/hash-chain';
import type { Clock } from '../port/clock';
import type { EventStore } from '../port/event-store';
import type { AnchorCopies } from './anchor-copies';
import { AnchorJournal, LedgerConflictError } from './anchor-journal';
import type { HeadIndex, Moved, StreamHead } from './head-index';
import { digestOf, short, signed, type AnchorEntry, type KeyEntry, type LedgerEntry } from './ledger';
import { AnchorRefusedError, LiveLedger } from './live-ledger';
import type { InclusionProof } from './merkle';
import { SigningKeyError, type KeyPlace, type SigningKey } from './signing-key';

export interface AnchorsParts {
  readonly store: Pick<EventStore, 'meta' | 'read' | 'readAll' | 'append'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly key: KeyPlace;
  /** Where each entry of the ledger is copied to as well. */
  readonly copies?: AnchorCopies;
}

/** Why the copy could not be written; the entry itself stands, and the next one catches the copy up. */
interface CopyFault {
  readonly copyFault?: unknown;
}

/** Where streams stood at one anchor, each with its proof; a stream that wasn't there is left out. */
export interface ProvenHeads {
  readonly anchor: AnchorEntry;
  readonly heads: readonly { readonly stream: string; readonly revision: number; readonly proof: InclusionProof }[];
}

/**
 * Takes anchors: folds what the log has gained, in pages, and signs one root over all stream heads. One at a time, by the
 * process that writes to the store. The first use reads the whole log once and holds it against the last anchor.
 */
export class Anchors {
  readonly #journal: AnchorJournal;
  #ledger: Promise<LiveLedger> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: AnchorsParts) {
    this.#journal = new AnchorJournal(parts.store);
  }

  /** Folds what the log has gained, so that the next anchor has less to do. */
  follow(signal?: AbortSignal): Promise<void> {
    return this.#alone((ledger) => ledger.follow(signal));
  }

  /** Events newer than the last anchor, of those folded so far. */
  pending(): Promise<number> {
    return this.#alone(({ index, anchor }) => Promise.resolve(index.events - (anchor?.events ?? 0)));
  }

  /** The last anchor; undefined before the first. */
  newest(): Promise<AnchorEntry | undefined> {
    return this.#alone(({ anchor }) => Promise.resolve(anchor));
  }

  /** Anchors everything that is in the store now. Throws `AnchorRefusedError`, `SigningKeyError`. */
  take(): Promise<{ readonly anchor: AnchorEntry } & CopyFault> {
    return this.#alone(async (ledger) => {
      await this.#mustNotFork(ledger);
      const key = await this.#keyInForce(ledger);
      await ledger.follow();
      const { index, upTo } = ledger;
      if (upTo === undefined || index.events === 0) throw new AnchorRefusedError('there is nothing to anchor yet');
      const moved = await index.settle();
      const anchor: AnchorEntry = signed(key, {
        kind: 'anchor',
        ...this.#place(ledger, key),
        position: upTo,
        previousRoot: ledger.anchor?.root ?? GENESIS,
        root: index.root()!,
        streams: index.streams,
        events: index.events,
        moved: moved.places.length,
        movedDigest: moved.digest,
      });
      await ledger.write(anchor);
      return { anchor, ...(await this.#copy(anchor, { index, moved })) };
    });
  }

  /** A new key signs from now on; the old one signs it in and is then gone. */
  rotate(): Promise<{ readonly key: KeyEntry } & CopyFault> {
    return this.#alone(async (ledger) => {
      await this.#mustNotFork(ledger);
      const old = await this.#keyInForce(ledger);
      const key = await this.#introduce(ledger, this.parts.key.prepareNext(), old);
      this.parts.key.promoteNext();
      return { key, ...(await this.#copy(key)) };
    });
  }

  /**
   * A new key where the one in force is lost: it signs itself in, and everybody who verifies is told. Throws
   * `SigningKeyError` while the lost one is at hand, and where another key lies in its place.
   *
   * @param lost id of the key in force, or its first 16 digits or more: nobody replaces a key by mistake
   */
  replace(lost: string): Promise<{ readonly key: KeyEntry } & CopyFault> {
    return this.#alone(async (ledger) => {
      await this.#mustNotFork(ledger);
      const place = this.parts.key;
      mustBeLost(place, ledger.keys.at(-1)?.keyId, lost);
      const next = place.prepareNext();
      const key = await this.#introduce(ledger, next, next);
      place.promoteNext();
      return { key, ...(await this.#copy(key)) };
    });
  }

  /** Signs something else with the key in force; `statementFor` must begin with a line that says what it is. */
  sign(statementFor: (keyId: string) => string): Promise<{ readonly keyId: string; readonly signature: string }> {
    return this.#alone(async (ledger) => {
      const key = await this.#keyInForce(ledger);
      return { keyId: key.keyId, signature: key.sign(statementFor(key.keyId)) };
    });
  }

  /** The public keys, the first one first; makes none. */
  keys(): Promise<readonly KeyEntry[]> {
    return this.#alone(({ keys }) => Promise.resolve([...keys]));
  }

  /** The last anchor with where these streams stood at it; undefined before the first anchor. */
  proofs(streams: readonly string[]): Promise<ProvenHeads | undefined> {
    return this.#alone(({ anchor, index }) => {
      const heads = streams.flatMap((stream) => {
        const found = index.anchored(stream);
        return found ? [{ stream, ...found }] : [];
      });
      return Promise.resolve(anchor && { anchor, heads });
    });
  }

  /** What a verifier needs of the ledger: every key, and every anchor from number `from` on. */
  async entriesFrom(from: number): Promise<readonly LedgerEntry[]> {
    const found: LedgerEntry[] = [];
    for await (const { entries } of this.#journal.pages())
      for (const [entry] of entries) if (entry.kind === 'key' || entry.number >= from) found.push(entry);
    return found;
  }

  /** One after the other: what is folded and what is signed must not move under each other. */
  #alone<T>(work: (ledger: LiveLedger) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#withLedger(work, 2));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** What another process wrote, or a fold that stopped half-way, is read anew. */
  async #withLedger<T>(work: (ledger: LiveLedger) => Promise<T>, retries: number): Promise<T> {
    try {
      return await work(await (this.#ledger ??= LiveLedger.open(this.parts.store, this.#journal)));
    } catch (error) {
      this.#ledger = undefined;
      if (error instanceof LedgerConflictError && retries > 0) return this.#withLedger(work, retries - 1);
      throw error;
    }
  }

  /**
   * Copies ahead of the ledger mean that anchors were deleted, or that an older backup was put back: a second history must
   * not be signed under the same numbers. Who put the backup back chooses another place for the copies.
   */
  async #mustNotFork({ last }: LiveLedger): Promise<void> {
    const { copies } = this.parts;
    // A place that can't be reached keeps nobody from anchoring: that shows when the copy is written.
    const newest = await copies?.newest().catch(() => undefined);
    if (newest !== undefined && newest > (last?.number ?? -1))
      throw new AnchorRefusedError(
        `${copies!.where} holds entry ${newest} of the ledger, the store's ledger ends before it: ` +
          'anchors were deleted, or an older backup was put back',
      );
  }

  /** The key that may sign: the one last introduced. The very first is made and introduced here. */
  async #keyInForce(ledger: LiveLedger): Promise<SigningKey> {
    const place = this.parts.key;
    const introduced = ledger.keys.at(-1);
    if (!introduced) return this.#firstKey(ledger);
    // A rotation was interrupted between the ledger and the file.
    if (place.current()?.keyId !== introduced.keyId && place.next()?.keyId === introduced.keyId) place.promoteNext();
    const current = place.current();
    if (current?.keyId === introduced.keyId) return current;
    throw new SigningKeyError(
      `${current ? 'the signing key at hand is another one' : 'there is no signing key'}: key ` +
        `${short(introduced.keyId)} was introduced last, put it back from where it was kept, or replace it if it is lost`,
    );
  }

  async #firstKey(ledger: LiveLedger): Promise<SigningKey> {
    const place = this.parts.key;
    if (!place.current()) {
      place.prepareNext();
      place.promoteNext();
    }
    const key = place.current()!;
    await this.#introduce(ledger, key, key);
    return key;
  }

  async #introduce(ledger: LiveLedger, key: SigningKey, signer: SigningKey): Promise<KeyEntry> {
    const entry: KeyEntry = signed(signer, {
      kind: 'key',
      ...this.#place(ledger, key),
      publicKey: key.publicKey,
      signedBy: signer.keyId,
    });
    await ledger.write(entry);
    return entry;
  }

  #place({ last }: LiveLedger, { keyId }: SigningKey) {
    const now = this.parts.clock.now();
    return {
      number: last === undefined ? 0 : last.number + 1,
      lineageId: this.parts.store.meta.lineageId,
      previous: last === undefined ? GENESIS : digestOf(last),
      time: last === undefined ? now : later(now, last.time),
      keyId,
    };
  }

  /** Copies what the place doesn't have yet; an anchor just taken with the heads that moved. */
  async #copy(fresh: LedgerEntry, heads?: { readonly index: HeadIndex; readonly moved: Moved }): Promise<CopyFault> {
    const { copies } = this.parts;
    if (!copies) return {};
    try {
      const newest = (await copies.newest()) ?? -1;
      if (newest < fresh.number - 1)
        for await (const { entries } of this.#journal.pages())
          for (const [entry] of entries)
            if (entry.number > newest && entry.number < fresh.number) await copies.write(entry);
      await copies.write(fresh, heads && headsAt(heads.index, heads.moved.places));
      return {};
    } catch (copyFault) {
      return { copyFault };
    }
  }
}

/** So many digits of a fingerprint are enough to name a key. */
const SHORTEST = 16;

const mustBeLost = (place: KeyPlace, inForce: string | undefined, lost: string): void => {
  if (inForce === undefined) throw new SigningKeyError('no key was introduced yet: the first anchor makes one');
  if (lost.length < SHORTEST || !inForce.startsWith(lost.toLowerCase()))
    throw new SigningKeyError(`the key in force is ${short(inForce)}, not the one that is said to be lost`);
  const current = place.current();
  if (current?.keyId === inForce || place.next()?.keyId === inForce)
    throw new SigningKeyError(`key ${short(inForce)} is at hand and not lost: rotate it`);
  if (current)
    throw new SigningKeyError(`another key, ${short(current.keyId)}, lies where the lost one lay: put it aside first`);
};

function* headsAt(index: HeadIndex, places: Uint32Array): Generator<StreamHead> {
  for (const place of places) yield index.head(place);
}
