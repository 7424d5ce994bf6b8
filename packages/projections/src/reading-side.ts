import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';
import { ConsumerGroup, UnknownConsumerError, type ConsumerStatus } from './consumer/index';
import { eventsApart } from './consumer/consumer-group';
import { ProcessRuntime, type OutboxEntry, type WakeFault } from './process/index';
import {
  AlreadyRebuildingError,
  NotRebuildableError,
  type Projections,
  type ProjectionsOptions,
  type RebuildProgress,
} from './projections';
import { buildBeside, catchUp, tableConsumer, type BesideTable, type RebuildParts } from './rebuild/rebuild';
import { isDatabaseDown, ReadModelTables, type ReadModel } from './sql/index';

const BUILD_AGAIN_MS = 2_000;
const LOOK_EVERY_MS = 5_000;

/** Read models and processes of the process that has the work. */
export class ReadingSide implements Projections {
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
    // Who shares the views may let a parked command go again: that has to be noticed.
    const shared = views.lease ? { lookEveryMs: LOOK_EVERY_MS } : {};
    this.#runtimes = processes.map(
      (process) => new ProcessRuntime({ process, db: views.write, clock, send: send!, ...shared }),
    );
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

  /** What fails ends the rest as well: half a reading side would look whole. */
  async run(signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const until = AbortSignal.any([signal, failed.signal]);
    this.#signal = until;
    const { background = !this.options.clock.simulated, alongside, views } = this.options;
    const parts = [
      this.#group.run(until),
      // Each with a signal of its own: more than ten listeners on one look like a leak to Node.
      ...(background ? this.#runtimes.map((runtime) => runtime.run(AbortSignal.any([until]))) : []),
      ...[...this.#outdated].map((name) => this.#rebuildOutdated(name, until)),
      ...(alongside ? [alongside({ views, signal: until })] : []),
    ];
    for (const part of parts) part.catch(() => failed.abort());
    const ended = await Promise.allSettled(parts);
    const bad = ended.find((end) => end.status === 'rejected');
    if (bad) throw bad.reason;
  }

  working(): boolean {
    return true;
  }

  names(): readonly string[] {
    return [...this.options.models.map((model) => model.projector.name), ...this.#runtimes.map(({ name }) => name)];
  }

  /** Where each consumer stands, without asking anybody. */
  positions(): ReadonlyMap<string, Position | undefined> {
    return new Map(this.#group.names().map((name) => [name, this.#group.member(name).position]));
  }

  async status(): Promise<readonly ConsumerStatus[]> {
    const head = await this.options.store.head();
    const running = (await this.#group.status()).map((status) => this.#withFault(this.#withProgress(status, head)));
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
    const model = this.mustBeRebuildable(name);
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

  /** The read model of this name. Throws `UnknownConsumerError`, `NotRebuildableError`. */
  mustBeRebuildable(name: string): ReadModel {
    const model = this.options.models.find((one) => one.projector.name === name);
    if (model) return model;
    if (this.#runtimes.some((runtime) => runtime.name === name)) throw new NotRebuildableError(name);
    throw new UnknownConsumerError(name);
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

  /** A build that fails is visible in the status; the old table goes on answering. */
  async #rebuildOutdated(name: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.rebuild(name);
        return;
      } catch (error) {
        this.#failedBuilds.set(name, error instanceof Error ? error.message : 'failed');
        // What the events or the projector are to blame for would fail again; a server that was away is back some time.
        if (!isDatabaseDown(error)) return;
        await sleep(BUILD_AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
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

  /** A process may follow the events and yet not get its commands out. */
  #withFault(status: ConsumerStatus): ConsumerStatus {
    const fault = this.#runtimes.find(({ name }) => name === status.name)?.fault;
    return fault && !status.fault ? { ...status, fault } : status;
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
