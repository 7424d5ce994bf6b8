import { buildRegistry, event, type DomainEvent } from '@aftercare/domain/kernel';
import { nextLink, type ChainLink } from '../codec/chain-link';
import { createCodec, type Codec } from '../codec/codec';
import { sha256 } from '../codec/hash-chain';
import { UndecodableEventError } from '../codec/undecodable-event';
import { uuidv5 } from '../codec/uuid-v5';
import type { EventStore, Head, StoredEvent } from '../port/event-store';
import { appendForSure } from '../runner/append-for-sure';
import { anchorEvents, anchorRegistration } from './anchor-events';
import { anchorStream } from './anchor-stream';
import { digestOf, statementOf, type LedgerEntry } from './ledger';

const PAGE = 500;
const registry = buildRegistry([anchorRegistration]);

/** Another process wrote to the ledger meanwhile; nothing was written. */
export class LedgerConflictError extends Error {
  override readonly name = 'LedgerConflictError';
}

/** The ledger of keys and anchors as it lies in the store. */
export class AnchorJournal {
  readonly stream: string;
  readonly #codec: Codec;

  constructor(private readonly store: Pick<EventStore, 'meta' | 'read' | 'append'>) {
    this.stream = anchorStream(store.meta.lineageId);
    this.#codec = createCodec({ registry, lineageId: store.meta.lineageId });
  }

  /** Every entry with the event that holds it, the first one first, and the head they lead to. */
  async *pages(): AsyncGenerator<{ readonly entries: readonly (readonly [LedgerEntry, StoredEvent])[]; head: Head }> {
    let link: ChainLink | undefined;
    for (let from = 0; ;) {
      const { events, head } = await this.store.read(this.stream, { from, limit: PAGE });
      const entries = events.map((stored) => {
        const next = nextLink(stored, link);
        if (typeof next === 'string') throw new UndecodableEventError(stored, next);
        link = next;
        return [this.#entryOf(stored), stored] as const;
      });
      yield { entries, head };
      from += events.length;
      if (events.length === 0 || head === 'none' || from > head.revision) return;
    }
  }

  /** Writes the entry behind `head`; resolves with the new head once it is durable. */
  async append(entry: LedgerEntry, head: Head): Promise<Head> {
    const commandId = uuidv5(`ledger entry ${digestOf(entry)}`);
    const encoded = this.#codec.encode(
      [eventOf(entry)],
      {
        stream: this.stream,
        head,
        commandId,
        commandDigest: sha256(statementOf(entry)),
        correlationId: this.stream,
        causationId: commandId,
        actor: { id: 'anchoring', role: 'system' },
        now: entry.time,
      },
      new Map(),
    );
    const result = await appendForSure(this.store, this.stream, encoded, head);
    if (result.status === 'conflict') throw new LedgerConflictError('another process has written to the anchor ledger');
    return (await this.store.read(this.stream, { from: result.revision, limit: 1 })).head;
  }

  #entryOf(stored: StoredEvent): LedgerEntry {
    const { type, data } = this.#codec.decode(stored);
    const kind = type === anchorEvents.KeyIntroduced.type ? 'key' : 'anchor';
    // Decoding has held the data against the definition of its type.
    return { kind, ...(data as object) } as LedgerEntry;
  }
}

const eventOf = (entry: LedgerEntry): DomainEvent => {
  if (entry.kind === 'key') {
    const { kind: _, ...data } = entry;
    return event(anchorEvents.KeyIntroduced, data);
  }
  const { kind: _, ...data } = entry;
  return event(anchorEvents.AnchorTaken, data);
};
