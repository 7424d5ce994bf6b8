import { join } from 'node:path';
import { analyticsState, createAnalytics, type Analytics } from '@aftercare/analytics';
import type { Clock, Codec } from '@aftercare/event-store';
import type { Logger } from 'pino';
import type { Config } from './config';
import type { ReadingSide } from './reading-side';
import type { Stores } from './stores';

/** ClickHouse and what fills it; may be missing, and everything else goes on. */
export interface AnalyticsSide {
  /** Undefined: switched off. */
  readonly figures: Analytics | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Promise<{ readonly state: string; readonly reason?: string; readonly lagEvents?: number | null }>;
}

interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly codec: Codec;
  readonly reading: ReadingSide;
  readonly logger: Logger;
}

export const openAnalytics = async ({
  config,
  clock,
  stores,
  codec,
  reading,
  logger,
}: Parts): Promise<AnalyticsSide> => {
  const figures = config.analytics
    ? createAnalytics({
        dir: join(config.dataDir, 'chdb'),
        store: stores.store,
        decode: (stored) => codec.decode(stored),
        clock,
        rows: await reading.rowsOf(analyticsState),
      })
    : undefined;
  return {
    figures,
    start: async () => {
      const status = await figures?.start();
      if (status?.status === 'unavailable') logger.warn({ reason: status.reason }, 'analytics is off');
    },
    stop: async () => figures?.close(),
    health: async () => {
      if (!figures) return { state: 'off' };
      const status = await figures.status();
      return {
        state: status.status,
        ...('reason' in status ? { reason: status.reason } : {}),
        ...('freshness' in status ? { lagEvents: status.freshness.lagEvents } : {}),
      };
    },
  };
};
