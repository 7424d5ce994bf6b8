import type { Head } from '../port/event-store';

type Place = Exclude<Head, 'none'>;

/** Streams remembered; those touched longest ago are forgotten first. */
const CAPACITY = 10_000;

/**
 * Where streams were last seen to stand. The server compares revisions only; a head whose hash was read here needs no
 * second look before an append onto it. Only ever a hint: what is not known is read.
 */
export class KnownHeads {
  readonly #places = new Map<string, Pick<Place, 'revision' | 'hash'>>();

  saw(stream: string, { revision, hash }: Pick<Place, 'revision' | 'hash'>): void {
    this.#places.delete(stream);
    this.#places.set(stream, { revision, hash });
    if (this.#places.size > CAPACITY) this.#places.delete(this.#places.keys().next().value!);
  }

  forget(stream: string): void {
    this.#places.delete(stream);
  }

  /** 'at': the stream was seen to stand there. 'elsewhere': it certainly does not. */
  judge(stream: string, expected: Head): 'at' | 'elsewhere' | 'unknown' {
    const known = this.#places.get(stream);
    if (known === undefined) return expected === 'none' ? 'at' : 'unknown';
    if (expected === 'none' || known.revision > expected.revision) return 'elsewhere';
    if (known.revision < expected.revision) return 'unknown';
    return known.hash === expected.hash ? 'at' : 'elsewhere';
  }
}
