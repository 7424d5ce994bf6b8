import {
  policyHistory,
  policyInForce,
  registry,
  type PolicyEvent,
  type Recorded,
  type ServiceLevelLookup,
} from '@aftercare/domain';
import { createCodec, openSqliteStore, systemClock, type EventStore, type StoredEvent } from '@aftercare/event-store';
import type { Decode } from '../consumer/index';
import { readModelsUnder } from '../read-models';
import type { BuildSource, BuildSourceRef } from './build-source';

/** Lets a child process build any of `readModelsUnder` from a SQLite event store, which it opens for reading only. */
export const sqliteBuildSource = (path: string): BuildSourceRef => ({ module: __filename, options: { path } });

export const openBuildSource = async (options: unknown): Promise<BuildSource> => {
  const { path } = options as { readonly path: string };
  const store = openSqliteStore({ path, clock: systemClock(), readOnly: true });
  const codec = createCodec({ registry, lineageId: store.meta.lineageId });
  const decode = (stored: StoredEvent) => codec.decode(stored);
  return { store, decode, models: readModelsUnder(await publishedLevels(store, decode)), close: () => store.close() };
};

/** The service levels as published in the store itself: a child process shares no memory with who knows them already. */
const publishedLevels = async (store: Pick<EventStore, 'readAll'>, decode: Decode): Promise<ServiceLevelLookup> => {
  const { events } = await store.readAll({ types: ['policy.PolicyPublished'], limit: MOST_VERSIONS });
  const history = policyHistory(
    'service-level',
    events.map((stored) => decode(stored) as Recorded<PolicyEvent>),
  );
  return (at) => {
    const version = policyInForce(history, at);
    if (!version) throw new Error('no service levels were ever published');
    return version;
  };
};

/** Of all kinds together; a company publishes a few a month. */
const MOST_VERSIONS = 10_000;
