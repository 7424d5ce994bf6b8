import type { Row } from '../consumer/index';

/**
 * Rows of a build that are still being folded. Two generations: what was touched lately is young; when the young are too
 * many, the old ones are written out and forgotten, and the young become old. Bounds memory whatever the history's length.
 */
export class RowCache {
  #young = new Map<string, Row | null>();
  #old = new Map<string, Row | null>();
  /** True once rows were written out: a key that is not here may be there. */
  spilled = false;

  constructor(private readonly capacity: number) {}

  /** Undefined: not here; null: there is none (any more). */
  get(key: string): Row | null | undefined {
    const young = this.#young.get(key);
    return young === undefined ? this.#old.get(key) : young;
  }

  set(key: string, row: Row | null): void {
    this.#young.set(key, row);
    if (this.#old.size > 0) this.#old.delete(key);
  }

  /** Rows to be written out now; undefined as long as there is room. */
  spill(): ReadonlyMap<string, Row | null> | undefined {
    if (this.#young.size < this.capacity / 2) return undefined;
    const out = this.#old;
    this.#old = this.#young;
    this.#young = new Map();
    if (out.size > 0) this.spilled = true;
    return out;
  }

  /** What is left at the end. */
  rest(): readonly ReadonlyMap<string, Row | null>[] {
    return [this.#old, this.#young];
  }
}
