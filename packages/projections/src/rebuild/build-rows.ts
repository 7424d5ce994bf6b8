import { setImmediate } from 'node:timers/promises';
import type { RecordedEvent } from '@aftercare/domain';
import type { EventStore, Position, StoredEvent } from '@aftercare/event-store';
import { digesting, keysOf, opened, type Decode, type Projector, type Row } from '../consumer/index';
import type { ReadModel } from '../sql/read-model';
import { RowCache } from './row-cache';

/** Where a build puts its rows; nobody else looks at it before the build is done. */
export interface BuildTarget {
  load(keys: readonly string[]): ReadonlyMap<string, Row>;
  write(rows: ReadonlyMap<string, Row | null>): void;
}

export interface BuildProgress {
  /** Events of the projector's types that were folded so far. */
  readonly done: number;
  readonly position: Position;
}

export interface BuildOptions {
  readonly model: ReadModel;
  readonly store: Pick<EventStore, 'readAll'>;
  readonly decode: Decode;
  readonly target: BuildTarget;
  /** Events per page; default 500: a page that is done with before the young memory is full costs nothing to collect. */
  readonly pageSize?: number;
  /** Rows kept in memory; default 20,000. */
  readonly cachedRows?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Folds the whole history into `target` and returns the position up to which it did (undefined: an empty store). Rows stay
 * in memory while they are being touched and are written once or few times, not once a page. Stops at the first event that
 * can't be digested: a table with a hole never goes live.
 */
export const buildRows = async (options: BuildOptions): Promise<Position | undefined> => {
  const { model, store, pageSize = 500, onProgress, signal } = options;
  const types = [...model.projector.types];
  const folding = new Folding(options);
  let position: Position | undefined;
  let done = 0;
  for (let end = false; !end;) {
    signal?.throwIfAborted();
    const page = await store.readAll({
      types,
      limit: pageSize,
      ...(position === undefined ? {} : { after: position }),
    });
    await folding.page(page.events);
    position = page.upTo ?? position;
    done += page.events.length;
    end = page.end;
    if (position !== undefined) onProgress?.({ done, position });
    await setImmediate();
  }
  folding.finish();
  return position;
};

class Folding {
  readonly #cache: RowCache;
  readonly #projector: Projector;

  constructor(private readonly options: BuildOptions) {
    this.#cache = new RowCache(options.cachedRows ?? 20_000);
    this.#projector = options.model.projector;
  }

  /** One event after the other: what was read of it may be forgotten before the next, which spares collecting pages. */
  async page(stored: readonly StoredEvent[]): Promise<void> {
    const { decode, model } = this.options;
    for (const one of stored) {
      const sealed = digesting(one, () => decode(one));
      // Awaiting what needs no opening would cost as much as folding it.
      this.#fold(model.open ? (await opened([sealed], model.open))[0]! : sealed);
    }
    const out = this.#cache.spill();
    if (out && out.size > 0) this.options.target.write(out);
  }

  finish(): void {
    for (const rows of this.#cache.rest()) if (rows.size > 0) this.options.target.write(rows);
  }

  #fold(event: RecordedEvent): void {
    digesting(event, () => {
      for (const key of keysOf(this.#projector, event))
        this.#cache.set(key, this.#projector.evolve(this.#row(key), event, key));
    });
  }

  #row(key: string): Row | null {
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    return this.#cache.spilled ? (this.options.target.load([key]).get(key) ?? null) : null;
  }
}
