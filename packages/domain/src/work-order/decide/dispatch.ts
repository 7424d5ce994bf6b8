import { event, MINUTE, when, type DecisionContext, type Instant } from '../../kernel/index';
import { addOnCalendar } from '../../policy/calendar';
import { rankCandidates, type Exclusion, type Judged } from '../../policy/dispatch-ranking';
import { workOrderEvents } from '../events';
import type { WorkOrderFacts } from '../facts';
import { mustBeOutForDispatch, mustHaveAssignee, mustNotHaveStarted } from '../invariants';
import { assigneeOf, isFieldStaff, type Assignee, type KnownWorkOrder } from '../state';
import { refuse, underOrder, type WorkOrderDecide } from './shape';

/** Candidates named in an event; the rest is only counted. */
const CANDIDATES_NAMED = 50;

/**
 * The best candidate is asked. Nobody left: the supervisor decides. Nothing to do once somebody is asked, or after dispatch
 * has been given to a person.
 */
export const dispatchAutomatically: WorkOrderDecide<'DispatchAutomatically'> = (_command, order, context) => {
  if (order.status !== 'planned' || order.byHand) return [];
  const { named, best } = judged(order, context);
  if (best) return [dispatched(order, context, best, 'auto', named)];
  const reason = order.plan.kind === 'visit' && order.plan.region === undefined ? 'no-region' : 'nobody-left';
  return [event(workOrderEvents.DispatchFailed, { reason, ...named })];
};

/** A supervisor chooses; breaking a filter or taking the job from somebody needs a reason, and both are recorded. */
export const dispatchWorkOrder: WorkOrderDecide<'DispatchWorkOrder'> = ({ data: { to, reason } }, order, context) =>
  when(order, mustNotHaveStarted, (open) => {
    const { named, all } = judged(open, context);
    const chosen = all.find(({ kind, id }) => kind === to.kind && id === to.id);
    if (!chosen && context.facts.candidates) return refuse('WORK_ORDER.ASSIGNEE_UNKNOWN', { to });
    const overrides = chosen?.excluded ?? [];
    const replaces = open.status !== 'planned';
    if ((overrides.length > 0 || replaces) && reason === undefined)
      return refuse('WORK_ORDER.REASON_NEEDED', { overrides, replaces });
    return [dispatched(open, context, to, 'manual', named, { overrides, reason })];
  });

/** Taken back before work on site; nobody is asked again until a person dispatches. */
export const withdrawDispatch: WorkOrderDecide<'WithdrawDispatch'> = ({ data }, order, { stream }) =>
  when(order, mustBeOutForDispatch, () => [event(workOrderEvents.DispatchWithdrawn, {}, underOrder(stream, data))]);

/** An outlet names its own people, a supervisor a crew: from then on their facts count. */
export const nameEngineers: WorkOrderDecide<'NameEngineers'> = ({ data }, order, { actor }) =>
  when(order, mustHaveAssignee, (open) => {
    if (isFieldStaff(actor) && assigneeOf(open)?.id !== actor.id) return refuse('WORK_ORDER.NOT_YOURS');
    if (!data.engineers.includes(data.lead)) return refuse('WORK_ORDER.LEAD_NOT_NAMED');
    return [event(workOrderEvents.EngineersNamed, { engineers: [...new Set(data.engineers)], lead: data.lead })];
  });

/** When a dispatch lapses: on the reachable hours, for a safety case on every hour (DEC-01, SLA-03). */
const acceptByOf = (order: KnownWorkOrder, { now, facts }: DecisionContext<WorkOrderFacts>): Instant => {
  const { acceptMinutes, calendar } = facts.dispatch.body;
  return addOnCalendar(now, acceptMinutes * MINUTE, order.plan.safety ? 'always' : calendar, order.plan.zone);
};

const judged = (order: KnownWorkOrder, { facts, now }: DecisionContext<WorkOrderFacts>) => {
  const { ranked, excluded } = rankCandidates(
    facts.dispatch.body,
    { ...order.plan, turnedDown: order.turnedDown, recused: facts.recused ?? [] },
    facts.candidates ?? [],
    { now, zone: order.plan.zone },
  );
  const all = [...ranked, ...excluded];
  const named = {
    candidates: all.slice(0, CANDIDATES_NAMED).map((one) => ({ ...one, excluded: [...one.excluded] })),
    candidatesTotal: all.length,
    policyVersion: facts.dispatch.version,
    ...(facts.readPosition !== undefined && { readPosition: facts.readPosition }),
  };
  return { named, all, best: ranked[0] };
};

const dispatched = (
  order: KnownWorkOrder,
  context: DecisionContext<WorkOrderFacts>,
  to: Assignee | Judged,
  mode: 'auto' | 'manual',
  named: ReturnType<typeof judged>['named'],
  by: { readonly overrides: readonly Exclusion[]; readonly reason?: string | undefined } = { overrides: [] },
) =>
  event(
    workOrderEvents.WorkOrderDispatched,
    {
      to: { kind: to.kind, id: to.id },
      mode,
      ...named,
      acceptBy: acceptByOf(order, context),
      overrides: [...by.overrides],
    },
    by.reason === undefined ? {} : underOrder(context.stream, { reason: by.reason }),
  );
