import { callList } from './call-list/index';
import { dispatchCandidates } from './dispatch-candidates/index';
import { fieldConflicts } from './field-conflicts/index';
import { jobs } from './jobs/index';
import { numberIndex } from './number-index/index';
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
];
