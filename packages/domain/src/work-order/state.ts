import type { Actor, Instant, TimeWindow } from '../kernel/index';
import type { Outcome, WorkOrderStatus } from '../vocabulary';
import type { WorkOrderEvent } from './events';

/** Data of one work-order event, by its name without the aggregate. */
export type DataOf<Name extends string> = Extract<WorkOrderEvent, { type: `work_order.${Name}` }>['data'];

export type Assignee = DataOf<'WorkOrderDispatched'>['to'];
export type Plan = DataOf<'WorkOrderPlanned'>;
export type ConflictKind = DataOf<'FieldConflictRaised'>['kind'];

/** A dispatch that waits, or waited, for its acceptance. */
export interface Offer {
  readonly to: Assignee;
  readonly acceptBy: Instant;
}

/** Something that starts or stops the count of work minutes. */
export interface WorkMark {
  readonly at: Instant;
  readonly mark: 'start' | 'suspend' | 'resume';
  /** Id of who reported it, and whether that was the crew of the time. */
  readonly by: string;
  readonly crew: boolean;
}

/** What every planned work order carries, whatever its status. */
export interface Carried {
  readonly plan: Plan;
  /** Everybody it was ever dispatched to, and the engineers named: their late facts are never refused. */
  readonly everDispatched: readonly string[];
  /** Ids whose facts move the order now: who was dispatched last, and the engineers named since. */
  readonly crew: readonly string[];
  readonly dispatchedAt?: Instant | undefined;
  /** Who declined, let lapse or gave back this order: dispatch passes them over. */
  readonly turnedDown: readonly { readonly by: Assignee; readonly why: 'declined-before' | 'lapsed-before' }[];
  /** Declines and lapses since the last dispatch by hand. */
  readonly failures: number;
  readonly appointment?: TimeWindow | undefined;
  readonly partUses: readonly string[];
  /** Fingerprints of the facts stored, so that a batch sent again under another key is stored once. */
  readonly seen: readonly string[];
  /** Latest occurredAt of a fact of the present crew. */
  readonly lastFactAt?: Instant | undefined;
  readonly work: readonly WorkMark[];
  readonly tripMade: boolean;
  readonly reportFiled: boolean;
  readonly checkedOut: boolean;
  /** Open field conflicts. */
  readonly conflicts: readonly { readonly id: string; readonly kind: ConflictKind }[];
}

export interface Unplanned {
  readonly status: 'none';
}
export interface Planned extends Carried {
  readonly status: 'planned';
  /** Dispatch gave up, or a person took the dispatch back: only a person dispatches now. */
  readonly byHand: boolean;
  /** Lapsed, but nobody else was asked yet: a late acceptance is still valid. */
  readonly lapsed?: Offer;
}
export interface Dispatched extends Carried {
  readonly status: 'dispatched';
  readonly offer: Offer;
}
interface Assigned extends Carried {
  readonly assignee: Assignee;
}
export interface Accepted extends Assigned {
  readonly status: 'accepted';
}
export interface Travelling extends Assigned {
  readonly status: 'travelling';
}
export interface OnSite extends Assigned {
  readonly status: 'on-site';
}
export interface Working extends Assigned {
  readonly status: 'working';
}
export interface Waiting extends Assigned {
  readonly status: 'waiting';
  /** Where WorkResumed returns to. */
  readonly from: 'accepted' | 'travelling' | 'on-site' | 'working';
}
export interface Completed extends Assigned {
  readonly status: 'completed';
  readonly outcome: Outcome;
}
export interface Cancelled extends Carried {
  readonly status: 'cancelled';
}

/** Asked; after a lapse still until somebody else is. */
export type AwaitingAcceptance = Dispatched | (Planned & { readonly lapsed: Offer });
/** Somebody accepted and has not finished. */
export type UnderWay = Accepted | Travelling | OnSite | Working | Waiting;
export type KnownWorkOrder = Planned | Dispatched | UnderWay | Completed | Cancelled;
export type WorkOrder = Unplanned | KnownWorkOrder;

export const unplanned: Unplanned = { status: 'none' };

const underWay: readonly string[] = ['accepted', 'travelling', 'on-site', 'working', 'waiting'];
export const isUnderWay = (order: WorkOrder): order is UnderWay => underWay.includes(order.status);

/** Field staff act for themselves; everybody else who may report a fact speaks for the present crew. */
export const isFieldStaff = (actor: Actor): boolean => actor.role === 'engineer' || actor.role === 'outlet';

/** True while an acceptance would be valid. */
export const awaitsAcceptance = (order: WorkOrder): order is AwaitingAcceptance =>
  order.status === 'dispatched' || (order.status === 'planned' && order.lapsed !== undefined);

/** True when the actor's facts are those of the present crew. */
export const isCrew = (order: KnownWorkOrder, actor: Actor): boolean =>
  !isFieldStaff(actor) || order.crew.includes(actor.id);

/** Who has the job or is asked to take it; undefined while nobody is. */
export const assigneeOf = (order: KnownWorkOrder): Assignee | undefined => {
  if (order.status === 'dispatched') return order.offer.to;
  return order.status === 'planned' || order.status === 'cancelled' ? undefined : order.assignee;
};

/** Drops what belongs to one status, so that the next is built from the shared part only. */
export const carried = (order: KnownWorkOrder): Carried => ({
  plan: order.plan,
  everDispatched: order.everDispatched,
  crew: order.crew,
  dispatchedAt: order.dispatchedAt,
  turnedDown: order.turnedDown,
  failures: order.failures,
  appointment: order.appointment,
  partUses: order.partUses,
  seen: order.seen,
  lastFactAt: order.lastFactAt,
  work: order.work,
  tripMade: order.tripMade,
  reportFiled: order.reportFiled,
  checkedOut: order.checkedOut,
  conflicts: order.conflicts,
});

export type { WorkOrderStatus };
