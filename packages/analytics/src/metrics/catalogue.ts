import { failureHotspots } from './failure-hotspots';
import { firstTimeFixRate } from './first-time-fix-rate';
import { type Metric } from './metric';
import { partsTop5 } from './parts-top5';

/** Every metric there is: the documentation, the API and the checks are derived from this table. */
export const metricCatalogue: readonly Metric[] = [firstTimeFixRate, failureHotspots, partsTop5];
