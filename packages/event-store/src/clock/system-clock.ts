import { instantOf, millisOf, type Instant } from '@aftercare/domain/kernel';
import type { Clock } from '../port/clock';

/** The longest that a timer of Node can wait; longer waits are taken in stretches. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock; the only place that reads it. */
export const systemClock = (): Clock => ({ simulated: false, now, sleepUntil });

// eslint-disable-next-line no-restricted-syntax -- this is the clock that everybody else asks
const millis = (): number => Date.now();

const now = (): Instant => instantOf(millis());

const sleepUntil = (instant: Instant, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    const wait = () => {
      const left = millisOf(instant) - millis();
      if (left > 0) {
        timer = setTimeout(wait, Math.min(left, LONGEST_TIMER_MS));
        return;
      }
      signal?.removeEventListener('abort', abort);
      resolve();
    };
    wait();
  });
