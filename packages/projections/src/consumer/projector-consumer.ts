import type { RecordedEvent } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';
import { NOTHING_CAME_OF_IT, type Consumer } from './consumer';
import { foldInto, keysOf } from './fold-page';
import { digesting } from './poison';
import type { CheckpointStore, Projector, Row, RowStore } from './projector';

/** Where a projector's rows and its position live. */
export interface ProjectorStores {
  /** Name under which the position is kept; a table that is built beside another has one of its own. */
  readonly consumer?: string;
  readonly rows: RowStore;
  /** Opens personal parts before the fold; absent: the projector sees them sealed. */
  readonly open?: ((event: RecordedEvent) => Promise<RecordedEvent>) | undefined;
  readonly checkpoints: CheckpointStore;
}

/**
 * A projector as a consumer: all rows that a page touches are loaded in one query, folded in memory and, as far as they
 * changed, saved with the position in one transaction (where the row store can't do that, the position follows the rows: it may lag, never lead).
 */
export const projectorConsumer = (projector: Projector, stores: ProjectorStores): Consumer => {
  const { rows: rowStore, checkpoints } = stores;
  const consumer = stores.consumer ?? projector.name;
  const save = async (rows: ReadonlyMap<string, Row | null>, upTo: Position) => {
    await rowStore.save(rows, upTo);
    if (!rowStore.savesCheckpoint) await checkpoints.save(consumer, upTo);
  };
  return {
    name: projector.name,
    version: projector.version,
    types: new Set(projector.types),
    position: () => checkpoints.load(consumer),
    take: async (sealed, upTo) => {
      const events = await opened(sealed, stores.open);
      const keys = allKeys(projector, events);
      const before: ReadonlyMap<string, Row> = keys.length > 0 ? await rowStore.load(keys) : new Map<string, Row>();
      const changed = changedRows(projector, before, events);
      if (events.length > 0 && changed.size === 0) return NOTHING_CAME_OF_IT;
      await save(changed, upTo);
    },
  };
};

/** A projector that hands back the row it was given says that nothing changed: such a row is not written again. */
const changedRows = (
  projector: Projector,
  before: ReadonlyMap<string, Row>,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, Row | null> => {
  const rows = new Map<string, Row | null>(before);
  const touched = foldInto(projector, rows, events);
  const changed = new Map<string, Row | null>();
  for (const key of touched) {
    const row = rows.get(key) ?? null;
    if (row !== (before.get(key) ?? null)) changed.set(key, row);
  }
  return changed;
};

const allKeys = (projector: Projector, events: readonly RecordedEvent[]): readonly string[] => {
  const keys = new Set<string>();
  for (const event of events) for (const key of digesting(event, () => keysOf(projector, event))) keys.add(key);
  return [...keys];
};

/** Opens events one by one, so that the one that doesn't open is named. */
export const opened = async (
  events: readonly RecordedEvent[],
  open: ProjectorStores['open'],
): Promise<readonly RecordedEvent[]> => {
  if (!open) return events;
  const readable: RecordedEvent[] = [];
  for (const event of events)
    readable.push(
      await open(event).catch((error: unknown) =>
        digesting(event, () => {
          throw error;
        }),
      ),
    );
  return readable;
};
