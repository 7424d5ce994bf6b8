import { countedMetric } from '../counted/counted-metric';
import { definition } from './definition';
import { naiveCases } from './fold';
import { cases } from './query.sql';

export const complaintVolume = countedMetric(
  definition,
  { counted: 'complaints', flags: ['open', 'safety', 'external', 'responsibilityFinal'], exclusions: [] },
  { cases, naiveCases, dimensions: ['category'] },
);
