/** How long to wait before the next try, and when to stop trying by oneself. Times in milliseconds. */
export interface RetryPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** Tries of an event that can't be digested before its consumer pauses. */
  readonly attempts: number;
}

export const defaultRetries: RetryPolicy = { firstDelayMs: 200, longestDelayMs: 30_000, attempts: 4 };

/** Doubles with every failure. `failures` counts from 1. */
export const delayAfter = (failures: number, policy: RetryPolicy): number =>
  Math.min(policy.firstDelayMs * 2 ** Math.min(failures - 1, 30), policy.longestDelayMs);
