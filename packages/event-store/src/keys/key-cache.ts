import { millisOf, type SubjectId } from '@aftercare/domain/kernel';
import type { Clock } from '../port/clock';

type Key = Uint8Array | 'erased';

/** Keys in the clear, for at most a minute: what was erased elsewhere must not stay readable here (architecture §8). */
export class KeyCache {
  readonly #entries = new Map<SubjectId, { readonly key: Key; readonly until: number }>();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly ttlMillis = 60_000,
    private readonly capacity = 10_000,
  ) {}

  get(subject: SubjectId): Key | undefined {
    const entry = this.#entries.get(subject);
    if (!entry) return undefined;
    if (millisOf(this.clock.now()) < entry.until) return entry.key;
    this.#entries.delete(subject);
    return undefined;
  }

  set(subject: SubjectId, key: Key): void {
    this.#entries.delete(subject);
    this.#entries.set(subject, { key, until: millisOf(this.clock.now()) + this.ttlMillis });
    if (this.#entries.size > this.capacity) this.#entries.delete(this.#entries.keys().next().value!);
  }

  clear(): void {
    this.#entries.clear();
  }
}
