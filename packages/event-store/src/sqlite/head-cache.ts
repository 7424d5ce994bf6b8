import type { Head } from '../port/event-store';

/** Heads of the streams written last, so that an append to a live one needs no query. The least recent goes first. */
export class HeadCache {
  readonly #heads = new Map<string, Head>();

  constructor(private readonly capacity = 10_000) {}

  get(stream: string): Head | undefined {
    return this.#heads.get(stream);
  }

  set(stream: string, head: Head): void {
    this.#heads.delete(stream);
    this.#heads.set(stream, head);
    if (this.#heads.size > this.capacity) this.#heads.delete(this.#heads.keys().next().value!);
  }

  /** After a rollback nothing remembered may be trusted. */
  clear(): void {
    this.#heads.clear();
  }
}
