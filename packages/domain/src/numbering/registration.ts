import type { AggregateRegistration, Decider } from '../kernel/index';
import { numberSeriesCommands, type NumberSeriesCommand } from './commands';
import { decideNumberSeries } from './decide';
import { numberSeriesEvents, type NumberSeriesEvent } from './events';
import { evolveNumberSeries } from './evolve';
import { numberSeriesMessages } from './messages';
import { initialNumberSeries, type NumberSeries } from './state';

export const numberSeriesDecider: Decider<NumberSeriesCommand, NumberSeries, NumberSeriesEvent> = {
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
