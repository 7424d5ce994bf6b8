import { setTimeout as pause } from 'node:timers/promises';
import type { AnalyticsHealth } from '../composition/analytics-side';
import type { Platform } from '../composition/platform';
import type { ServerHealth, ServersHealth } from './server-health';

/** Whoever asks for readiness asks every few seconds and does not wait long. */
const LONGEST_MS = 2_000;

/** What `work` answers, or `instead` where it fails or takes too long: a server that stands still answers nothing at all. */
export const inTime = async <T, U>(work: () => Promise<T>, instead: (why: string) => U): Promise<T | U> => {
  const waiting = new AbortController();
  const slow = pause(LONGEST_MS, undefined, { signal: waiting.signal, ref: false }).then(
    () => instead('no answer in time'),
    () => instead('asked no more'),
  );
  try {
    return await Promise.race([work().catch((error: unknown) => instead(whyOf(error))), slow]);
  } finally {
    waiting.abort();
  }
};

/** What `work` ran into; undefined when it succeeded in time. */
export const trouble = (work: () => Promise<unknown>): Promise<string | undefined> =>
  inTime(
    () => work().then(() => undefined),
    (why) => why,
  );

/** By shape: errors of the platform may be of another class than ours. */
const whyOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as Readonly<Record<'code' | 'name', unknown>>;
  const kind = typeof name === 'string' ? name : 'failed';
  return typeof code === 'string' ? `${kind} ${code}` : kind;
};

/** Asks each server. */
export const healthOfServers = async ({ config, stores, reading, analytics }: Platform): Promise<ServersHealth> => {
  const files = stores.dataDir === undefined ? 'memory' : 'sqlite';
  const [events, views, figures] = await Promise.all([
    trouble(() => stores.store.head()),
    trouble(() => reading.ping()),
    inTime(
      () => analytics.health(),
      (reason): AnalyticsHealth => ({ state: 'degraded', reason }),
    ),
  ]);
  return {
    eventStore: { kind: config.eventStoreDb === undefined ? files : 'eventstoredb', ...stateOf(events) },
    views: { kind: config.postgres === undefined ? 'sqlite' : 'postgres', ...stateOf(views) },
    clickhouse: {
      kind: config.analytics === 'off' ? 'none' : config.analytics === 'engine' ? 'engine' : 'clickhouse',
      state: figures.state === 'off' ? 'off' : figures.state === 'available' ? 'ok' : 'degraded',
      ...(figures.state === 'available' || figures.state === 'off' ? {} : { why: figures.reason ?? figures.state }),
    },
  };
};

const stateOf = (why: string | undefined): Pick<ServerHealth, 'state' | 'why'> =>
  why === undefined ? { state: 'ok' } : { state: 'degraded', why };
