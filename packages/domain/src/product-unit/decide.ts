import {
  event,
  firstBroken,
  idOf,
  instantOf,
  millisOf,
  reject,
  when,
  type CommandOf,
  type Decide,
  type Decision,
  type DecisionContext,
  type Instant,
  type Rejection,
} from '../kernel/index';
import { warrantyStart } from '../policy/warranty';
import { present } from '../kernel/present';
import type { ProductUnitCommand, productUnitCommands } from './commands';
import { productUnitEvents, type ProductUnitEvent } from './events';
import type { ProductUnitFacts } from './facts';
import {
  mustBeInOrder,
  mustBeKnownUnit,
  mustBeNewUnit,
  mustBePeriod,
  mustCorrectSomething,
  mustNotLieAhead,
} from './invariants';
import type { ProductUnit, UnitDates } from './state';

type Use<Name extends keyof typeof productUnitCommands> = Decide<
  CommandOf<(typeof productUnitCommands)[Name]>,
  ProductUnit,
  ProductUnitEvent,
  ProductUnitFacts
>;

const refusedDates = (dates: UnitDates, now: Instant): Rejection | undefined =>
  firstBroken(dates, [mustBeInOrder]) ?? firstBroken({ dates, now }, [mustNotLieAhead]);

const datesOf = (data: { [K in keyof UnitDates]?: string | undefined }): UnitDates =>
  present({ soldOn: data.soldOn, installedOn: data.installedOn, producedOn: data.producedOn });

const register: Use<'RegisterProductUnit'> = ({ data }, unit, { stream, now }) =>
  firstBroken(unit, [mustBeNewUnit], { unitId: idOf(stream) }) ??
  refusedDates(datesOf(data), now) ?? [
    event(productUnitEvents.ProductUnitRegistered, { unitId: idOf(stream), ...data }),
  ];

const correct: Use<'CorrectProductUnitDetails'> = ({ data }, unit, { now, stream }) =>
  when(unit, mustBeKnownUnit, ({ dates }) => {
    const { reason, ...corrected } = data;
    const broken =
      firstBroken<object>(corrected, [mustCorrectSomething]) ?? refusedDates({ ...dates, ...datesOf(data) }, now);
    const personal = [{ subject: stream, fields: { reason } }];
    return broken ?? [event(productUnitEvents.ProductUnitDetailsCorrected, corrected, { personal })];
  });

/** DEC-20: invoice, else installation, else production + policy days. The same start again is no news. */
const determineStart: Use<'DetermineWarrantyStart'> = (_command, unit, { facts }) =>
  when(unit, mustBeKnownUnit, ({ dates, warranty }) => {
    const start = warrantyStart(facts.policies.warranty.body, dates);
    if (!start) return reject('PRODUCT_UNIT.NO_DATES');
    const same = warranty?.startsOn === start.startsOn && warranty.basis === start.basis;
    return same ? [] : [event(productUnitEvents.WarrantyStarted, start)];
  });

/** Sent by a process, maybe twice: a work order repairs a unit once. */
const recordRepair: Use<'RecordRepair'> = ({ data }, unit) =>
  when(unit, mustBeKnownUnit, ({ repairedBy }) => {
    if (repairedBy.includes(data.workOrderId)) return [];
    const period = { from: instantOf(millisOf(data.from)), to: instantOf(millisOf(data.to)) };
    return (
      firstBroken(period, [mustBePeriod]) ?? [event(productUnitEvents.ProductUnitRepaired, { ...data, ...period })]
    );
  });

export const decideProductUnit = (
  command: ProductUnitCommand,
  unit: ProductUnit,
  context: DecisionContext<ProductUnitFacts>,
): Decision<ProductUnitEvent> => {
  switch (command.type) {
    case 'product_unit.RegisterProductUnit':
      return register(command, unit, context);
    case 'product_unit.CorrectProductUnitDetails':
      return correct(command, unit, context);
    case 'product_unit.DetermineWarrantyStart':
      return determineStart(command, unit, context);
    case 'product_unit.RecordRepair':
      return recordRepair(command, unit, context);
  }
};
