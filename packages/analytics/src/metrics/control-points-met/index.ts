import { countedMetric } from '../counted/counted-metric';
import { definition } from './definition';
import { naiveCases } from './fold';
import { cases } from './query.sql';

export const controlPointsMet = countedMetric(
  definition,
  {
    counted: 'judged',
    flags: ['inTime', 'missRecorded'],
    rate: { name: 'rate', of: 'inTime' },
    exclusions: ['running', 'stopped'],
  },
  { cases, naiveCases, dimensions: ['point'] },
);
