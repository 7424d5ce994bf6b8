import { event, type Instant, type OpenPart } from '../../kernel/index';
import { workOrderEvents } from '../events';
import type { FieldFact, FieldFactOf } from '../field-facts';
import { isCrew, type KnownWorkOrder, type WorkMark } from '../state';
import { workMinutes } from '../work-minutes';
import type { Actor } from '../../kernel/index';
import { utc } from './shape';

/** What an event says beyond the fact itself: from the order so far and the rest of the batch. */
export interface Surroundings {
  readonly order: KnownWorkOrder;
  readonly actor: Actor;
  /** What the whole batch says about working times, whatever its order. */
  readonly marks: readonly WorkMark[];
  readonly reported: boolean;
  readonly checkedOutAt: readonly Instant[];
  readonly signatureDigest: string | undefined;
}

/** The event that a fact becomes; `at` is given to it as occurredAt only when somebody said when it happened. */
export const eventOf = (fact: FieldFact, at: Instant, around: Surroundings) => {
  const times = fact.occurredAt === undefined ? {} : { occurredAt: at };
  switch (fact.fact) {
    case 'TravelStarted':
      return event(workOrderEvents.TravelStarted, fact.eta === undefined ? {} : { eta: utc(fact.eta) }, times);
    case 'ArrivalRecorded':
      return event(workOrderEvents.ArrivalRecorded, { badgeShown: fact.badgeShown }, times);
    case 'RisksExplained':
      return event(workOrderEvents.RisksExplained, { consent: fact.consent }, times);
    case 'DataProtectionStepRecorded':
      return event(workOrderEvents.DataProtectionStepRecorded, { step: fact.step }, times);
    case 'WorkStarted':
      return event(workOrderEvents.WorkStarted, {}, times);
    case 'WorkSuspended':
      return event(
        workOrderEvents.WorkSuspended,
        { reason: fact.reason, expectedUntil: utc(fact.expectedUntil) },
        times,
      );
    case 'WorkResumed':
      return event(workOrderEvents.WorkResumed, {}, times);
    case 'PartFitted':
      return event(workOrderEvents.PartFitted, fieldsOf(fact), times);
    case 'PartRemovedUnused':
      return event(workOrderEvents.PartRemovedUnused, fieldsOf(fact), times);
    case 'ServiceReportFiled':
      return reportFiled(fact, around, times);
    case 'WorkCompleted':
      return event(workOrderEvents.WorkCompleted, completion(fact, at, around), times);
    case 'ManagerCheckedOut':
      return event(workOrderEvents.ManagerCheckedOut, fieldsOf(fact), times);
    case 'SiteLeft': {
      const checkedOut = around.order.checkedOut || around.checkedOutAt.some((when) => when <= at);
      return event(workOrderEvents.SiteLeft, { checkedOut }, times);
    }
  }
};

const fieldsOf = <F extends FieldFact>({ fact: _fact, occurredAt: _at, ...fields }: F) => fields;

const completion = (
  fact: FieldFactOf<'WorkCompleted'>,
  at: Instant,
  { order, actor, marks, reported }: Surroundings,
) => {
  const counts = (mark: WorkMark) => mark.by === actor.id || (mark.crew && isCrew(order, actor));
  return {
    ...fieldsOf(fact),
    workMinutes: workMinutes([...order.work.filter(counts), ...marks], at),
    reportFiled: reported || (isCrew(order, actor) && order.reportFiled),
    tripMade: order.plan.kind === 'visit',
  };
};

/** Findings belong to the case, the opinion and the signature to the customer. */
const reportFiled = (
  fact: FieldFactOf<'ServiceReportFiled'>,
  { order, signatureDigest }: Surroundings,
  times: { readonly occurredAt?: Instant },
) => {
  const { causeText, remedyText, opinion, signature, scaleVersion, ...fields } = fieldsOf(fact);
  const ticket = `ticket-${order.plan.ticketId}`;
  const findings = defined({ causeText, remedyText });
  const said = defined({ opinion, signature });
  const customer = order.plan.customer ?? ticket;
  const parts: OpenPart<typeof findings & typeof said>[] =
    customer === ticket
      ? [{ subject: ticket, fields: { ...findings, ...said } }]
      : [
          { subject: ticket, fields: findings },
          { subject: customer, fields: said },
        ];
  const personal = parts.filter((part) => Object.keys(part.fields).length > 0);
  return event(
    workOrderEvents.ServiceReportFiled,
    { ...fields, scaleVersion: scaleVersion ?? 1, ...defined({ signatureDigest }) },
    { ...times, ...(personal.length > 0 && { personal }) },
  );
};

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** Without the members that are undefined: an optional field is absent or has a value. */
const defined = <T extends Readonly<Record<string, unknown>>>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
