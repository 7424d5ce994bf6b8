import { registry } from '@aftercare/domain';
import { createCodec, openSqliteStore, systemClock } from '@aftercare/event-store';
import { readModels } from '../read-models';
import type { BuildSource, BuildSourceRef } from './build-source';

/** Lets a child process build any of `readModels` from a SQLite event store, which it opens for reading only. */
export const sqliteBuildSource = (path: string): BuildSourceRef => ({ module: __filename, options: { path } });

export const openBuildSource = (options: unknown): Promise<BuildSource> => {
  const { path } = options as { readonly path: string };
  const store = openSqliteStore({ path, clock: systemClock(), readOnly: true });
  const codec = createCodec({ registry, lineageId: store.meta.lineageId });
  return Promise.resolve({
    store,
    decode: (stored) => codec.decode(stored),
    models: readModels,
    close: () => store.close(),
  });
};
