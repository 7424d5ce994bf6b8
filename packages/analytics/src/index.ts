export { analyticsState, createAnalytics, type AnalyticsOptions } from './analytics';
export {
  type Analytics,
  type AnalyticsStatus,
  type Comparison,
  type DrillDownAnswer,
  type Freshness,
  type MetricAnswer,
} from './answers';
export { type LoadModule } from './clickhouse/chdb';
export { type Unavailable } from './clickhouse/database';
export { type Place } from './clickhouse/open-database';
export { type ServerPlace } from './clickhouse/server';
export { type EventReference } from './facts';
export { metricCatalogue } from './metrics/catalogue';
export { type Figures, type Metric, type MetricDefinition, type MetricRow, type Selector } from './metrics/metric';
export { metricMessages, MetricRefusedError, type MetricParameters } from './metrics/parameters';
export { type Difference } from './sink/compare-counts';
