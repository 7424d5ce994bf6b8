import { countedMetric } from '../counted/counted-metric';
import { definition } from './definition';
import { naiveCases } from './fold';
import { cases } from './query.sql';

export const dismissedShare = countedMetric(
  definition,
  {
    counted: 'decided',
    flags: ['dismissed', 'appealed', 'overturned'],
    rate: { name: 'share', of: 'dismissed' },
    exclusions: ['open', 'withdrawn'],
  },
  { cases, naiveCases },
);
