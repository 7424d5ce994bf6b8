import { column, commonColumns, dateTime, monthOf, tableOf, type Fact, type FactFold } from './fact';
import { localDateOf } from './local-date';
import { workOrderFold, type WorkOrderState } from './work-order-fold';

/** When the engineer stood at the door: the arrival, else the start of work, else the end of a trip that was made. */
export const arrivalOf = (order: WorkOrderState): string | undefined =>
  order.arrivedAt ?? order.startedAt ?? (order.tripMade ? order.completedAt : undefined);

/** A trip with access: somebody was let in. No access is no visit, nor is an order cancelled before any outcome. */
export const hadAccess = (order: WorkOrderState): boolean =>
  order.kind === 'visit' &&
  arrivalOf(order) !== undefined &&
  order.outcome !== 'no-access' &&
  (order.outcome !== '' || order.cancelledAt === undefined);

/** One row per work order: remote sessions too, told apart by `kind`. */
const trips: Fact<WorkOrderState> = {
  name: 'trips',
  table: tableOf('trips'),
  key: ['stream'],
  columns: {
    ...commonColumns,
    workOrderId: column.id,
    ticketId: column.id,
    cycle: column.count,
    kind: column.word,
    site: column.word,
    zone: column.word,
    category: column.word,
    model: column.word,
    region: column.word,
    unitId: column.id,
    visitIndex: column.count,
    visitsPlanned: column.count,
    plannedBy: column.id,
    plannedAt: column.at,
    engineer: column.word,
    outlet: column.word,
    dispatchedAt: column.maybeAt,
    acceptedAt: column.maybeAt,
    travelledAt: column.maybeAt,
    arrivedAt: column.maybeAt,
    arrivedOn: column.maybeDay,
    access: column.flag,
    startedAt: column.maybeAt,
    completedAt: column.maybeAt,
    outcome: column.word,
    outcomeReason: column.word,
    workMinutes: column.count,
    tripMade: column.flag,
    cancelledAt: column.maybeAt,
    cancelReason: column.word,
    faultCode: column.word,
    faultAt: column.maybeAt,
    rating: column.word,
    scaleVersion: column.count,
    trace: column.trace,
  },
  rows: (order) => {
    const arrivedAt = arrivalOf(order);
    return [
      {
        stream: order.stream,
        version: order.version,
        month: monthOf(order.plannedAt),
        workOrderId: order.workOrderId,
        ticketId: order.ticketId,
        cycle: order.cycle,
        kind: order.kind,
        site: order.site,
        zone: order.zone,
        category: order.category,
        model: order.model,
        region: order.region,
        unitId: order.unitId,
        visitIndex: order.visitIndex,
        visitsPlanned: order.visitsPlanned,
        plannedBy: order.plannedBy,
        plannedAt: dateTime(order.plannedAt),
        engineer: order.arrivedBy || order.engineer,
        outlet: order.outlet,
        dispatchedAt: dateTime(order.dispatchedAt),
        acceptedAt: dateTime(order.acceptedAt),
        travelledAt: dateTime(order.travelledAt),
        arrivedAt: dateTime(arrivedAt),
        arrivedOn: arrivedAt === undefined ? null : localDateOf(arrivedAt, order.zone),
        access: hadAccess(order) ? 1 : 0,
        startedAt: dateTime(order.startedAt),
        completedAt: dateTime(order.completedAt),
        outcome: order.outcome,
        outcomeReason: order.outcomeReason,
        workMinutes: order.workMinutes,
        tripMade: order.tripMade ? 1 : 0,
        cancelledAt: dateTime(order.cancelledAt),
        cancelReason: order.cancelReason,
        faultCode: order.faultCode,
        faultAt: dateTime(order.faultAt),
        rating: order.rating,
        scaleVersion: order.scaleVersion,
        trace: order.trace,
      },
    ];
  },
};

/** One row per part use, on the day the part was fitted. */
const partUses: Fact<WorkOrderState> = {
  name: 'part_uses',
  table: tableOf('part_uses'),
  key: ['stream', 'partUseId'],
  columns: {
    ...commonColumns,
    partUseId: column.id,
    workOrderId: column.id,
    ticketId: column.id,
    cycle: column.count,
    partNo: column.word,
    fitted: column.amount,
    quantity: column.amount,
    unit: column.word,
    unitCost: column.amount,
    currency: column.word,
    charge: column.word,
    usedAt: column.at,
    usedOn: column.day,
    category: column.word,
    model: column.word,
    region: column.word,
    engineer: column.word,
    outlet: column.word,
    trace: column.trace,
  },
  rows: (order) =>
    order.parts.map((part) => ({
      stream: order.stream,
      version: order.version,
      month: monthOf(part.recordedAt),
      partUseId: part.partUseId,
      workOrderId: order.workOrderId,
      ticketId: order.ticketId,
      cycle: order.cycle,
      partNo: part.partNo,
      fitted: part.fitted,
      quantity: part.quantity,
      unit: part.unit,
      unitCost: part.unitCost,
      currency: part.currency,
      charge: part.charge,
      usedAt: dateTime(part.usedAt),
      usedOn: localDateOf(part.usedAt, order.zone),
      category: order.category,
      model: order.model,
      region: order.region,
      engineer: order.arrivedBy || order.engineer,
      outlet: order.outlet,
      trace: part.trace,
    })),
};

export const workOrderFacts: FactFold<WorkOrderState> = { projector: workOrderFold, facts: [trips, partUses] };
