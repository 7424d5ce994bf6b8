import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '@aftercare/domain';
import type { Position } from '@aftercare/event-store';
import { UnknownConsumerError, type ConsumerStatus } from '../consumer/index';
import type { OutboxEntry, WakeFault } from '../process/index';
import { WorkElsewhereError, type Projections, type ProjectionsOptions, type RebuildProgress } from '../projections';
import { ReadingSide } from '../reading-side';
import { isDatabaseDown, LeaseLostError, type Tenure, type WorkLease } from '../sql/index';
import { Reporter } from './reporter';
import { Reports } from './reports';

const TRY_AGAIN_MS = 500;

/**
 * The reading side of one of several processes on the same views. While this process has the work it is a `ReadingSide`,
 * made anew for each time, because another process may have moved everything meanwhile. The rest of the time it answers
 * from the database.
 */
export class SharedSide implements Projections {
  readonly #reports: Reports;
  #side: ReadingSide | undefined;
  #wanted: ((side: ReadingSide) => void)[] = [];

  /** `idle` never runs: it reads for this process what the other one keeps in the database. */
  constructor(
    private readonly options: ProjectionsOptions,
    private readonly lease: WorkLease,
    private readonly idle: ReadingSide,
  ) {
    this.#reports = new Reports(options.views.read, idle.names());
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const tenure = await this.lease.acquire(signal).catch(() => undefined);
      if (!tenure) return;
      try {
        await this.#work(tenure, signal);
      } catch (error) {
        // The server is away, or somebody else has the work: both pass. Anything else would come again.
        if (!isDatabaseDown(error) && !(error instanceof LeaseLostError)) throw error;
      } finally {
        this.#side = undefined;
        await tenure.release();
      }
      await sleep(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  working(): boolean {
    return this.#side !== undefined;
  }

  async status(): Promise<readonly ConsumerStatus[]> {
    if (this.#side) return this.#side.status();
    const reported = await this.#reports.status(await this.options.store.head());
    return (await this.idle.status()).map((status) => reported.get(status.name) ?? status);
  }

  async waitFor(name: string, position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#side) return this.#side.waitFor(name, position, timeoutMs);
    if (!this.#reports.knows(name)) throw new UnknownConsumerError(name);
    return this.#reports.waitFor(name, position, timeoutMs);
  }

  resume(name: string): boolean {
    return this.#here().resume(name);
  }

  async rebuild(
    name: string,
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<{ readonly peakBytes: number }> {
    if (!this.#side) this.idle.mustBeRebuildable(name);
    return this.#here().rebuild(name, onProgress);
  }

  parked(): Promise<readonly (OutboxEntry & { readonly process: string })[]> {
    return this.idle.parked();
  }

  retry(commandId: string): Promise<boolean> {
    return (this.#side ?? this.idle).retry(commandId);
  }

  wakeFaults(): readonly (WakeFault & { readonly process: string })[] {
    return this.#side?.wakeFaults() ?? [];
  }

  /** Waits until this process has the work. */
  async settle(): Promise<void> {
    const side = this.#side ?? (await new Promise<ReadingSide>((resolve) => this.#wanted.push(resolve)));
    await side.settle();
  }

  nextDue(): Promise<Instant | undefined> {
    return (this.#side ?? this.idle).nextDue();
  }

  #here(): ReadingSide {
    if (!this.#side) throw new WorkElsewhereError();
    return this.#side;
  }

  async #work(tenure: Tenure, signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const until = AbortSignal.any([signal, tenure.lost, failed.signal]);
    const side = new ReadingSide({ ...this.options, views: tenure.views });
    await side.prepare();
    const reporter = new Reporter(side, tenure.views.write);
    this.#side = side;
    const following = side.run(until).finally(() => failed.abort());
    for (const resolve of this.#wanted.splice(0)) resolve(side);
    await Promise.all([following, reporter.run(until)]);
    await reporter.last();
  }
}
