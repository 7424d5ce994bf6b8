import { idOf } from '../../kernel/index';
import { toTicket, toWorkOrder } from '../inputs';
import { newJob, step, withJob, type Around, type Fulfilment, type Step, type Trip } from './state';

/**
 * Asks for a work order under an id of its own. Without a product category nobody can be found: the supervisor is told,
 * and the trip is planned once the unit is identified.
 */
export const planned = (state: Fulfilment, trip: Trip, around: Around): Step => {
  const { category } = state;
  if (category === undefined)
    return step(
      { ...state, next: { ...trip, waitsFor: 'category' } },
      toTicket(around.ticket, 'AssignOwner', { step: 'supervision', role: 'supervisor', reason: 'category-unknown' }),
    );
  const number = state.planned + 1;
  const id = around.uuid(`work-order:${state.cycle}:${number}`);
  const job = newJob(id, trip.kind, state.cycle);
  return step(
    withJob({ ...state, planned: number, next: undefined }, job),
    toWorkOrder(id, 'PlanWorkOrder', { ...orderOf(state, trip, around), category }),
  );
};

/** Trips of this kind that were made in this cycle, and the one to be planned. */
const visitIndexOf = (state: Fulfilment, kind: Trip['kind']): number =>
  1 + state.jobs.filter((job) => job.kind === kind && job.cycle === state.cycle && job.completed).length;

const orderOf = (
  state: Fulfilment,
  { kind, preferred, previousWorkOrderId }: Trip,
  { ticket, now, policies }: Around,
) => {
  const { cycle, site, zone, customer, category, model, unitId, region, safety, requestedWindow } = state;
  const visitIndex = visitIndexOf(state, kind);
  const { categories } = policies(now).catalogue.body;
  return {
    ticketId: idOf(ticket),
    cycle,
    kind,
    site,
    zone,
    skills: categories.find((known) => known.category === category)?.skills ?? [],
    safety,
    visitIndex,
    visitsPlanned: { n: visitIndex, decidedBy: 'ticket-fulfilment' },
    ...(customer !== undefined && { customer }),
    ...(model !== undefined && { model }),
    ...(unitId !== undefined && { unitId }),
    ...(region !== undefined && { region }),
    ...(requestedWindow && requestedWindow.from > now && { requestedWindow }),
    ...(previousWorkOrderId !== undefined && { previousWorkOrderId }),
    ...(preferred && { preferred }),
  };
};
