import type { Instant } from '@aftercare/domain/kernel';

/** The only source of time. A simulated one drives the demo and the tests. */
export interface Clock {
  now(): Instant;
  /** Resolves at `instant`, or at once when it is past; rejects with the signal's reason when aborted. */
  sleepUntil(instant: Instant, signal?: AbortSignal): Promise<void>;
  readonly simulated: boolean;
}
