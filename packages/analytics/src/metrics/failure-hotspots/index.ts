import { type Metric } from '../metric';
import { parametersFor } from '../parameters';
import { drillDown, figures } from './answer';
import { definition } from './definition';
import { fold } from './fold';

export const failureHotspots: Metric = {
  ...definition,
  parameters: parametersFor(definition.dimensions, { dimensions: ['model', 'fault', 'region'] }),
  figures,
  drillDown,
  fold,
};
