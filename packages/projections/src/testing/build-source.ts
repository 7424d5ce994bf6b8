import { createCodec, openSqliteStore, systemClock } from '@aftercare/event-store';
import type { BuildSource } from '../rebuild/index';
import { ticketQueue } from '../ticket-queue/index';
import { eventTables } from './journal';

/** Opens a SQLite event store for a build in a child process. */
export const openBuildSource = (options: unknown): Promise<BuildSource> => {
  const { path } = options as { readonly path: string };
  const store = openSqliteStore({ path, clock: systemClock(), readOnly: true });
  const codec = createCodec({ registry: eventTables, lineageId: store.meta.lineageId });
  return Promise.resolve({
    store,
    decode: (stored) => codec.decode(stored),
    models: [ticketQueue],
    close: () => store.close(),
  });
};
