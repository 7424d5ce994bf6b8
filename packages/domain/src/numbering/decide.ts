import { event, when, type Decision } from '../kernel/index';
import type { NumberSeriesCommand } from './commands';
import { numberSeriesEvents, type NumberSeriesEvent } from './events';
import { mustBeItsSeries } from './invariants';
import type { NumberSeries } from './state';

/** The next block behind the last (DEC-18). What a crashed owner didn't use stays a gap; nothing is given twice. */
export const decideNumberSeries = (
  { data: { kind, month, size } }: NumberSeriesCommand,
  series: NumberSeries,
): Decision<NumberSeriesEvent> =>
  when({ series, kind, month }, mustBeItsSeries, () => {
    const first = series.status === 'used' ? series.last + 1 : 1;
    return [event(numberSeriesEvents.NumberBlockAllocated, { kind, month, first, last: first + size - 1 })];
  });
