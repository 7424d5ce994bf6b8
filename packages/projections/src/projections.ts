import { setImmediate } from 'node:timers/promises';
import type { Instant } from '@aftercare/domain';
import type { Clock, EventStore, Position } from '@aftercare/event-store';
import { ConsumerGroup, UnknownConsumerError, type ConsumerStatus, type Decode } from './consumer/index';
import { eventsApart } from './consumer/consumer-group';
import { ProcessRuntime, type OutboxEntry, type SendCommand, type WakeFault } from './process/index';
import type { AnyProcess } from './process/reaction';
import type { BuildProgress, BuildSourceRef } from './rebuild/index';
import { buildBeside, catchUp, tableConsumer, type BesideTable, type RebuildParts } from './rebuild/rebuild';
import { migrateViews, ReadModelTables, type ReadModel, type Views } from './sql/index';

export interface ProjectionsOptions {
  readonly views: Views;
  readonly store: EventStore;
  readonly decode: Decode;
  readonly clock: Clock;
  readonly models: readonly ReadModel[];
  readonly processes?: readonly AnyProcess[];
  /** Carries the processes' commands; required when there are any. */
  readonly send?: SendCommand;
  /**
   * False: commands leave and alarms ring only in `settle`. Default: true, and false under a simulated clock, where a run
   * has to tell the same story each time.
   */
  readonly background?: boolean;
  /** How a child process opens the events for a rebuild; absent: rebuilds run in this process. */
  readonly source?: BuildSourceRef;
  readonly execArgv?: readonly string[];
  /** Events per page and per commit; default 500. */
  readonly pageSize?: number;
  /** Called when a consumer's state changes. */
  readonly onChange?: (name: string) => void;
  /**
   * Other work that only one process may do (the ClickHouse sink, anchors): begun when this process has the work, and to
   * be ended when `signal` aborts. `views` are those to write through: on PostgreSQL they refuse who has lost the lease.
   * On SQLite, where there is no lease, it lasts as long as `run`.
   */
  readonly alongside?: (work: { readonly views: Views; readonly signal: AbortSignal }) => Promise<void>;
}

/** A consumer with side effects can't be rebuilt: it would send its commands again. */
export class NotRebuildableError extends Error {
  override readonly name = 'NotRebuildableError';
  constructor(readonly consumer: string) {
    super(`${consumer} acts on what it reads and can't be rebuilt`);
  }
}

/** This read model is being rebuilt already. */
export class AlreadyRebuildingError extends Error {
  override readonly name = 'AlreadyRebuildingError';
  constructor(readonly consumer: string) {
    super(`${consumer} is being rebuilt already`);
  }
}

/** Progress of a rebuild as `rebuild` tells it: events folded, and the place reached. */
export type RebuildProgress = BuildProgress;

/** The reading side of one process: read models and processes that follow the store. */
export interface Projections {
  /** Follows the store until `signal` aborts; resolves when everything is committed. Outdated tables are rebuilt beside. */
  run(signal: AbortSignal): Promise<void>;
  status(): Promise<readonly ConsumerStatus[]>;
  /** Whether the consumer has reached `position` within `timeoutMs`. Throws `UnknownConsumerError`. */
  waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean>;
  /** Replays a paused consumer from the event it stopped at. False: it was not paused. */
  resume(name: string): boolean;
  /**
   * Builds the table anew beside the one that answers, then switches. Resolves when the new one answers. Throws
   * `UnknownConsumerError`, `NotRebuildableError`, `AlreadyRebuildingError`, `BuildFailedError`.
   */
  rebuild(name: string, onProgress?: (progress: RebuildProgress) => void): Promise<{ readonly peakBytes: number }>;
  /** Commands that kept failing and wait for a person, with their process. */
  parked(): Promise<readonly (OutboxEntry & { readonly process: string })[]>;
  /** Tries a parked command again. */
  retry(commandId: string): Promise<boolean>;
  /** Alarms on which a process threw. */
  wakeFaults(): readonly (WakeFault & { readonly process: string })[];
  /** Does everything that is due now, and what follows from it: events → reactions → commands → alarms → … */
  settle(): Promise<void>;
  /** The next instant at which a process has something to do. */
  nextDue(): Promise<Instant | undefined>;
}

/** Prepares tables and consumers; nothing is read before `run`. */
export const openProjections = async (options: ProjectionsOptions): Promise<Projections> => {
  await migrateViews(options.views.write);
  const side = new ReadingSide(options);
  await side.prepare();
  return side;
};

class ReadingSide implements Projections {
  readonly #group: ConsumerGroup;
  readonly #tables: ReadModelTables;
  readonly #runtimes: readonly ProcessRuntime[];
  readonly #rebuilding = new Map<string, { done: number; position?: Position }>();
  readonly #outdated = new Set<string>();
  readonly #failedBuilds = new Map<string, string>();
  #signal: AbortSignal | undefined;

  constructor(private readonly options: ProjectionsOptions) {
    const { views, clock, send, processes = [] } = options;
    if (processes.length > 0 && !send) throw new Error('processes need somebody who sends their commands');
    this.#group = new ConsumerGroup(options);
    this.#tables = new ReadModelTables(views.write);
    this.#runtimes = processes.map((process) => new ProcessRuntime({ process, db: views.write, clock, send: send! }));
  }

  async prepare(): Promise<void> {
    for (const model of this.options.models) {
      const { table, outdated } = await this.#tables.prepare(model);
      if (outdated) this.#outdated.add(model.projector.name);
      else await this.#group.add(tableConsumer(this.options, model, table));
    }
    for (const runtime of this.#runtimes) {
      await this.#group.add(runtime.consumer);
      runtime.watch(() => this.#caughtUp(runtime.name));
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    const following = this.#group.run(signal);
    const { background = !this.options.clock.simulated } = this.options;
    const processes = background ? this.#runtimes.map((runtime) => runtime.run(signal)) : [];
    const rebuilds = [...this.#outdated].map((name) =>
      this.rebuild(name).then(
        () => undefined,
        // Visible in the status; the old table goes on answering.
        (error: unknown) => void this.#failedBuilds.set(name, error instanceof Error ? error.message : 'failed'),
      ),
    );
    await Promise.all([following, ...processes, ...rebuilds]);
  }

  async status(): Promise<readonly ConsumerStatus[]> {
    const head = await this.options.store.head();
    const running = (await this.#group.status()).map((status) => this.#withProgress(status, head));
    const waiting = [...this.#outdated].map((name) => this.#outdatedStatus(name, head));
    return [...running, ...waiting];
  }

  async waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean> {
    // An outdated table stands still until the new one has taken its place.
    if (this.#outdated.has(name)) return false;
    return this.#group.waitFor(name, position, timeoutMs);
  }

  resume(name: string): boolean {
    return this.#group.resume(name);
  }

  async rebuild(
    name: string,
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<{ readonly peakBytes: number }> {
    const model = this.options.models.find((one) => one.projector.name === name);
    if (!model) {
      if (this.#runtimes.some((runtime) => runtime.name === name)) throw new NotRebuildableError(name);
      throw new UnknownConsumerError(name);
    }
    if (this.#rebuilding.has(name)) throw new AlreadyRebuildingError(name);
    const progress: { done: number; position?: Position } = { done: 0 };
    this.#rebuilding.set(name, progress);
    this.options.onChange?.(name);
    try {
      const beside = await buildBeside(this.#parts(), model, {
        ...(this.#signal ? { signal: this.#signal } : {}),
        onProgress: (now) => {
          Object.assign(progress, now);
          onProgress?.(now);
        },
      });
      await this.#switch(model, beside);
      return { peakBytes: beside.peakBytes };
    } finally {
      this.#rebuilding.delete(name);
      this.options.onChange?.(name);
    }
  }

  async parked(): Promise<readonly (OutboxEntry & { readonly process: string })[]> {
    const lists = await Promise.all(
      this.#runtimes.map(async (runtime) =>
        (await runtime.parked()).map((entry) => ({ ...entry, process: runtime.name })),
      ),
    );
    return lists.flat();
  }

  async retry(commandId: string): Promise<boolean> {
    for (const runtime of this.#runtimes) if (await runtime.retry(commandId)) return true;
    return false;
  }

  wakeFaults(): readonly (WakeFault & { readonly process: string })[] {
    return this.#runtimes.flatMap((runtime) =>
      runtime.wakeFaults().map((fault) => ({ ...fault, process: runtime.name })),
    );
  }

  async settle(): Promise<void> {
    const { store } = this.options;
    for (;;) {
      const head = await store.head();
      await this.#group.reachHead();
      let worked = false;
      // One after the other: what they do together must not depend on who is faster.
      for (const runtime of this.#runtimes) worked = (await runtime.doDue()) || worked;
      if (!worked && (await store.head()) === head) return;
      await setImmediate();
    }
  }

  async nextDue(): Promise<Instant | undefined> {
    const all = await Promise.all(this.#runtimes.map((runtime) => runtime.nextDue()));
    return all.filter((at): at is Instant => at !== undefined).sort()[0];
  }

  /** The old table answers until the new one has everything that the old one shows. */
  async #switch(model: ReadModel, beside: BesideTable): Promise<void> {
    const { name } = model.projector;
    const consumer = tableConsumer(this.options, model, beside.table);
    const exchange = async () => {
      await catchUp(this.#parts(), consumer, await consumer.position());
      await this.#tables.switchTo(model, beside.table);
      return consumer;
    };
    if (this.#outdated.has(name)) {
      await exchange();
      this.#outdated.delete(name);
      this.#failedBuilds.delete(name);
      await this.#group.add(consumer);
      return;
    }
    await catchUp(this.#parts(), consumer, beside.position);
    await this.#group.member(name).replace(exchange);
  }

  /** Gives the consumer a moment: what its own last command caused is usually just on its way. */
  async #caughtUp(name: string): Promise<boolean> {
    const head = await this.options.store.head();
    return head === undefined || this.#group.waitFor(name, head, 1_000);
  }

  #withProgress(status: ConsumerStatus, head: Position | undefined): ConsumerStatus {
    const progress = this.#rebuilding.get(status.name);
    return progress ? { ...status, state: 'rebuilding', progress: progressOf(progress, head) } : status;
  }

  #outdatedStatus(name: string, head: Position | undefined): ConsumerStatus {
    const model = this.options.models.find((one) => one.projector.name === name)!;
    const reason = this.#failedBuilds.get(name);
    return {
      name,
      version: model.projector.version,
      state: reason === undefined ? 'rebuilding' : 'paused',
      lagEvents: head === undefined ? 0 : eventsApart(undefined, head),
      lagMs: 0,
      progress: progressOf(this.#rebuilding.get(name) ?? { done: 0 }, head),
      ...(reason === undefined ? {} : { fault: { reason, at: this.options.clock.now(), failures: 1 } }),
    };
  }

  #parts(): RebuildParts {
    return { ...this.options, tables: this.#tables };
  }
}

/** By position where positions count events: the events that a projector doesn't want pass as well. */
const progressOf = (progress: { readonly done: number; readonly position?: Position }, head: Position | undefined) => {
  const total = head === undefined ? 0 : eventsApart(undefined, head);
  const counted = progress.position === undefined ? 0 : eventsApart(undefined, progress.position);
  return { done: counted ?? progress.done, total };
};
