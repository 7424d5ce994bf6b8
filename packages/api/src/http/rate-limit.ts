import type { Clock } from '@aftercare/event-store';
import { millisOf } from '@aftercare/domain';
import { problem } from './problem';

interface Bucket {
  tokens: number;
  at: number;
}

const MOST_KEYS = 10_000;

/**
 * Token bucket per key (an address, a link, a ticket number), in memory: only public routes use it. `take` throws 429
 * with Retry-After. When too many keys are known the oldest are forgotten, so that memory stays bounded.
 */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    /** Requests allowed at once. */
    private readonly burst: number,
    /** Requests regained per minute. */
    private readonly perMinute: number,
  ) {}

  take(key: string): void {
    const now = millisOf(this.clock.now());
    const known = this.buckets.get(key);
    const tokens = known
      ? Math.min(this.burst, known.tokens + ((now - known.at) / 60_000) * this.perMinute)
      : this.burst;
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: Math.max(0, tokens - 1), at: now });
    if (this.buckets.size > MOST_KEYS) this.forgetOldest();
    if (tokens < 1) {
      const seconds = Math.ceil(((1 - tokens) / this.perMinute) * 60);
      throw problem('RATE.LIMITED', { headers: { 'retry-after': String(Math.max(1, seconds)) } });
    }
  }

  private forgetOldest(): void {
    const oldest = this.buckets.keys().next();
    if (!oldest.done) this.buckets.delete(oldest.value);
  }
}
