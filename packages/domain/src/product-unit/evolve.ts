import type { Recorded } from '../kernel/index';
import { present } from '../kernel/present';
import type { ProductUnitEvent } from './events';
import type { ProductUnit, UnitDates } from './state';

const datesIn = ({ soldOn, installedOn, producedOn }: { [K in keyof UnitDates]?: string | undefined }): UnitDates =>
  present({ soldOn, installedOn, producedOn });

export const evolveProductUnit = (unit: ProductUnit, event: Recorded<ProductUnitEvent>): ProductUnit => {
  if (event.type === 'product_unit.ProductUnitRegistered')
    return { status: 'known', unitId: event.data.unitId, dates: datesIn(event.data), repairedBy: [] };
  if (unit.status === 'none') return unit;
  switch (event.type) {
    case 'product_unit.ProductUnitDetailsCorrected':
      return { ...unit, dates: { ...unit.dates, ...datesIn(event.data) } };
    case 'product_unit.WarrantyStarted':
      return { ...unit, warranty: { startsOn: event.data.startsOn, basis: event.data.basis } };
    case 'product_unit.ProductUnitRepaired':
      return { ...unit, repairedBy: [...unit.repairedBy, event.data.workOrderId] };
    default:
      return never(event, unit);
  }
};

const never = (_event: never, unit: ProductUnit): ProductUnit => unit;
