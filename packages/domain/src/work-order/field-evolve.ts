import { later, type Actor, type Instant } from '../kernel/index';
import { fieldFacts, type FieldFactName } from './field-facts';
import {
  carried,
  isCrew,
  isUnderWay,
  type Carried,
  type DataOf,
  type KnownWorkOrder,
  type UnderWay,
  type WorkMark,
} from './state';

/** A fact from the field as evolve sees it. */
export type FieldHappening = {
  readonly [Name in FieldFactName]: { readonly type: `work_order.${Name}`; readonly data: DataOf<Name> };
}[FieldFactName];

/** The name of a fact without the aggregate. */
export const factName = (type: FieldHappening['type']): FieldFactName =>
  type.slice('work_order.'.length) as FieldFactName;

/** Equal for one fact that reaches us twice: same reporter, time and fields. What we add ourselves doesn't count. */
export const fingerprint = (
  fact: FieldFactName,
  data: Readonly<Record<string, unknown>>,
  at: Instant,
  actor: Actor,
): string => {
  const given = Object.keys(fieldFacts[fact])
    .filter((key) => data[key] !== undefined && !ours.includes(key))
    .sort();
  return JSON.stringify([fact, at, actor.id, ...given.map((key) => [key, data[key]])]);
};
/** Fields that we may fill in, or that are personal and sealed when read back. */
const ours: readonly string[] = ['scaleVersion', 'signature', 'opinion', 'causeText', 'remedyText'];

/** What a fact does to the count of work minutes; undefined: nothing. */
export const markOf = (fact: FieldFactName): WorkMark['mark'] | undefined =>
  (({ WorkStarted: 'start', WorkSuspended: 'suspend', WorkResumed: 'resume' }) as const)[fact as 'WorkStarted'];

/**
 * Takes a fact in: what anybody reported is remembered, but only the present crew moves the order, and only forward in
 * occurredAt, so that a late fact never takes an order back. A completion always completes.
 */
export const withFact = (order: KnownWorkOrder, event: FieldHappening, at: Instant, actor: Actor): KnownWorkOrder => {
  const fact = factName(event.type);
  const remembered = remember(order, event, at, actor);
  if (!isCrew(order, actor)) return { ...order, ...remembered };
  const noted: KnownWorkOrder = {
    ...order,
    ...remembered,
    lastFactAt: order.lastFactAt === undefined ? at : later(order.lastFactAt, at),
    tripMade: order.tripMade || fact === 'TravelStarted' || fact === 'ArrivalRecorded',
    reportFiled: order.reportFiled || fact === 'ServiceReportFiled',
    checkedOut: order.checkedOut || fact === 'ManagerCheckedOut',
  };
  if (!isUnderWay(noted)) return noted;
  const lateNews = order.lastFactAt !== undefined && at < order.lastFactAt;
  return lateNews && fact !== 'WorkCompleted' ? noted : moved(noted, event);
};

const remember = (
  order: KnownWorkOrder,
  event: FieldHappening,
  at: Instant,
  actor: Actor,
): Pick<Carried, 'seen' | 'partUses' | 'work'> => {
  const mark = markOf(factName(event.type));
  return {
    seen: [...order.seen, fingerprint(factName(event.type), event.data, at, actor)],
    partUses: event.type === 'work_order.PartFitted' ? [...order.partUses, event.data.partUseId] : order.partUses,
    work: mark ? [...order.work, { at, mark, by: actor.id, crew: isCrew(order, actor) }] : order.work,
  };
};

const moved = (order: UnderWay, event: FieldHappening): KnownWorkOrder => {
  const base = { ...carried(order), assignee: order.assignee };
  const before = order.status === 'waiting' ? order.from : order.status;
  switch (event.type) {
    case 'work_order.TravelStarted':
      return before === 'accepted' ? { ...base, status: 'travelling' } : order;
    case 'work_order.ArrivalRecorded':
      return before === 'working' ? order : { ...base, status: 'on-site' };
    case 'work_order.WorkStarted':
      return { ...base, status: 'working' };
    case 'work_order.WorkSuspended':
      return { ...base, status: 'waiting', from: before };
    case 'work_order.WorkResumed':
      return { ...base, status: before };
    case 'work_order.WorkCompleted':
      return { ...base, status: 'completed', outcome: event.data.outcome };
    default:
      return order;
  }
};
