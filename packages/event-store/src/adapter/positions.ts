import { UnknownPositionError, type Position } from '../port/event-store';

const DIGITS = 20;
const BLOCK = 1_000;

/** Positions of one store: its id's first characters and the place in global order, sortable as text. */
export class Positions {
  readonly #prefix: string;
  /** Of the last position written: the next one differs in its last digits only. */
  #block = { number: -1, text: '' };

  constructor(storeId: string) {
    this.#prefix = `${storeId.replaceAll('-', '').slice(0, 12)}-`;
  }

  format(place: number): Position {
    const number = Math.floor(place / BLOCK);
    if (number !== this.#block.number)
      this.#block = { number, text: this.#prefix + String(number).padStart(DIGITS - 3, '0') };
    const rest = place % BLOCK;
    return this.#block.text + (rest < 10 ? `00${rest}` : rest < 100 ? `0${rest}` : String(rest));
  }

  /** The place of a position of this store, not beyond `head`; 0 for none. */
  parse(position: Position | undefined, head: number): number {
    if (position === undefined) return 0;
    const digits = position.slice(this.#prefix.length);
    if (!position.startsWith(this.#prefix) || digits.length !== DIGITS || !/^\d+$/.test(digits))
      throw new UnknownPositionError('the position belongs to another store');
    const place = Number(digits);
    if (place > head) throw new UnknownPositionError('the position lies beyond the end of this store');
    return place;
  }
}
