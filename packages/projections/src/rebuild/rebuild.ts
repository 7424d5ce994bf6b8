import { setImmediate } from 'node:timers/promises';
import type { EventStore, Position } from '@aftercare/event-store';
import { projectorConsumer, type Consumer, type Decode } from '../consumer/index';
import { feedOf } from '../consumer/feed';
import type { ReadModel } from '../sql/read-model';
import type { ReadModelTables } from '../sql/read-model-tables';
import { SqlCheckpointStore } from '../sql/sql-checkpoint-store';
import { SqlRowStore } from '../sql/sql-row-store';
import { BuildFile, removeBuildFile } from '../sql/sqlite/build-file';
import { copyIntoPostgres } from '../sql/postgres/copy-in';
import { copyIntoSqlite } from '../sql/sqlite/copy-in';
import { dialectOf } from '../sql/dialect';
import type { Views } from '../sql/views';
import { buildInChild, type Built } from './build-in-child';
import { buildRows, type BuildProgress } from './build-rows';
import type { BuildSourceRef } from './build-source';

export interface RebuildParts {
  readonly views: Views;
  readonly tables: ReadModelTables;
  readonly store: EventStore;
  readonly decode: Decode;
  /** How a child process opens the events; absent: built in this process, with turns of the event loop in between. */
  readonly source?: BuildSourceRef;
  readonly execArgv?: readonly string[];
}

/** A consumer of a model's rows in one table. */
export const tableConsumer = ({ views }: Pick<RebuildParts, 'views'>, model: ReadModel, table: string): Consumer => {
  const rows = new SqlRowStore(views.write, model, table);
  return projectorConsumer(model.projector, {
    consumer: table,
    rows,
    // The rows' own: what is folded on has to be what is checked when they are saved.
    checkpoints: { load: () => rows.position(), save: () => Promise.reject(new Error('saved with the rows')) },
    open: model.open,
  });
};

/** A table that was built beside the one that answers, up to `position`; not yet answering. */
export interface BesideTable extends Built {
  readonly table: string;
}

/** Builds a model's table from the first event on, into a file, and copies it beside the one that answers. */
export const buildBeside = async (
  parts: RebuildParts,
  model: ReadModel,
  options: { readonly onProgress?: (progress: BuildProgress) => void; readonly signal?: AbortSignal } = {},
): Promise<BesideTable> => {
  const { views, tables } = parts;
  const file = `${views.buildPrefix}.build-${model.projector.name}`;
  try {
    const built = await build(parts, model, file, options);
    const table = await tables.createBeside(model);
    const copyIn = dialectOf(views.write) === 'postgres' ? copyIntoPostgres : copyIntoSqlite;
    await copyIn(views.write, file, model, table);
    if (built.position !== undefined) await new SqlCheckpointStore(views.write).save(table, built.position);
    return { ...built, table };
  } finally {
    removeBuildFile(file);
  }
};

/** Feeds a new table what was recorded since it was built. */
export const catchUp = async (parts: RebuildParts, consumer: Consumer, from: Position | undefined): Promise<void> => {
  let position = from;
  for (let end = false; !end;) {
    const page = await parts.store.readAll({
      types: [...(consumer.types ?? [])],
      limit: 500,
      ...(position === undefined ? {} : { after: position }),
    });
    if (page.upTo !== undefined && page.upTo !== position) {
      await consumer.take(
        feedOf(page.events, parts.decode).map((event) => event.read()),
        page.upTo,
      );
      position = page.upTo;
    }
    end = page.end;
    await setImmediate();
  }
};

const build = (
  parts: RebuildParts,
  model: ReadModel,
  file: string,
  options: { readonly onProgress?: (progress: BuildProgress) => void; readonly signal?: AbortSignal },
): Promise<Built> =>
  // Whatever opens personal parts stays in the process that holds the keys.
  parts.source && !model.open
    ? buildInChild(
        { source: parts.source, model: model.projector.name, file },
        { ...options, ...(parts.execArgv ? { execArgv: parts.execArgv } : {}) },
      )
    : buildHere(parts, model, file, options);

const buildHere = async (
  { store, decode }: RebuildParts,
  model: ReadModel,
  file: string,
  options: { readonly onProgress?: (progress: BuildProgress) => void; readonly signal?: AbortSignal },
): Promise<Built> => {
  const began = performance.now();
  const target = new BuildFile(file, model);
  try {
    const position = await buildRows({ model, store, decode, target, pageSize: 250, ...options });
    return { position, peakBytes: 0, millis: performance.now() - began };
  } finally {
    target.close();
  }
};
