import { MAX_QUEUED_APPENDS, MAX_QUEUED_BYTES } from '../adapter/append-queue';
import { StoreBusyError, StoreFailedError } from '../port/event-store';

/**
 * The client's stream takes 16 messages before it makes senders wait, and when the connection breaks it rejects waiting
 * senders where nobody can catch it, which ends the process (seen with the bare client, 64 writers of 60 KB and a killed
 * server). So many may always be on their way.
 */
const ALWAYS = 15;

/** More may be on their way while they are small: these bytes leave the process even when the server is frozen. */
const SMALL_BYTES = 64_000;
const AT_MOST = 64;

type Enter = <T>(send: () => Promise<T>) => Promise<T>;

/**
 * Who may send when. Appends to one stream go one after the other: the server drops an append whose ids are just being
 * written, and answers nothing for seconds. What does not fit is refused at once.
 */
export class Places {
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #waiting: { readonly bytes: number; readonly go: () => void }[] = [];
  #away = 0;
  #awayBytes = 0;
  #turn = 0;
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
    const run = () => work((send) => this.#enter(bytes, send));
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

  async #enter<T>(bytes: number, send: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || !this.#fits(bytes)) await this.#room(bytes);
    else this.#leave(bytes);
    try {
      return await send();
    } finally {
      this.#away -= 1;
      this.#awayBytes -= bytes;
      this.#next();
    }
  }

  #fits(bytes: number): boolean {
    if (this.#turn >= ALWAYS) return false;
    return this.#away < ALWAYS || (this.#away < AT_MOST && this.#awayBytes + bytes <= SMALL_BYTES);
  }

  #room(bytes: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({
        bytes,
        go: () => {
          this.#leave(bytes);
          resolve();
        },
      });
    });
  }

  #leave(bytes: number): void {
    this.#away += 1;
    this.#awayBytes += bytes;
    // No more in one turn of the event loop than the stream takes without a flush in between.
    if (this.#turn++ === 0)
      setImmediate(() => {
        this.#turn = 0;
        this.#next();
      });
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#fits(this.#waiting[0]!.bytes)) this.#waiting.shift()!.go();
  }
}
