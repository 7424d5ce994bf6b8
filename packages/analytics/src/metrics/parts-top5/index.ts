import { type Metric } from '../metric';
import { parametersFor } from '../parameters';
import { drillDown, figures } from './answer';
import { definition } from './definition';
import { fold } from './fold';

export const partsTop5: Metric = {
  ...definition,
  parameters: parametersFor(definition.dimensions),
  figures,
  drillDown,
  fold,
};
