import { type RecordedEvent, type Text } from '@aftercare/domain';
import { type Database } from '../clickhouse/database';
import { type EventReference } from '../facts';
import { type MetricParameters } from './parameters';

export type Value = string | number | boolean | null;
export type MetricRow = Readonly<Record<string, Value>>;

/** What a person must know to read a figure. */
export interface MetricDefinition {
  readonly id: string;
  readonly name: Text;
  /** The whole definition in sentences. */
  readonly definition: Text;
  /** Which date puts a case into a period. */
  readonly cohortDate: Text;
  /** Which of the three times is used for what. */
  readonly clock: Text;
  readonly exclusions: Text;
  readonly window: Text;
  /** Raised when the meaning of the figure or of a rating scale in it changes: series of two versions don't compare. */
  readonly scaleVersion: number;
  readonly dimensions: readonly string[];
}

/** The figures of a metric, however they were come by. */
export interface Figures {
  readonly rows: readonly MetricRow[];
  readonly totals: MetricRow;
  /** Left out and counted apart, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** How many of the counted cases may still change their side. */
  readonly provisional: number;
}

/** Which cases of an answer to look behind: values of its dimensions, `period`, and what else the metric names. */
export type Selector = Readonly<Record<string, string>>;

/** One definition, one SQL file, one naive fold that must agree with it. */
export interface Metric extends MetricDefinition {
  /** Checks and completes what was asked for; throws MetricRefusedError. */
  parameters(asked: Readonly<Record<string, unknown>>): MetricParameters;
  /** `at`: the instant (ms) as of which a window has passed or not. */
  figures(database: Database, parameters: MetricParameters, at: number): Promise<Figures>;
  drillDown(
    database: Database,
    parameters: MetricParameters,
    request: { readonly at: number; readonly selector: Selector },
  ): Promise<readonly EventReference[]>;
  /** The same figures from the events alone, by code that is simple enough to be believed. */
  fold(events: readonly RecordedEvent[], parameters: MetricParameters, at: number): Figures;
}

/** Shown where a case has no fault code: such cases are always counted and shown (DEC-12). */
export const NO_CODE = '(no code)';
/** Shown where any other dimension isn't known. */
export const UNKNOWN = '(unknown)';
