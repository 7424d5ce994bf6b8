import type { Recorded } from '../kernel/index';
import type { NumberSeriesEvent } from './events';
import type { NumberSeries } from './state';

export const evolveNumberSeries = (_series: NumberSeries, event: Recorded<NumberSeriesEvent>): NumberSeries => ({
  status: 'used',
  kind: event.data.kind,
  month: event.data.month,
  last: event.data.last,
});
