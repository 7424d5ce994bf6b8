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
  openPostgresViews,
  openProjections,
  openSqliteViews,
  ReadModelTables,
  readModelsUnder,
  sqliteBuildSource,
  SqlRowStore,
  matterByNumber,
  exportsAbout,
  mattersOf,
  type PostgresOptions,
  type Projections,
  type ReadModel,
  type RowStore,
  type SqliteViews,
  type Views,
  type ViewsDb,
} from '@aftercare/projections';
import type { Logger } from 'pino';
import type { CommandGate } from '../commands/command-gate';
import { paced, type Pace } from './pace';
import { onPostgres } from './server-unavailable';
import { viewsFile, type Stores } from './stores';

/** Everything that follows the log: read models and process managers. Thrown away and rebuilt at will. */
export interface ReadingSide extends Omit<Projections, 'run'> {
  /** Where queries read. */
  readonly db: ViewsDb;
  /** Phones and names are compared under this key, never stored. */
  readonly blindIndex: BlindIndex;
  start(): void;
  stop(): Promise<void>;
  /** A consistent copy of the views' file; absent where they are no file. */
  readonly backup?: (target: string) => Promise<void>;
  /** True: other processes may have the same views and the work. */
  readonly shared: boolean;
  /** What else only the process with the work may do; for shared views, and said before `start`. */
  whileWorking(work: (tenure: { readonly views: Views; readonly signal: AbortSignal }) => Promise<void>): void;
  /** Throws while the database does not answer. */
  ping(): Promise<void>;
  /** Stream of the ticket with this number. */
  ticketByNumber(number: string): Promise<string | undefined>;
  /** Streams of a customer's tickets and complaints. */
  mattersOf(customer: string): Promise<readonly string[]>;
  /** Exports of matters, by their streams and by who can be read in them. */
  exportsAbout(about: readonly string[]): ReturnType<typeof exportsAbout>;
  /** Who could take a job that starts at an instant. */
  candidates(at: Instant): Promise<{ readonly candidates: readonly Candidate[]; readonly readPosition?: string }>;
  /** A table beside the read models for somebody who folds for elsewhere. */
  rowsOf(model: ReadModel, views?: Pick<Views, 'write'>): Promise<RowStore>;
}

interface Parts {
  /** Undefined: a file in the data directory. */
  readonly postgres: PostgresOptions | undefined;
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
  const { views, backup, remove } = await openViews(parts);
  const shared = views.lease !== undefined;
  const besides: Parameters<ReadingSide['whileWorking']>[0][] = [];
  const blindIndex = new BlindIndex(createHmac('sha256', stores.trackingKey).update('blind index').digest());
  const lookUp = customerLookup({ index: blindIndex, open: (event) => codec.openPersonal(event, stores.keys) });
  const projections = await openProjections({
    views,
    store: paced(stores.store, pace),
    decode: (stored) => codec.decode(stored),
    clock,
    models: [...readModelsUnder((at) => policies(at)['service-level']), lookUp],
    processes: processManagers(policies),
    send: async (envelope, dueSince) => {
      await pace.carry(dueSince);
      return send(envelope);
    },
    ...(stores.eventsFile === undefined ? {} : { source: sqliteBuildSource(stores.eventsFile) }),
    ...(shared ? { alongside: async (work) => void (await Promise.all(besides.map((beside) => beside(work)))) } : {}),
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
      remove();
    },
    ...(backup ? { backup } : {}),
    shared,
    whileWorking: (work) => void besides.push(work),
    ping: async () => {
      await views.read.selectFrom('checkpoints').select('consumer').limit(1).execute();
    },
    ticketByNumber: async (number) => {
      const stream = (await matterByNumber(views.read, number))?.stream;
      return stream?.startsWith('ticket-') ? stream : undefined;
    },
    mattersOf: (customer) => mattersOf(views.read, customer),
    exportsAbout: (about) => exportsAbout(views.read, about),
    candidates: (at) => candidatesFor(views.read, at),
    rowsOf: async (model, { write } = views) => {
      const { table } = await new ReadModelTables(write).prepare(model);
      return new SqlRowStore(write, model, table);
    },
    working: () => projections.working(),
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

interface OpenedViews {
  readonly views: Views;
  readonly backup?: (target: string) => Promise<void>;
  readonly remove: () => void;
}

/** On the server, in the data directory's file, or for memory stores in a file that goes with the process. */
const openViews = async ({ postgres, stores }: Pick<Parts, 'postgres' | 'stores'>): Promise<OpenedViews> => {
  if (postgres) return { views: await onPostgres(() => openPostgresViews(postgres)), remove: () => undefined };
  const folder = stores.dataDir ?? mkdtempSync(join(tmpdir(), 'aftercare-views-'));
  const views: SqliteViews = openSqliteViews(viewsFile(folder));
  return {
    views,
    backup: (target) => views.backup(target),
    remove: () => {
      if (stores.dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};
