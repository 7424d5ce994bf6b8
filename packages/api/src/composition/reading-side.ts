import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processManagers, type Candidate, type Instant, type PolicyLookup } from '@aftercare/domain';
import type { Clock, Codec } from '@aftercare/event-store';
import {
  BlindIndex,
  candidatesFor,
  customerLookup,
  openProjections,
  openSqliteViews,
  ReadModelTables,
  readModels,
  sqliteBuildSource,
  SqlRowStore,
  ticketByNumber,
  type Projections,
  type ReadModel,
  type RowStore,
  type ViewsDb,
} from '@aftercare/projections';
import type { Logger } from 'pino';
import type { CommandGate } from '../commands/command-gate';
import { paced, type Pace } from './pace';
import { eventsFile, viewsFile, type Stores } from './stores';

/** Everything that follows the log: read models and process managers. Thrown away and rebuilt at will. */
export interface ReadingSide extends Omit<Projections, 'run'> {
  /** Where queries read. */
  readonly db: ViewsDb;
  /** Phones and names are compared under this key, never stored. */
  readonly blindIndex: BlindIndex;
  start(): void;
  stop(): Promise<void>;
  /** A consistent copy of the views' file. */
  backup(target: string): Promise<void>;
  /** Stream of the ticket with this number. */
  ticketByNumber(number: string): Promise<string | undefined>;
  /** Who could take a job that starts at an instant. */
  candidates(at: Instant): Promise<{ readonly candidates: readonly Candidate[]; readonly readPosition?: string }>;
  /** A table beside the read models for somebody who folds for elsewhere. */
  rowsOf(model: ReadModel): Promise<RowStore>;
}

interface Parts {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly codec: Codec;
  readonly logger: Logger;
  readonly send: CommandGate['sendFromProcess'];
  readonly policies: PolicyLookup;
  readonly pace: Pace;
}

/** Opens the views and prepares what follows the log; nothing is read before `start`. */
export const openReading = async (parts: Parts): Promise<ReadingSide> => {
  const { clock, stores, codec, logger, send, policies, pace } = parts;
  const folder = stores.dataDir ?? mkdtempSync(join(tmpdir(), 'aftercare-views-'));
  const views = openSqliteViews(viewsFile(folder));
  const blindIndex = new BlindIndex(createHmac('sha256', stores.trackingKey).update('blind index').digest());
  const lookUp = customerLookup({ index: blindIndex, open: (event) => codec.openPersonal(event, stores.keys) });
  const projections = await openProjections({
    views,
    store: paced(stores.store, pace),
    decode: (stored) => codec.decode(stored),
    clock,
    models: [...readModels, lookUp],
    processes: processManagers(policies),
    send: async (envelope) => {
      await pace.turn();
      return send(envelope);
    },
    ...(stores.dataDir === undefined ? {} : { source: sqliteBuildSource(eventsFile(stores.dataDir)) }),
  });
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  return {
    db: views.read,
    blindIndex,
    start: () => {
      running ??= projections.run(stopping.signal).catch((err: unknown) => logger.fatal({ err }, 'reading stopped'));
    },
    stop: async () => {
      stopping.abort();
      await running;
      await views.close();
      if (stores.dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    },
    backup: (target) => views.backup(target),
    ticketByNumber: async (number) => (await ticketByNumber(views.read, number))?.ticket,
    candidates: (at) => candidatesFor(views.read, at),
    rowsOf: async (model) => {
      const { table } = await new ReadModelTables(views.write).prepare(model);
      return new SqlRowStore(views.write, model, table);
    },
    status: () => projections.status(),
    waitFor: (name, position, timeoutMs) => pace.urgently(() => projections.waitFor(name, position, timeoutMs)),
    resume: (name) => projections.resume(name),
    rebuild: (name, onProgress) => projections.rebuild(name, onProgress),
    parked: () => projections.parked(),
    retry: (commandId) => projections.retry(commandId),
    wakeFaults: () => projections.wakeFaults(),
    settle: () => projections.settle(),
    nextDue: () => projections.nextDue(),
  };
};
