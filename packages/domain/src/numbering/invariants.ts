import { invariant } from '../kernel/index';
import type { NumberSeries } from './state';

interface Asked {
  readonly series: NumberSeries;
  readonly kind: string;
  readonly month: string;
}

/** A block asked of the wrong stream would hand out numbers that another series hands out too. */
export const mustBeItsSeries = invariant<Asked>(
  'NUMBER_SERIES.OTHER_SERIES',
  'a series numbers one kind in one month',
  ({ series, kind, month }) => series.status === 'unused' || (series.kind === kind && series.month === month),
);
