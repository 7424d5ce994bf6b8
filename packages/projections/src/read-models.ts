import type { ServiceLevelLookup } from '@aftercare/domain';
import { callList } from './call-list/index';
import { complaintQueue } from './complaint-queue/index';
import { dispatchCandidates } from './dispatch-candidates/index';
import { erasureRequests } from './erasure-requests/index';
import { fieldConflicts } from './field-conflicts/index';
import { historyExports } from './history-exports/index';
import { jobs } from './jobs/index';
import { numberIndex } from './number-index/index';
import { onCallAlerts } from './on-call-alerts/index';
import { promiseOwners, promisesDue } from './promises-due/index';
import type { ReadModel } from './sql/index';
import { ticketQueue } from './ticket-queue/index';
import { unassigned } from './unassigned/index';
import { unitHistory } from './unit-history/index';

/** Every read model that sees personal parts sealed only. `customerLookup(…)` is made where the keys are. */
export const readModels: readonly ReadModel[] = [
  ticketQueue,
  unassigned,
  jobs,
  dispatchCandidates,
  unitHistory,
  fieldConflicts,
  callList,
  numberIndex,
  historyExports,
  erasureRequests,
  promisesDue,
  promiseOwners,
  onCallAlerts,
];

/**
 * All of them, those included that judge by policies: the queue of complaints is sorted by when something is due, and the
 * versions in force say when that is.
 */
export const readModelsUnder = (levels: ServiceLevelLookup): readonly ReadModel[] => [
  ...readModels,
  complaintQueue(levels),
];
