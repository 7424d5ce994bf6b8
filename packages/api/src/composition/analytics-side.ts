import { join } from 'node:path';
import {
  analyticsState,
  createAnalytics,
  type Analytics,
  type AnalyticsOptions,
  type AnalyticsStatus,
} from '@aftercare/analytics';
import type { Clock, Codec } from '@aftercare/event-store';
import type { ConsumerStatus, RowStore } from '@aftercare/projections/consumer';
import type { Logger } from 'pino';
import type { Config } from './config';
import type { ReadingSide } from './reading-side';
import type { Stores } from './stores';

export interface AnalyticsHealth {
  /** `available`, or why not: `off`, `not-started`, `degraded`, `unavailable`, `closed`. */
  readonly state: string;
  readonly reason?: string;
  readonly lagEvents?: number | null;
}

/** ClickHouse and what fills it; may be missing, and everything else goes on. */
export interface AnalyticsSide {
  /** What questions are put to; undefined: switched off. */
  readonly figures: Analytics | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): Promise<AnalyticsHealth>;
  /** How far ClickHouse is fed; undefined where another process does it, or none. */
  consumer(): Promise<ConsumerStatus | undefined>;
}

interface Parts {
  readonly config: Pick<Config, 'analytics' | 'dataDir'>;
  readonly clock: Clock;
  readonly stores: Pick<Stores, 'store'>;
  readonly codec: Codec;
  readonly reading: Pick<ReadingSide, 'rowsOf' | 'shared' | 'whileWorking'>;
  readonly logger: Logger;
}

/**
 * Who has the work feeds ClickHouse, everybody else only asks. Where several processes share the views, feeding begins and
 * ends with the work, and writes through views that refuse whoever has lost it.
 */
export const openAnalytics = async (parts: Parts): Promise<AnalyticsSide> => {
  const { config, reading, logger } = parts;
  if (config.analytics === 'off') return nothing;
  const with_ = (rows: RowStore, follows: boolean): Analytics =>
    createAnalytics({ ...placeOf(config), ...around(parts), rows, follows, shared: reading.shared });
  const figures = with_(await reading.rowsOf(analyticsState), !reading.shared);
  let feeding = reading.shared ? undefined : figures;
  reading.whileWorking(async ({ views, signal }) => {
    const feeder = with_(await reading.rowsOf(analyticsState, views), true);
    feeding = feeder;
    await feeder.start();
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    feeding = undefined;
    await feeder.close();
  });
  return {
    figures,
    start: async () => {
      const status = await figures.start();
      if (status.status === 'unavailable') logger.warn({ reason: status.reason }, 'analytics is off');
    },
    stop: () => figures.close(),
    health: async () => healthOf(await (feeding ?? figures).status()),
    consumer: async () => {
      const status = await feeding?.status();
      return status?.status === 'available' ? status.consumer : undefined;
    },
  };
};

const nothing: AnalyticsSide = {
  figures: undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  health: () => Promise.resolve({ state: 'off' }),
  consumer: () => Promise.resolve(undefined),
};

const placeOf = ({ analytics, dataDir }: Parts['config']) =>
  typeof analytics === 'object' ? analytics : { dir: join(dataDir, 'chdb') };

const around = ({ stores, codec, clock }: Parts): Pick<AnalyticsOptions, 'store' | 'decode' | 'clock'> => ({
  store: stores.store,
  decode: (stored) => codec.decode(stored),
  clock,
});

const healthOf = (status: AnalyticsStatus): AnalyticsHealth => {
  if (status.status === 'unavailable') return { state: status.status, reason: status.reason };
  if (status.status !== 'available') return { state: status.status };
  const { lagEvents } = status.freshness;
  return status.trouble === undefined
    ? { state: status.status, lagEvents }
    : { state: 'degraded', reason: status.trouble, lagEvents };
};
