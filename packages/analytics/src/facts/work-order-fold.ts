import { idOf, type Recorded, type RecordedEvent, type WorkOrderEvent } from '@aftercare/domain';
import { type Projector } from '@aftercare/projections/consumer';
import { FACTS_VERSION, traceOf } from './fact';

type Event = Recorded<WorkOrderEvent>;

/** A part use with what corrections left of it. */
export interface PartUse {
  readonly partUseId: string;
  readonly partNo: string;
  readonly fitted: number;
  /** What remains after corrections: a correction names the quantity that counts from now on. */
  readonly quantity: number;
  readonly unit: string;
  readonly unitCost: number;
  readonly currency: string;
  readonly charge: string;
  /** When it was fitted by the engineer's word: a later correction is booked here too (DEC-13). */
  readonly usedAt: string;
  readonly recordedAt: string;
  readonly trace: readonly string[];
}

/** What a work order's stream says so far. */
export interface WorkOrderState {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly workOrderId: string;
  readonly version: number;
  readonly ticketId: string;
  readonly cycle: number;
  readonly kind: string;
  readonly site: string;
  readonly zone: string;
  readonly category: string;
  readonly model: string;
  readonly region: string;
  readonly unitId: string;
  readonly visitIndex: number;
  readonly visitsPlanned: number;
  readonly plannedBy: string;
  readonly plannedAt: string;
  readonly engineer: string;
  readonly outlet: string;
  /** The engineer who recorded the arrival; stronger than who was dispatched last. */
  readonly arrivedBy: string;
  readonly dispatchedAt?: string;
  readonly acceptedAt?: string;
  readonly travelledAt?: string;
  readonly arrivedAt?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly outcome: string;
  readonly outcomeReason: string;
  readonly workMinutes: number;
  readonly tripMade: boolean;
  readonly cancelledAt?: string;
  readonly cancelReason: string;
  readonly faultCode: string;
  readonly faultAt?: string;
  readonly rating: string;
  readonly scaleVersion: number;
  readonly parts: readonly PartUse[];
  readonly trace: readonly string[];
}

const types = [
  'work_order.WorkOrderPlanned',
  'work_order.WorkOrderDispatched',
  'work_order.EngineersNamed',
  'work_order.WorkOrderAccepted',
  'work_order.TravelStarted',
  'work_order.ArrivalRecorded',
  'work_order.WorkStarted',
  'work_order.PartFitted',
  'work_order.PartUseCorrected',
  'work_order.ServiceReportFiled',
  'work_order.WorkCompleted',
  'work_order.WorkOrderCancelled',
] as const satisfies readonly Event['type'][];

type Told = Extract<Event, { type: (typeof types)[number] }>;
type Of<Type extends Told['type']> = Extract<Told, { type: Type }>;

/** Folds one work order's stream. Field facts may come late and in any order: each sets only what it says. */
export const workOrderFold: Projector<WorkOrderState> = {
  name: 'analytics_work_order',
  version: FACTS_VERSION,
  types,
  key: (event) => event.stream,
  evolve: (state, recorded) => {
    const event = recorded as Told;
    if (event.type === 'work_order.WorkOrderPlanned') return planned(event);
    if (!state) return null;
    const trace = aboutPart(event) ? state.trace : [...state.trace, traceOf(event)];
    return { ...state, ...changeOf(state, event), version: event.revision, trace };
  },
};

const aboutPart = (event: Told): boolean =>
  event.type === 'work_order.PartFitted' || event.type === 'work_order.PartUseCorrected';

const planned = (event: Of<'work_order.WorkOrderPlanned'>): WorkOrderState => ({
  stream: event.stream,
  workOrderId: idOf(event.stream),
  version: event.revision,
  ticketId: event.data.ticketId,
  cycle: event.data.cycle,
  kind: event.data.kind,
  site: event.data.site,
  zone: event.data.zone,
  category: event.data.category,
  model: event.data.model ?? '',
  region: event.data.region ?? '',
  unitId: event.data.unitId ?? '',
  visitIndex: event.data.visitIndex,
  visitsPlanned: event.data.visitsPlanned.n,
  plannedBy: event.data.visitsPlanned.decidedBy,
  plannedAt: event.metadata.recordedAt,
  engineer: '',
  outlet: '',
  arrivedBy: '',
  outcome: '',
  outcomeReason: '',
  workMinutes: 0,
  tripMade: false,
  cancelReason: '',
  faultCode: '',
  rating: '',
  scaleVersion: 0,
  parts: [],
  trace: [traceOf(event)],
});

const assigned = (to: { readonly kind: 'engineer' | 'outlet'; readonly id: string }) =>
  to.kind === 'engineer' ? { engineer: to.id, outlet: '' } : { engineer: '', outlet: to.id };

const arrivedBy = (event: RecordedEvent): string =>
  event.metadata.actor.role === 'engineer' ? event.metadata.actor.id : '';

// eslint-disable-next-line complexity -- one case per event, each a line or two
const changeOf = (state: WorkOrderState, event: Told): Partial<WorkOrderState> => {
  const happened = event.metadata.occurredAt;
  switch (event.type) {
    case 'work_order.WorkOrderDispatched':
      return { ...assigned(event.data.to), dispatchedAt: event.metadata.recordedAt };
    case 'work_order.WorkOrderAccepted':
      return {
        ...(event.data.by.id === state.outlet ? {} : assigned(event.data.by)),
        acceptedAt: event.metadata.recordedAt,
      };
    case 'work_order.EngineersNamed':
      return { engineer: event.data.lead };
    case 'work_order.TravelStarted':
      return state.travelledAt ? {} : { travelledAt: happened };
    case 'work_order.ArrivalRecorded':
      return state.arrivedAt ? {} : { arrivedAt: happened, arrivedBy: arrivedBy(event) };
    case 'work_order.WorkStarted':
      return state.startedAt ? {} : { startedAt: happened };
    case 'work_order.PartFitted':
      return { parts: fitted(state.parts, event) };
    case 'work_order.PartUseCorrected':
      return { parts: corrected(state.parts, event) };
    case 'work_order.ServiceReportFiled':
      return {
        faultCode: event.data.faultCode,
        faultAt: event.metadata.recordedAt,
        rating: event.data.rating,
        scaleVersion: event.data.scaleVersion,
      };
    case 'work_order.WorkCompleted':
      return {
        completedAt: happened,
        outcome: event.data.outcome,
        outcomeReason: event.data.reason ?? '',
        workMinutes: event.data.workMinutes,
        tripMade: state.tripMade || event.data.tripMade,
      };
    case 'work_order.WorkOrderCancelled':
      return {
        cancelledAt: event.metadata.recordedAt,
        cancelReason: event.data.reason,
        tripMade: state.tripMade || event.data.tripMade,
      };
    case 'work_order.WorkOrderPlanned':
      return {};
  }
};

/** The same part use told twice counts once. */
const fitted = (parts: readonly PartUse[], event: Of<'work_order.PartFitted'>): readonly PartUse[] =>
  parts.some((part) => part.partUseId === event.data.partUseId)
    ? parts
    : [
        ...parts,
        {
          partUseId: event.data.partUseId,
          partNo: event.data.partNo,
          fitted: event.data.quantity,
          quantity: event.data.quantity,
          unit: event.data.unit,
          unitCost: event.data.unitCost.amount,
          currency: event.data.unitCost.currency,
          charge: event.data.charge,
          usedAt: event.metadata.occurredAt,
          recordedAt: event.metadata.recordedAt,
          trace: [traceOf(event)],
        },
      ];

const corrected = (parts: readonly PartUse[], event: Of<'work_order.PartUseCorrected'>): readonly PartUse[] =>
  parts.map((part) =>
    part.partUseId === event.data.partUseId
      ? { ...part, quantity: event.data.quantity, trace: [...part.trace, traceOf(event)] }
      : part,
  );
