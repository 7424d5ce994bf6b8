import { event, type Actor, type DecisionContext, type Instant } from '../../kernel/index';
import { workOrderEvents, type WorkOrderEvent } from '../events';
import { afterPlanning } from '../evolve';
import type { WorkOrderFacts } from '../facts';
import { factName, fingerprint, markOf } from '../field-evolve';
import type { FieldFact } from '../field-facts';
import { awaitsAcceptance, isCrew, type ConflictKind, type KnownWorkOrder } from '../state';
import { offerOf } from './acceptance';
import { contradiction, notBefore } from './field-conflicts';
import { eventOf, type Surroundings } from './field-event';
import { utc } from './shape';

type Context = DecisionContext<WorkOrderFacts>;
type Stored = Exclude<WorkOrderEvent, { type: 'work_order.WorkOrderPlanned' }>;

interface Contradicted {
  readonly kind: ConflictKind;
  readonly fact: string;
  readonly occurredAt: Instant;
  readonly stateThen: string;
}
interface Progress {
  readonly order: KnownWorkOrder;
  readonly events: readonly Stored[];
  readonly contradicted: readonly Contradicted[];
}

/** The events of a well-formed batch: each fact on the state that the facts before it leave, then what they contradict. */
export const storedFacts = (
  facts: readonly FieldFact[],
  order: KnownWorkOrder,
  context: Context,
): readonly WorkOrderEvent[] => {
  const batch = batchOf(facts, context);
  const end = facts.reduce<Progress>((progress, fact, index) => takenIn(progress, fact, index, { context, batch }), {
    order,
    events: [],
    contradicted: [],
  });
  return [...end.events, ...conflicts(end, order, context.commandId), ...reportSettled(order, end.order)];
};

type Batch = Omit<Surroundings, 'order' | 'signatureDigest'> & {
  readonly digestOf: (index: number) => string | undefined;
};

/** What the batch says as a whole: a device may send a completion before the report that belongs to it. */
const batchOf = (facts: readonly FieldFact[], { actor, now, facts: { signatureDigests = [] } }: Context): Batch => {
  const signed = facts.flatMap((fact, index) =>
    fact.fact === 'ServiceReportFiled' && fact.signature !== undefined ? [index] : [],
  );
  return {
    actor,
    marks: facts.flatMap(({ fact, occurredAt }) => {
      const mark = markOf(fact);
      return mark ? [{ at: atOf(occurredAt, now), mark, by: actor.id, crew: true }] : [];
    }),
    reported: facts.some(({ fact }) => fact === 'ServiceReportFiled'),
    checkedOutAt: facts.flatMap(({ fact, occurredAt }) =>
      fact === 'ManagerCheckedOut' ? [atOf(occurredAt, now)] : [],
    ),
    digestOf: (index) => (signed.includes(index) ? signatureDigests[signed.indexOf(index)] : undefined),
  };
};

const atOf = (occurredAt: string | undefined, now: Instant): Instant =>
  occurredAt === undefined ? now : utc(occurredAt);

const takenIn = (
  before: Progress,
  fact: FieldFact,
  index: number,
  { context, batch }: { readonly context: Context; readonly batch: Batch },
): Progress => {
  const { actor, now, commandId } = context;
  const at = atOf(fact.occurredAt, now);
  const made = eventOf(fact, at, { ...batch, order: before.order, signatureDigest: batch.digestOf(index) });
  if (before.order.seen.includes(fingerprint(factName(made.type), made.data, at, actor))) return before;
  const { order, events } = acceptedByDoing(before, at, actor);
  const reusesId = made.type === 'work_order.PartFitted' && order.partUses.includes(made.data.partUseId);
  const kind =
    contradiction(order, { fact: fact.fact, at, dated: fact.occurredAt !== undefined, actor }) ??
    (reusesId ? 'wrong-state' : undefined);
  const stored = reusesId ? { ...made, data: { ...made.data, partUseId: `${commandId}-${index}` } } : made;
  return {
    order: afterPlanning(order, stored, at, actor),
    events: [...events, stored],
    contradicted: kind
      ? [...before.contradicted, { kind, fact: fact.fact, occurredAt: at, stateThen: order.status }]
      : before.contradicted,
  };
};

/** Who was asked and sets out has accepted, late or not; the fact then meets an accepted order. */
const acceptedByDoing = (before: Progress, at: Instant, actor: Actor): Pick<Progress, 'order' | 'events'> => {
  const { order, events } = before;
  if (!awaitsAcceptance(order) || !isCrew(order, actor)) return before;
  const offer = offerOf(order);
  const since = notBefore(order, at);
  const accepted = event(
    workOrderEvents.WorkOrderAccepted,
    { by: offer.to, late: since > offer.acceptBy },
    { occurredAt: since },
  );
  return { order: afterPlanning(order, accepted, since, actor), events: [...events, accepted] };
};

/** One conflict for each kind: a supervisor settles what went wrong, not thirty facts of one cancelled job. */
const conflicts = ({ contradicted, order }: Progress, before: KnownWorkOrder, commandId: string): readonly Stored[] => {
  const missing = isReportMissing(order) && !isReportMissing(before) ? [reportMissing] : [];
  const kinds = [...new Set(contradicted.map(({ kind }) => kind))];
  const grouped = kinds.map((kind) => contradicted.filter((one) => one.kind === kind));
  return [...grouped, ...missing.map((one) => [one])].flatMap(([first, ...rest], index) =>
    first
      ? [
          event(workOrderEvents.FieldConflictRaised, {
            conflictId: `${commandId}-c${index}`,
            fact: first.fact,
            ...(rest.length > 0 && { also: rest.map(({ fact, occurredAt }) => ({ fact, occurredAt })) }),
            kind: first.kind,
            stateThen: first.stateThen,
          }),
        ]
      : [],
  );
};

const reportMissing: Contradicted = {
  kind: 'report-missing',
  fact: 'WorkCompleted',
  occurredAt: '',
  stateThen: 'completed',
};

const isReportMissing = (order: KnownWorkOrder): boolean =>
  order.status === 'completed' && order.outcome === 'fixed' && !order.reportFiled;

/** The report that a completion lacked has come: nobody has to settle that by hand. */
const reportSettled = (before: KnownWorkOrder, now: KnownWorkOrder): readonly Stored[] =>
  now.reportFiled
    ? before.conflicts
        .filter(({ kind }) => kind === 'report-missing')
        .map(({ id }) =>
          event(workOrderEvents.FieldConflictSettled, {
            conflictId: id,
            resolution: 'accepted',
            reason: 'report-filed',
          }),
        )
    : [];
