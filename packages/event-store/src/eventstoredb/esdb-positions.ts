import { UnknownPositionError, type Position } from '../port/event-store';
import type { LogPosition } from './esdb-link';

const DIGITS = 20;
const PAIR = new RegExp(`^\\d{${DIGITS}}-\\d{${DIGITS}}$`);

/** Before everything; no event stands there. */
export const START: LogPosition = { commit: -1n, prepare: -1n };

/** Negative, 0 or positive, as for sorting. */
export const comparePositions = (a: LogPosition, b: LogPosition): number =>
  a.commit === b.commit ? Number(a.prepare - b.prepare) : Number(a.commit - b.commit);

/** Positions of one store: its id's first characters, commit and prepare, sortable as text. */
export class EsdbPositions {
  readonly #prefix: string;

  constructor(storeId: string) {
    this.#prefix = `${storeId.replaceAll('-', '').slice(0, 12)}-`;
  }

  format({ commit, prepare }: LogPosition): Position {
    const text = commit.toString().padStart(DIGITS, '0');
    return `${this.#prefix}${text}-${prepare === commit ? text : prepare.toString().padStart(DIGITS, '0')}`;
  }

  /** Both halves of a position of this store; throws `UnknownPositionError`. */
  parse(position: Position): LogPosition {
    const pair = position.slice(this.#prefix.length);
    if (!position.startsWith(this.#prefix) || !PAIR.test(pair))
      throw new UnknownPositionError('the position belongs to another store');
    return { commit: BigInt(pair.slice(0, DIGITS)), prepare: BigInt(pair.slice(DIGITS + 1)) };
  }
}
