import type { AggregateRegistration } from '../kernel/index';
import { numberSeriesCommands } from './commands';
import { decideNumberSeries } from './decide';
import { numberSeriesEvents } from './events';
import { evolveNumberSeries } from './evolve';
import { numberSeriesMessages } from './messages';
import { initialNumberSeries } from './state';

export const numberSeriesDecider = {
  aggregate: 'number_series',
  initial: initialNumberSeries,
  evolve: evolveNumberSeries,
  decide: decideNumberSeries,
};

export const numberSeriesRegistration: AggregateRegistration = {
  aggregate: 'number_series',
  collection: 'number-series',
  label: { zh: '编号序列', en: 'number series' },
  events: numberSeriesEvents,
  commands: numberSeriesCommands,
  decider: numberSeriesDecider,
  messages: numberSeriesMessages,
};
