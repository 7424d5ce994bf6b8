import type { Head } from '../port/event-store';

type Place = Exclude<Head, 'none'>;

/** Streams remembered; those touched longest ago are forgotten first. */
const CAPACITY = 10_000;

/**
 * Where streams were last seen to stand. The server compares revisions only; a head whose hash was read here needs no
 * second look before an append onto it. Only ever a hint: what is not known is read.
 */
export class KnownHeads {
  readonly #places = new Map<string, Pick<Place, 'revision' | 'hash'> | 'in doubt'>();

  saw(stream: string, { revision, hash }: Pick<Place, 'revision' | 'hash'>): void {
    this.#put(stream, { revision, hash });
  }

  /** After an append whose outcome is unknown: even a stream that was not there is to be looked at. */
  doubt(stream: string): void {
    this.#put(stream, 'in doubt');
  }

  #put(stream: string, place: Pick<Place, 'revision' | 'hash'> | 'in doubt'): void {
    this.#places.delete(stream);
    this.#places.set(stream, place);
    if (this.#places.size > CAPACITY) this.#places.delete(this.#places.keys().next().value!);
  }

  /** 'at': the stream was seen to stand there. 'elsewhere': it certainly does not. */
  judge(stream: string, expected: Head): 'at' | 'elsewhere' | 'unknown' {
    const known = this.#places.get(stream);
    if (known === 'in doubt') return 'unknown';
    if (known === undefined) return expected === 'none' ? 'at' : 'unknown';
    if (expected === 'none' || known.revision > expected.revision) return 'elsewhere';
    if (known.revision < expected.revision) return 'unknown';
    return known.hash === expected.hash ? 'at' : 'elsewhere';
  }
}
