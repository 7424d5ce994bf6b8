import type { Actor } from '../src/kernel/index';
import { policiesV1 } from '../src/policy/index';
import { workOrderCommands } from '../src/work-order/commands';
import { workOrderEvents } from '../src/work-order/events';
import type { Candidate, WorkOrderFacts } from '../src/work-order/facts';
import { workOrderRegistration } from '../src/work-order/registration';
import { commandBuilder, eventBuilder } from './builders';
import { minutesIn } from './recorded';
import { scenarioOf } from './scenario';
import { CUSTOMER, ENGINEER, JOB, TICKET } from './ticket';

export const WORK_ORDER = `work_order-${JOB}`;
export const SECOND_ENGINEER = 'e0000000-0000-4000-8000-000000000002';
export const OUTLET = 'd0000000-0000-4000-8000-000000000001';
/** The smallest thing that passes for a signature: a PNG's magic bytes and header. */
export const SIGNATURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA';
export const SIGNATURE_DIGEST = 'ab'.repeat(32);

export const fieldPeople = {
  engineer: { id: ENGINEER, role: 'engineer' },
  second: { id: SECOND_ENGINEER, role: 'engineer' },
  outlet: { id: OUTLET, role: 'outlet' },
  supervisor: { id: 'supervisor-1', role: 'supervisor' },
  agent: { id: 'agent-1', role: 'agent' },
  system: { id: 'process', role: 'system' },
} as const satisfies Record<string, Actor>;

/** Somebody who passes every filter for the jobs of these stories. */
export const candidate = (changes: Partial<Candidate> = {}): Candidate => ({
  kind: 'engineer',
  id: ENGINEER,
  active: true,
  skills: ['refrigeration'],
  categories: ['air-conditioner'],
  regions: ['3101'],
  openJobs: 0,
  absences: [],
  ...changes,
});

export const workOrderFacts: WorkOrderFacts = {
  dispatch: policiesV1.dispatch,
  site: { site: 'shanghai', zone: 'Asia/Shanghai' },
  candidates: [candidate(), candidate({ id: SECOND_ENGINEER, openJobs: 2 })],
  readPosition: 'store-1-00000000000000000042',
  signatureDigests: [SIGNATURE_DIGEST],
};

/** given(...).when(...).then(...) on a work order; by default its engineer acts. */
export const givenWorkOrder = scenarioOf<WorkOrderFacts>(workOrderRegistration, {
  stream: WORK_ORDER,
  facts: workOrderFacts,
  actor: fieldPeople.engineer,
});

const to = { kind: 'engineer', id: ENGINEER } as const;
const considered = { candidates: [], candidatesTotal: 0, policyVersion: 1 };

/** A builder per event of the work order. */
export const workOrderEvent = {
  planned: eventBuilder(workOrderEvents.WorkOrderPlanned, {
    ticketId: TICKET.slice('ticket-'.length),
    cycle: 1,
    kind: 'visit',
    site: 'shanghai',
    zone: 'Asia/Shanghai',
    customer: CUSTOMER,
    category: 'air-conditioner',
    skills: ['refrigeration'],
    region: '310104',
    safety: false,
    visitIndex: 1,
    visitsPlanned: { n: 1, decidedBy: 'ticket-fulfilment' },
  }),
  dispatched: eventBuilder(workOrderEvents.WorkOrderDispatched, {
    to,
    mode: 'auto',
    ...considered,
    acceptBy: minutesIn(31),
    overrides: [],
  }),
  engineersNamed: eventBuilder(workOrderEvents.EngineersNamed, { engineers: [SECOND_ENGINEER], lead: SECOND_ENGINEER }),
  dispatchFailed: eventBuilder(workOrderEvents.DispatchFailed, { reason: 'nobody-left', ...considered }),
  withdrawn: eventBuilder(workOrderEvents.DispatchWithdrawn, {}),
  reminded: eventBuilder(workOrderEvents.AcceptanceReminded, { count: 1 }),
  accepted: eventBuilder(workOrderEvents.WorkOrderAccepted, { by: to, late: false }),
  declined: eventBuilder(workOrderEvents.WorkOrderDeclined, { by: to, reason: 'overloaded' }),
  lapsed: eventBuilder(workOrderEvents.AcceptanceLapsed, { by: to, acceptBy: minutesIn(31) }),
  released: eventBuilder(workOrderEvents.WorkOrderReleased, { reason: 'illness' }),
  prepared: eventBuilder(workOrderEvents.PreparationChecked, { tools: true, parts: true, documents: true }),
  appointmentAgreed: eventBuilder(workOrderEvents.AppointmentAgreed, {
    window: { from: '2026-10-02T01:00:00.000Z', to: '2026-10-02T04:00:00.000Z' },
  }),
  appointmentMoved: eventBuilder(workOrderEvents.AppointmentMoved, {
    window: { from: '2026-10-03T01:00:00.000Z', to: '2026-10-03T04:00:00.000Z' },
    initiator: 'customer',
    reason: 'not-at-home',
  }),
  travelStarted: eventBuilder(workOrderEvents.TravelStarted, {}),
  arrived: eventBuilder(workOrderEvents.ArrivalRecorded, { badgeShown: true }),
  risksExplained: eventBuilder(workOrderEvents.RisksExplained, { consent: true }),
  workStarted: eventBuilder(workOrderEvents.WorkStarted, {}),
  suspended: eventBuilder(workOrderEvents.WorkSuspended, {
    reason: 'awaiting-parts',
    expectedUntil: '2026-10-05T01:00:00.000Z',
  }),
  resumed: eventBuilder(workOrderEvents.WorkResumed, {}),
  partFitted: eventBuilder(workOrderEvents.PartFitted, {
    partUseId: 'use-1',
    partNo: 'KFR-35-CAP',
    quantity: 1,
    unit: 'piece',
    unitCost: { amount: 3_500, currency: 'CNY' },
    charge: 'warranty',
  }),
  partUseCorrected: eventBuilder(workOrderEvents.PartUseCorrected, {
    partUseId: 'use-1',
    quantity: 0,
    reason: 'returned',
  }),
  partRemovedUnused: eventBuilder(workOrderEvents.PartRemovedUnused, {
    partNo: 'KFR-35-CAP',
    quantity: 1,
    unit: 'piece',
  }),
  reported: eventBuilder(workOrderEvents.ServiceReportFiled, {
    faultCode: 'E4',
    cause: 'capacitor-worn',
    remedy: 'capacitor-replaced',
    parts: [{ partNo: 'KFR-35-CAP', quantity: 1, unit: 'piece' }],
    rating: 'satisfied',
    scaleVersion: 1,
    acceptance: 'absent',
    educationGiven: true,
  }),
  completed: eventBuilder(workOrderEvents.WorkCompleted, {
    outcome: 'fixed',
    workMinutes: 0,
    reportFiled: true,
    tripMade: true,
  }),
  cancelled: eventBuilder(workOrderEvents.WorkOrderCancelled, { reason: 'customer', tripMade: false }),
  checkedOut: eventBuilder(workOrderEvents.ManagerCheckedOut, {}),
  siteLeft: eventBuilder(workOrderEvents.SiteLeft, { checkedOut: false }),
  conflict: eventBuilder(workOrderEvents.FieldConflictRaised, {
    conflictId: 'c0ffee00-0000-4000-8000-000000000001-c0',
    fact: 'WorkStarted',
    kind: 'wrong-state',
    stateThen: 'accepted',
  }),
  conflictSettled: eventBuilder(workOrderEvents.FieldConflictSettled, {
    conflictId: 'c0ffee00-0000-4000-8000-000000000001-c0',
    resolution: 'accepted',
  }),
};

/** A builder per command of the work order, from its documented example. */
export const workOrderCommand = Object.fromEntries(
  Object.entries(workOrderCommands).map(([name, definition]) => [name, commandBuilder(definition as never)]),
) as unknown as {
  readonly [Name in keyof typeof workOrderCommands]: ReturnType<
    typeof commandBuilder<
      (typeof workOrderCommands)[Name]['type'],
      (typeof workOrderCommands)[Name]['data']['properties']
    >
  >;
};

/** Pasts that many specs start from; events lie one minute apart. */
export const workOrderPast = {
  dispatched: () => [workOrderEvent.planned(), workOrderEvent.dispatched()],
  accepted: () => [...workOrderPast.dispatched(), workOrderEvent.accepted()],
  working: () => [
    ...workOrderPast.accepted(),
    workOrderEvent.travelStarted(),
    workOrderEvent.arrived(),
    workOrderEvent.workStarted(),
  ],
};
