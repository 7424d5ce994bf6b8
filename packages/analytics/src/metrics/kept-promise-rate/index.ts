import { countedMetric } from '../counted/counted-metric';
import { definition } from './definition';
import { naiveCases } from './fold';
import { cases } from './query.sql';

export const keptPromiseRate = countedMetric(
  definition,
  {
    counted: 'promises',
    flags: ['kept', 'late', 'moved'],
    rate: { name: 'rate', of: 'kept' },
    exclusions: ['not-due', 'void'],
  },
  { cases, naiveCases, dimensions: ['kind'] },
);
