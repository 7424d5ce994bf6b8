import {
  defineEvent,
  flag,
  id,
  instant,
  label,
  localDate,
  oneOf,
  optional,
  text,
  type EventsOf,
} from '../kernel/index';
import { inClear, keptInClear } from '../kernel/in-clear';
import { WARRANTY_BASES } from '../vocabulary';

const facts = {
  category: label(),
  model: label(),
  serial: optional(label()),
  batch: optional(label()),
  soldOn: optional(localDate()),
  installedOn: optional(localDate()),
  producedOn: optional(localDate()),
};

/** Stream `product_unit-<uuidv5(category, model, serial)>`, random without a serial. */
export const productUnitEvents = {
  ProductUnitRegistered: defineEvent('product_unit.ProductUnitRegistered', {
    says: { zh: '登记产品', en: 'a product unit was registered' },
    data: { unitId: id(), ...facts },
  }),
  ProductUnitDetailsCorrected: defineEvent('product_unit.ProductUnitDetailsCorrected', {
    says: { zh: '更正产品资料', en: "a product unit's details were corrected" },
    version: 2,
    upcasts: [keptInClear('reason')],
    data: {
      batch: optional(label()),
      soldOn: optional(localDate()),
      installedOn: optional(localDate()),
      producedOn: optional(localDate()),
      inClear: inClear(),
    },
    /** Under the unit's own key. */
    personal: { reason: optional(text(500)) },
  }),
  WarrantyStarted: defineEvent('product_unit.WarrantyStarted', {
    says: { zh: '确定保修起始日', en: 'the warranty start was determined' },
    data: { startsOn: localDate(), basis: oneOf(WARRANTY_BASES) },
  }),
  ProductUnitRepaired: defineEvent('product_unit.ProductUnitRepaired', {
    says: { zh: '产品维修', en: 'the unit was repaired' },
    data: {
      ticketId: id(),
      workOrderId: id(),
      from: instant(),
      to: instant(),
      counts: flag(),
      faultCode: optional(label()),
    },
  }),
} as const;
export type ProductUnitEvent = EventsOf<typeof productUnitEvents>;
