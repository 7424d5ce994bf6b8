import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processManagers, type Candidate, type PolicyLookup } from '@aftercare/domain';
import type { Clock, Codec } from '@aftercare/event-store';
import {
  openProjections,
  openSqliteViews,
  ticketQueue,
  ticketQueuePage,
  type Projections,
  type ReadModel,
  type ViewsDb,
} from '@aftercare/projections';
import type { Logger } from 'pino';
import type { CommandGate } from '../commands/command-gate';
import { viewsFile, type Stores } from './stores';

/** Everything that follows the log: read models and process managers. Thrown away and rebuilt at will. */
export interface ReadingSide extends Omit<Projections, 'run'> {
  /** Where queries read. */
  readonly db: ViewsDb;
  start(): void;
  stop(): Promise<void>;
  /** A consistent copy of the views' file. */
  backup(target: string): Promise<void>;
  /** Stream of the ticket with this number. */
  ticketByNumber(number: string): Promise<string | undefined>;
  /** Who could take a job now. */
  candidates(): Promise<{ readonly candidates: readonly Candidate[]; readonly readPosition?: string }>;
}

interface Parts {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly codec: Codec;
  readonly logger: Logger;
  readonly send: CommandGate['sendFromProcess'];
  readonly policies: PolicyLookup;
}

/** Opens the views and prepares what follows the log; nothing is read before `start`. */
export const openReading = async (parts: Parts): Promise<ReadingSide> => {
  const { clock, stores, codec, logger, send, policies } = parts;
  const folder = stores.dataDir ?? mkdtempSync(join(tmpdir(), 'aftercare-views-'));
  const views = openSqliteViews(viewsFile(folder));
  const projections = await openProjections({
    views,
    store: stores.store,
    decode: (stored) => codec.decode(stored),
    clock,
    models: [ticketQueue],
    processes: processManagers(policies),
    send,
  });
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  return {
    db: views.read,
    start: () => {
      running ??= projections.run(stopping.signal).catch((err: unknown) => logger.fatal({ err }, 'reading stopped'));
    },
    stop: async () => {
      stopping.abort();
      await running;
      await views.close();
      if (stores.dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    },
    backup: () => Promise.reject(new Error('not yet')),
    ticketByNumber: async (number) => (await ticketQueuePage(views.read, { number }, { limit: 1 })).rows[0]?.ticket,
    candidates: () => Promise.resolve({ candidates: [] }),
    status: () => projections.status(),
    waitFor: (name, position, timeoutMs) => projections.waitFor(name, position, timeoutMs),
    resume: (name) => projections.resume(name),
    rebuild: (name, onProgress) => projections.rebuild(name, onProgress),
    parked: () => projections.parked(),
    retry: (commandId) => projections.retry(commandId),
    wakeFaults: () => projections.wakeFaults(),
    settle: () => projections.settle(),
    nextDue: () => projections.nextDue(),
  };
};
