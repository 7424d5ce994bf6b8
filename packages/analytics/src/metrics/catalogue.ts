import { complaintVolume } from './complaint-volume';
import { controlPointsMet } from './control-points-met';
import { dismissedShare } from './dismissed-share';
import { failureHotspots } from './failure-hotspots';
import { firstTimeFixRate } from './first-time-fix-rate';
import { keptPromiseRate } from './kept-promise-rate';
import { type Metric } from './metric';
import { partsTop5 } from './parts-top5';
import { secondHandlingRate } from './second-handling-rate';

/** Every metric there is: the documentation, the API and the checks are derived from this table. */
export const metricCatalogue: readonly Metric[] = [
  firstTimeFixRate,
  failureHotspots,
  partsTop5,
  complaintVolume,
  secondHandlingRate,
  dismissedShare,
  controlPointsMet,
  keptPromiseRate,
];
