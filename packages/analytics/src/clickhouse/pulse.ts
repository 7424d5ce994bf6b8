import { setTimeout as pause } from 'node:timers/promises';
import { sentenceOf } from './clickhouse-error';
import { type Database } from './database';

/** Whoever asks for a status must not wait long, nor make a server busy by asking. */
const TRUSTED_MS = 5_000;
const LONGEST_MS = 1_500;

/** Whether a server answers, asked at most every five seconds. */
export class Pulse {
  #checked: { readonly at: number; readonly trouble: Promise<string | undefined> } | undefined;

  constructor(private readonly database: Pick<Database, 'query' | 'remembersInserts'>) {}

  /** What is wrong, as a sentence without values; undefined: nothing, or the engine is in this process. */
  trouble(): Promise<string | undefined> {
    if (!this.database.remembersInserts) return Promise.resolve(undefined);
    const now = performance.now();
    if (this.#checked === undefined || now - this.#checked.at > TRUSTED_MS)
      this.#checked = { at: now, trouble: this.#ask() };
    return this.#checked.trouble;
  }

  async #ask(): Promise<string | undefined> {
    const waiting = new AbortController();
    const slow = pause(LONGEST_MS, 'no answer in time', { signal: waiting.signal, ref: false }).catch(() => undefined);
    const asked = this.database.query('SELECT 1').then(() => undefined, sentenceOf);
    try {
      return await Promise.race([asked, slow]);
    } finally {
      waiting.abort();
    }
  }
}
