import { StoreBusyError, StoreFailedError, type AppendResult, type EncodedEvent, type Head } from '../port/event-store';

/** One append waiting for its group. */
export interface AppendRequest {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
  readonly expected: Head;
}

interface Waiting extends AppendRequest {
  readonly bytes: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: unknown) => void;
}

export const MAX_QUEUED_APPENDS = 1_000;
export const MAX_QUEUED_BYTES = 16_000_000;

/**
 * Collects the appends of one turn of the event loop and commits them together: one flush to disk serves all of them.
 * `commit` answers one result per request; what it throws is the answer to the whole group.
 */
export class AppendQueue {
  #waiting: Waiting[] = [];
  #bytes = 0;
  #closed = false;

  constructor(private readonly commit: (group: readonly AppendRequest[]) => readonly AppendResult[]) {}

  push(request: AppendRequest, bytes: number): Promise<AppendResult> {
    if (this.#closed) return Promise.reject(new StoreFailedError('the store is closed'));
    if (this.#waiting.length >= MAX_QUEUED_APPENDS || this.#bytes + bytes > MAX_QUEUED_BYTES)
      return Promise.reject(new StoreBusyError('the append queue is full: try again in a second'));
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.flush());
      this.#waiting.push({ ...request, bytes, resolve, reject });
      this.#bytes += bytes;
    });
  }

  /** Commits what waits; after it nothing is pending. */
  flush(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    this.#bytes = 0;
    let results: readonly AppendResult[];
    try {
      results = this.commit(group);
    } catch (error) {
      group.forEach((one) => one.reject(error));
      return;
    }
    group.forEach((one, index) => one.resolve(results[index]!));
  }

  close(): void {
    this.flush();
    this.#closed = true;
  }
}
