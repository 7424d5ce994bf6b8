import { later, type Actor, type Instant } from '../../kernel/index';
import type { FieldFactName } from '../field-facts';
import { assigneeOf, isCrew, isUnderWay, type ConflictKind, type KnownWorkOrder, type UnderWay } from '../state';

/** Facts that still make sense once the work is completed. */
const afterCompletion: readonly FieldFactName[] = [
  'ServiceReportFiled',
  'ManagerCheckedOut',
  'SiteLeft',
  'PartRemovedUnused',
  'DataProtectionStepRecorded',
];
/** Remote work has no trip. */
const onTripsOnly: readonly FieldFactName[] = ['TravelStarted', 'ArrivalRecorded', 'SiteLeft'];

/** Statuses that a fact fits; a fact that isn't named here fits all work under way. Steps may be left out, not undone. */
const fits: Partial<Record<FieldFactName, readonly UnderWay['status'][]>> = {
  TravelStarted: ['accepted', 'waiting'],
  ArrivalRecorded: ['accepted', 'travelling', 'waiting'],
  WorkStarted: ['accepted', 'travelling', 'on-site'],
  WorkSuspended: ['accepted', 'travelling', 'on-site', 'working'],
  WorkResumed: ['waiting'],
};

export interface Reported {
  readonly fact: FieldFactName;
  readonly at: Instant;
  /** True: somebody said when; else it happens now and can't be out of order. */
  readonly dated: boolean;
  readonly actor: Actor;
}

/** How a fact contradicts what is known; undefined: it doesn't. It is stored in any case. */
export const contradiction = (order: KnownWorkOrder, reported: Reported): ConflictKind | undefined => {
  const { fact, at, dated, actor } = reported;
  if (order.status === 'cancelled') return 'cancelled-meanwhile';
  if (!isCrew(order, actor)) return assigneeOf(order) ? 'redispatched-meanwhile' : 'wrong-state';
  if (dated && order.dispatchedAt !== undefined && at < order.dispatchedAt) return 'dated-before-dispatch';
  if (dated && order.lastFactAt !== undefined && at < order.lastFactAt) return 'dated-out-of-order';
  return isFitting(order, fact) ? undefined : 'wrong-state';
};

const isFitting = (order: KnownWorkOrder, fact: FieldFactName): boolean => {
  if (order.plan.kind === 'remote' && onTripsOnly.includes(fact)) return false;
  if (order.status === 'completed') return afterCompletion.includes(fact);
  return isUnderWay(order) && (fits[fact]?.includes(order.status) ?? true);
};

/** Nobody can have accepted before being asked, whatever the device's clock says. */
export const notBefore = (order: KnownWorkOrder, at: Instant): Instant =>
  order.dispatchedAt === undefined ? at : later(order.dispatchedAt, at);
