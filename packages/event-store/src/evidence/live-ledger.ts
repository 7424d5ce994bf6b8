import type { EventStore, Head, Position, StoredEvent } from '../port/event-store';
import type { AnchorJournal } from './anchor-journal';
import { BrokenHeadError, HeadIndex } from './head-index';
import type { AnchorEntry, KeyEntry, LedgerEntry } from './ledger';

/**
 * No anchor is taken, because what would be signed is not what was signed before: events are missing or were replaced.
 * `verify` names them.
 */
export class AnchorRefusedError extends Error {
  override readonly name = 'AnchorRefusedError';
}

const PAGE = 1_000;

/** The ledger and the stream heads behind it, as the process that anchors knows them. All of it follows from the store. */
export class LiveLedger {
  readonly index = new HeadIndex();
  readonly keys: KeyEntry[] = [];
  #head: Head = 'none';
  #last: LedgerEntry | undefined;
  #anchor: AnchorEntry | undefined;
  #upTo: Position | undefined;

  private constructor(
    private readonly store: Pick<EventStore, 'readAll'>,
    private readonly journal: AnchorJournal,
  ) {}

  /**
   * Reads the ledger, then the log up to its last anchor, and holds one against the other. Throws `AnchorRefusedError`:
   * nothing is anchored on a log that no longer leads to what was signed.
   */
  static async open(store: Pick<EventStore, 'readAll'>, journal: AnchorJournal): Promise<LiveLedger> {
    const ledger = new LiveLedger(store, journal);
    for await (const { entries, head } of journal.pages()) {
      ledger.#head = head;
      for (const [entry] of entries) ledger.#count(entry);
    }
    if (ledger.#anchor) await ledger.#upToAnchor(ledger.#anchor);
    return ledger;
  }

  get last(): LedgerEntry | undefined {
    return this.#last;
  }

  get anchor(): AnchorEntry | undefined {
    return this.#anchor;
  }

  /** What is folded so far. */
  get upTo(): Position | undefined {
    return this.#upTo;
  }

  /** Folds what the log has gained, page by page. */
  async follow(signal?: AbortSignal): Promise<void> {
    for (let end = false; !end && !signal?.aborted;) {
      const page = await this.#page();
      for (const event of page.events) this.#fold(event);
      this.#upTo = page.upTo ?? this.#upTo;
      end = page.end;
    }
  }

  /** Writes an entry; durable when it resolves. */
  async write(entry: LedgerEntry): Promise<void> {
    this.#head = await this.journal.append(entry, this.#head);
    this.#count(entry);
  }

  #count(entry: LedgerEntry): void {
    this.#last = entry;
    if (entry.kind === 'key') this.keys.push(entry);
    else this.#anchor = entry;
  }

  async #upToAnchor({ number, events, root }: AnchorEntry): Promise<void> {
    for (let end = false; this.index.events < events && !end;) {
      const page = await this.#page();
      for (const event of page.events) if (this.index.events < events) this.#fold(event);
      end = page.end;
    }
    if (this.index.events < events)
      throw new AnchorRefusedError(
        `anchor ${number} covers ${events} events, the store holds ${this.index.events}: events were deleted, run verify`,
      );
    await this.index.settle();
    if (this.index.root() !== root)
      throw new AnchorRefusedError(`the store does not hold what anchor ${number} was taken over: run verify`);
  }

  #page() {
    return this.store.readAll({ limit: PAGE, ...(this.#upTo === undefined ? {} : { after: this.#upTo }) });
  }

  #fold(event: StoredEvent): void {
    try {
      this.index.fold(event);
      this.#upTo = event.position;
    } catch (error) {
      if (error instanceof BrokenHeadError) throw new AnchorRefusedError(error.message);
      throw error;
    }
  }
}
