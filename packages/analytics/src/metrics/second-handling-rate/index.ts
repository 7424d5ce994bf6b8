import { countedMetric } from '../counted/counted-metric';
import { definition } from './definition';
import { naiveCases } from './fold';
import { cases } from './query.sql';

export const secondHandlingRate = countedMetric(
  definition,
  {
    counted: 'complaints',
    flags: ['second', 'escalated', 'reopened'],
    rate: { name: 'rate', of: 'second' },
    exclusions: ['no-outcome-yet'],
  },
  { cases, naiveCases },
);
