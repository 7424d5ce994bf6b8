import { MAX_QUEUED_APPENDS, MAX_QUEUED_BYTES } from '../adapter/append-queue';
import { StoreBusyError, StoreFailedError } from '../port/event-store';

/**
 * Appends on their way to the server at once. Fewer than the 16 messages that the client's stream takes before it makes
 * senders wait: when the connection breaks, the client rejects waiting senders where nobody can catch it, which ends the
 * process. More would not be faster.
 */
const ON_THE_WAY = 15;

type Enter = <T>(send: () => Promise<T>) => Promise<T>;

/**
 * Who may send when. Appends to one stream go one after the other: the server drops an append whose ids are just being
 * written, and answers nothing for seconds. What does not fit is refused at once.
 */
export class Places {
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  #free = ON_THE_WAY;
  #appends = 0;
  #bytes = 0;
  #closed = false;

  inTurn<T>(stream: string, bytes: number, work: (enter: Enter) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreFailedError('the store is closed'));
    if (this.#appends >= MAX_QUEUED_APPENDS || this.#bytes + bytes > MAX_QUEUED_BYTES)
      return Promise.reject(new StoreBusyError('the append queue is full: try again in a second'));
    this.#appends += 1;
    this.#bytes += bytes;
    const before = this.#tails.get(stream);
    const run = () => work((send) => this.#enter(send));
    const turn = before === undefined ? run() : before.then(run, run);
    this.#tails.set(stream, turn);
    const left = () => {
      this.#appends -= 1;
      this.#bytes -= bytes;
      if (this.#tails.get(stream) === turn) this.#tails.delete(stream);
    };
    turn.then(left, left);
    return turn;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#tails.values()]);
  }

  async #enter<T>(send: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await send();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
