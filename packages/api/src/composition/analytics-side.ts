import type { Clock, Codec } from '@aftercare/event-store';
import type { Logger } from 'pino';
import type { Config } from './config';
import type { Stores } from './stores';

/** ClickHouse and what fills it; may be missing, and everything else goes on. */
export interface AnalyticsSide {
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Promise<{ readonly state: 'on' | 'off' | 'failed'; readonly reason?: string }>;
}

interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly codec: Codec;
  readonly logger: Logger;
}

export const openAnalytics = (_parts: Parts): Promise<AnalyticsSide> =>
  Promise.resolve({
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    health: () => Promise.resolve({ state: 'off' as const }),
  });
