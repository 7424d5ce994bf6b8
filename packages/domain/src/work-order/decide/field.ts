import { when, type Decision, type DecisionContext, type Rejection } from '../../kernel/index';
import type { WorkOrderEvent } from '../events';
import type { WorkOrderFacts } from '../facts';
import type { FieldFact } from '../field-facts';
import { mustBePlanned } from '../invariants';
import { isFieldStaff, type KnownWorkOrder, type WorkOrder } from '../state';
import { storedFacts } from './field-batch';
import { aheadOf, malformedIn } from './field-problems';
import { refuse } from './shape';

type Context = DecisionContext<WorkOrderFacts>;

/** One append holds at most so many events (architecture §4). */
const EVENTS_AT_ONCE = 100;

/** Signatures in the order in which `facts.signatureDigests` has to give their SHA-256. */
export const signaturesIn = (facts: readonly FieldFact[]): readonly string[] =>
  facts.flatMap((fact) => (fact.fact === 'ServiceReportFiled' && fact.signature !== undefined ? [fact.signature] : []));

/**
 * Facts from the field, one or many, in the order given. From somebody who was ever dispatched none is refused for the
 * state it meets: what contradicts is stored and raises a FieldConflict, one for each kind of contradiction in the batch. A
 * fact that is there already (same reporter, time and fields) is stored once. Whoever was asked and starts without
 * accepting has accepted by doing so. Malformed, or more than five minutes ahead: all of it is refused, with pointers.
 *
 * @param pointerOf where the fact of an index stands in the request's body
 */
export const recordFacts = (
  facts: readonly FieldFact[],
  order: WorkOrder,
  context: Context,
  pointerOf: (index: number) => string = (index) => `/facts/${index}`,
): Decision<WorkOrderEvent> =>
  when(order, mustBePlanned, (known) => {
    const refusal = refusalOf(facts, known, context, pointerOf);
    if (refusal) return refusal;
    const events = storedFacts(facts, known, context);
    return events.length > EVENTS_AT_ONCE
      ? refuse('WORK_ORDER.BATCH_TOO_LARGE', { events: events.length, limit: EVENTS_AT_ONCE })
      : events;
  });

const refusalOf = (
  facts: readonly FieldFact[],
  order: KnownWorkOrder,
  { actor, now, facts: { signatureDigests } }: Context,
  pointerOf: (index: number) => string,
): Rejection | undefined => {
  if (isFieldStaff(actor) && !order.everDispatched.includes(actor.id)) return refuse('WORK_ORDER.NOT_YOURS');
  if (order.everDispatched.length === 0) return refuse('WORK_ORDER.NOBODY_ASSIGNED');
  const malformed = malformedIn(facts, pointerOf);
  if (malformed.length > 0) return refuse('WORK_ORDER.FACTS_MALFORMED', { problems: malformed });
  const ahead = aheadOf(facts, now, pointerOf);
  if (ahead.length > 0) return refuse('WORK_ORDER.FACT_AHEAD', { problems: ahead });
  const undigested = signaturesIn(facts).length - (signatureDigests?.length ?? 0);
  return undigested > 0 ? refuse('WORK_ORDER.FACTS_MALFORMED', { undigestedSignatures: undigested }) : undefined;
};
