import { setTimeout as pause } from 'node:timers/promises';
import { plus } from '@aftercare/domain';
import { type Clock, type EventStore } from '@aftercare/event-store';
import {
  runConsumer,
  type ConsumerStatus,
  type Decode,
  type Row,
  type RowStore,
  type RunningConsumer,
} from '@aftercare/projections/consumer';
import { type LoadModule } from './clickhouse/chdb';
import { saidByClickHouse, sentenceOf } from './clickhouse/clickhouse-error';
import { type Database, type Unavailable } from './clickhouse/database';
import { openDatabase, type Place } from './clickhouse/open-database';
import { migrate } from './clickhouse/migrations';
import { Pulse } from './clickhouse/pulse';
import {
  type Analytics,
  type AnalyticsStatus,
  type Comparison,
  type DrillDownAnswer,
  type Freshness,
  type MetricAnswer,
} from './answers';
import { facts } from './facts';
import { metricCatalogue } from './metrics/catalogue';
import { type Metric, type MetricDefinition, type Selector } from './metrics/metric';
import { MetricRefusedError } from './metrics/parameters';
import { differences, holdsTooMuch } from './sink/compare-counts';
import { FactSink } from './sink/fact-sink';
import { storedMeta } from './sink/meta';

/** A folder for chDB or a server's `url`, the store to follow, and where fold states are kept (views.db). */
export type AnalyticsOptions = Place & {
  readonly store: EventStore;
  readonly decode: Decode;
  readonly clock: Clock;
  readonly rows: RowStore;
  /** Events per page while catching up; live pages are as large as what came. */
  readonly pageSize?: number;
  /** False: another process feeds ClickHouse from the log, this one only asks. Default: true. */
  readonly follows?: boolean;
  /** True: other processes ask and see only what is saved, so the position is saved also when nothing comes. */
  readonly shared?: boolean;
  readonly load?: LoadModule;
};

const PAGE = 2_000;
const RETRY_MS = 5_000;
const SLICE_MS = 200;
const SAVE_EVERY_MS = 1_000;
const CATCH_UP_MS = 600_000;
/** An insert under way gets so long when we stop; then its connection is cut and the page is taken again next time. */
const LONGEST_FLUSH_MS = 3_000;

/** The shape of the table that `rows` stands on: a read model for `projections/sql` without columns of its own. */
export const analyticsState = {
  projector: {
    name: 'analytics_state',
    /** Of the table, which is only key and state; which states count is the sink's business. */
    version: 1,
    types: [] as readonly string[],
    key: () => undefined,
    evolve: (row: Row | null) => row,
  },
  columns: {},
  indexes: [],
} as const;

const metricOf = (id: string): Metric => {
  const metric = metricCatalogue.find((each) => each.id === id);
  if (!metric)
    throw new MetricRefusedError('METRIC.UNKNOWN', [{ pointer: '/metric', message: 'is not in the catalogue' }]);
  return metric;
};

const definitionOf = (metric: Metric): MetricDefinition => {
  const { id, name, definition, cohortDate, clock, exclusions, window, scaleVersion, dimensions } = metric;
  return { id, name, definition, cohortDate, clock, exclusions, window, scaleVersion, dimensions };
};

/** Analytics over one event store. Nothing is loaded or opened before `start`. */
export const createAnalytics = (options: AnalyticsOptions): Analytics => new RunningAnalytics(options);

class RunningAnalytics implements Analytics {
  readonly catalogue = metricCatalogue.map(definitionOf);
  readonly #closing = new AbortController();
  #state: 'not-started' | 'closed' | 'available' | Unavailable = 'not-started';
  #database: Database | undefined;
  #pulse: Pulse | undefined;
  #sink: FactSink | undefined;
  #running: { readonly consumer: RunningConsumer; readonly stop: AbortController } | undefined;
  #opening: Promise<void> | undefined;
  #comparing: Promise<unknown> = Promise.resolve();
  #comparison: Comparison | undefined;

  constructor(private readonly options: AnalyticsOptions) {}

  async start(): Promise<AnalyticsStatus> {
    await (this.#opening ??= this.#open());
    return this.status();
  }

  async status(): Promise<AnalyticsStatus> {
    if (typeof this.#state === 'object') return this.#state;
    if (this.#state !== 'available') return { status: this.#state };
    const consumer = await this.#running?.consumer.status();
    const trouble = consumer?.fault?.reason ?? (await this.#pulse?.trouble());
    return {
      status: 'available',
      freshness: await this.#freshness(),
      ...(consumer ? { consumer } : {}),
      ...(trouble === undefined ? {} : { trouble }),
      ...(this.#comparison ? { comparison: this.#comparison } : {}),
    };
  }

  async metric(id: string, asked: Readonly<Record<string, unknown>>): Promise<MetricAnswer | Unavailable> {
    const metric = metricOf(id);
    const parameters = metric.parameters(asked);
    const ready = this.#ready();
    if ('reason' in ready) return ready;
    return reachable(async () => {
      const freshness = await this.#freshness();
      const figures = await metric.figures(ready.database, parameters, this.#at(freshness));
      return { status: 'available', definition: definitionOf(metric), parameters, ...figures, freshness };
    });
  }

  async drillDown(
    id: string,
    asked: Readonly<Record<string, unknown>>,
    selector: Selector,
  ): Promise<DrillDownAnswer | Unavailable> {
    const metric = metricOf(id);
    const parameters = metric.parameters(asked);
    const ready = this.#ready();
    if ('reason' in ready) return ready;
    return reachable(async () => {
      const freshness = await this.#freshness();
      const events = await metric.drillDown(ready.database, parameters, { at: this.#at(freshness), selector });
      return { status: 'available', events, freshness };
    });
  }

  compareCounts(): Promise<Comparison | Unavailable> {
    const turn = this.#comparing.then(() => this.#compare());
    this.#comparing = turn.catch(() => undefined);
    return turn;
  }

  /** In short waits: a consumer that already stands there when it starts would not tell. */
  async waitFor(position: string, timeoutMs: number): Promise<boolean> {
    for (let left = timeoutMs; this.#state === 'available' && !this.#closing.signal.aborted; left -= SLICE_MS) {
      if (await this.#reaches(position, Math.max(0, Math.min(left, SLICE_MS)))) return true;
      if (left <= SLICE_MS) return false;
    }
    return false;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const cut = setTimeout(() => void this.#database?.close().catch(() => undefined), LONGEST_FLUSH_MS);
    try {
      await this.#end();
    } finally {
      clearTimeout(cut);
    }
  }

  async #end(): Promise<void> {
    await this.#opening;
    await this.#stop();
    await this.#comparing;
    await this.#stop();
    this.#state = 'closed';
    await this.#database?.close();
    this.#database = undefined;
  }

  /**
   * Only once the log as it stood has been read: a page whose rows were inserted before a crash, but not committed, is
   * taken again first, or it would look like rows too many.
   */
  async #compare(): Promise<Comparison | Unavailable> {
    const ready = this.#ready();
    if ('reason' in ready) return ready;
    const { database, sink } = ready;
    if (!sink) return { status: 'unavailable', reason: 'Counts are compared by the process that feeds ClickHouse.' };
    const head = await this.options.store.head();
    if (head !== undefined && !(await this.waitFor(head, CATCH_UP_MS)))
      return { status: 'unavailable', reason: 'Analytics is still catching up; counts are compared after that.' };
    return reachable(async () => {
      const found = await sink.exclusively(async () => differences(database, (await sink.meta()).counts));
      const feedingAgain = found.length > 0 && !this.#closing.signal.aborted;
      if (feedingAgain) await this.#feedAgain(sink, holdsTooMuch(found));
      this.#comparison = { status: 'available', equal: found.length === 0, differences: found, feedingAgain };
      return this.#comparison;
    });
  }

  async #feedAgain(sink: FactSink, clearTables: boolean): Promise<void> {
    await this.#stop();
    await sink.startOver(clearTables);
    if (!this.#closing.signal.aborted) this.#follow(sink);
  }

  /** One try; what fails for another reason than a missing chDB is tried again in the background. */
  async #open(): Promise<void> {
    try {
      const opened = await openDatabase(this.options, this.options.load);
      if (opened.status === 'unavailable') {
        this.#state = opened;
        return;
      }
      this.#database = opened.database;
      await this.#use(opened.database);
    } catch (error) {
      await this.#database?.close().catch(() => undefined);
      this.#database = undefined;
      this.#state = { status: 'unavailable', reason: `ClickHouse can't be used at present: ${sentenceOf(error)}` };
      void this.#tryAgainLater();
    }
  }

  async #use(database: Database): Promise<void> {
    const { follows = true, rows } = this.options;
    if (follows) {
      await migrate(database, facts);
      this.#sink = new FactSink(database, rows);
      this.#follow(this.#sink);
    } else await database.query('SELECT 1');
    this.#pulse = new Pulse(database);
    this.#state = 'available';
    // In the background: a start must not wait for it (architecture §9).
    if (follows) void this.compareCounts().catch(() => undefined);
  }

  async #tryAgainLater(): Promise<void> {
    const { clock } = this.options;
    await clock.sleepUntil(plus(clock.now(), RETRY_MS), this.#closing.signal).catch(() => undefined);
    if (!this.#closing.signal.aborted) this.#opening = this.#open();
  }

  #follow(sink: FactSink): void {
    const { store, decode, clock, pageSize = PAGE } = this.options;
    const stop = new AbortController();
    const consumer = runConsumer({ handler: sink, store, decode, clock, pageSize, signal: stop.signal });
    this.#running = { consumer, stop };
    if (this.options.shared) void this.#keepSaved(sink, consumer, stop.signal);
    consumer.ended.catch((error: unknown) => {
      if (this.#state !== 'closed')
        this.#state = { status: 'unavailable', reason: `Analytics stopped following the log: ${sentenceOf(error)}` };
    });
  }

  /** What fails here is tried again, and shows in the consumer's own status. */
  async #keepSaved(sink: FactSink, consumer: RunningConsumer, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(SAVE_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      const { position } = await consumer.status().catch(() => ({ position: undefined }));
      if (position !== undefined) await sink.passed(position).catch(() => undefined);
    }
  }

  async #stop(): Promise<void> {
    if (!this.#running) return;
    this.#running.stop.abort();
    await this.#running.consumer.ended.catch(() => undefined);
    this.#running = undefined;
  }

  /** Where another process feeds, its position is looked up. */
  async #reaches(position: string, timeoutMs: number): Promise<boolean> {
    if (this.#running) return this.#running.consumer.waitFor(position, timeoutMs);
    const reached = (await storedMeta(this.options.rows)).position;
    if (reached !== undefined && reached >= position) return true;
    await pause(timeoutMs);
    return false;
  }

  #ready(): { readonly database: Database; readonly sink: FactSink | undefined } | Unavailable {
    if (typeof this.#state === 'object') return this.#state;
    if (this.#state !== 'available' || !this.#database)
      return { status: 'unavailable', reason: 'Analytics has not been started, or is closed.' };
    return { database: this.#database, sink: this.#sink };
  }

  async #freshness(): Promise<Freshness> {
    const meta = await (this.#sink?.meta() ?? storedMeta(this.options.rows));
    const status = await this.#running?.consumer.status();
    const position = status?.position ?? meta.position;
    const lagEvents = status?.lagEvents ?? null;
    return {
      ...(position === undefined ? {} : { position }),
      ...(meta.asOf === undefined ? {} : { asOf: meta.asOf }),
      caughtUp: lagEvents === null ? await this.#standsAtHead(position, status) : lagEvents === 0,
      lagEvents,
    };
  }

  /** Where positions don't count events: by the head, or by what the consumer says of itself. */
  async #standsAtHead(position: string | undefined, status: ConsumerStatus | undefined): Promise<boolean> {
    if (status?.state === 'live') return true;
    const head = await this.options.store.head();
    return head === undefined || (position !== undefined && position >= head);
  }

  /** A window has passed only as far as the log was read. */
  #at({ caughtUp, asOf }: Freshness): number {
    return Date.parse(caughtUp || asOf === undefined ? this.options.clock.now() : asOf);
  }
}

/** A server that can't be reached is an answer; one that refuses the query shows a mistake of ours and throws. */
const reachable = async <T>(ask: () => Promise<T>): Promise<T | Unavailable> => {
  try {
    return await ask();
  } catch (error) {
    if (saidByClickHouse(error)) throw error;
    return { status: 'unavailable', reason: `ClickHouse can't be reached at present: ${sentenceOf(error)}` };
  }
};
