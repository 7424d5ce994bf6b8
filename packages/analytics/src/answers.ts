import { type ConsumerStatus } from '@aftercare/projections/consumer';
import { type Unavailable } from './clickhouse/database';
import { type EventReference } from './facts';
import { type Figures, type MetricDefinition, type Selector } from './metrics/metric';
import { type MetricParameters } from './metrics/parameters';
import { type Difference } from './sink/compare-counts';

/** How fresh an answer is. */
export interface Freshness {
  /** Position of the last page taken in; absent: nothing was. */
  readonly position?: string;
  /** recordedAt of the last event taken in. */
  readonly asOf?: string;
  /** True: everything recorded when last looked is in the figures. */
  readonly caughtUp: boolean;
  /** Events still to come; null where positions don't count events. */
  readonly lagEvents: number | null;
}

export interface MetricAnswer extends Figures {
  readonly status: 'available';
  readonly definition: MetricDefinition;
  readonly parameters: MetricParameters;
  readonly freshness: Freshness;
}

export interface DrillDownAnswer {
  readonly status: 'available';
  readonly events: readonly EventReference[];
  readonly freshness: Freshness;
}

/** Whether ClickHouse holds what the log says. */
export interface Comparison {
  readonly status: 'available';
  readonly equal: boolean;
  readonly differences: readonly Difference[];
  /** True: the whole log is being fed again; figures are incomplete until `caughtUp`. */
  readonly feedingAgain: boolean;
}

export type AnalyticsStatus =
  | Unavailable
  | { readonly status: 'not-started' | 'closed' }
  | {
      readonly status: 'available';
      readonly freshness: Freshness;
      /** Absent for the moment in which the log begins to be fed again, and where another process feeds. */
      readonly consumer?: ConsumerStatus;
      /** What keeps ClickHouse from taking rows or answering at present; absent when nothing does. */
      readonly trouble?: string;
      /** The last comparison of ClickHouse with the log; the first is made once a start has caught up. */
      readonly comparison?: Comparison;
    };

export interface Analytics {
  readonly catalogue: readonly MetricDefinition[];
  /**
   * Opens ClickHouse, migrates and begins to follow the store, or only opens it where another process follows. Never
   * throws: what fails is tried again and shown. */
  start(): Promise<AnalyticsStatus>;
  status(): Promise<AnalyticsStatus>;
  /** Throws MetricRefusedError for an unknown metric or wrong parameters. */
  metric(id: string, asked: Readonly<Record<string, unknown>>): Promise<MetricAnswer | Unavailable>;
  /** The events behind a row of `metric(id, asked)`. */
  drillDown(
    id: string,
    asked: Readonly<Record<string, unknown>>,
    selector: Selector,
  ): Promise<DrillDownAnswer | Unavailable>;
  /** Compares ClickHouse with the log; when something is missing, old or too much, the log is fed again. */
  compareCounts(): Promise<Comparison | Unavailable>;
  /** Whether the figures reached `position` within `timeoutMs`. */
  waitFor(position: string, timeoutMs: number): Promise<boolean>;
  /** Commits the page in progress and closes ClickHouse; a server that does not answer is waited for 3 seconds. */
  close(): Promise<void>;
}
