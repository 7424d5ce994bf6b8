import type { SafetyPolicy } from '../bodies';
import { advice } from './safety-list/advice';
import { electricity } from './safety-list/electricity';
import { fire } from './safety-list/fire';
import { forceAndGlass } from './safety-list/force-and-glass';
import { gas } from './safety-list/gas';
import { heatAndBattery } from './safety-list/heat-and-battery';

/**
 * CLS-04, Safety v1: what customers say when something is dangerous. Tuned on test/intake/tuning.tsv only and measured on
 * the half that was held out. A missed hazard is worse than a false alarm; negated and past hazards count.
 */
export const safetyListV1: SafetyPolicy = {
  entries: [...electricity, ...gas, ...fire, ...heatAndBattery, ...forceAndGlass],
  advice,
};
