import type { AggregateRegistration, Decider } from '../kernel/index';
import { productUnitCommands, type ProductUnitCommand } from './commands';
import { decideProductUnit } from './decide';
import { productUnitEvents, type ProductUnitEvent } from './events';
import { evolveProductUnit } from './evolve';
import type { ProductUnitFacts } from './facts';
import { productUnitMessages } from './messages';
import { noUnit, type ProductUnit } from './state';

export const productUnitDecider: Decider<ProductUnitCommand, ProductUnit, ProductUnitEvent, ProductUnitFacts> = {
  aggregate: 'product_unit',
  initial: noUnit,
  evolve: evolveProductUnit,
  decide: decideProductUnit,
};

export const productUnitRegistration: AggregateRegistration = {
  aggregate: 'product_unit',
  collection: 'product-units',
  label: { zh: '产品', en: 'product unit' },
  events: productUnitEvents,
  commands: productUnitCommands,
  decider: productUnitDecider,
  messages: productUnitMessages,
};
