import { type Recorded, type WorkOrderEvent } from '@aftercare/domain';
import { dayIn, type Order } from './read-story';

type Told<Name extends string> = Extract<Recorded<WorkOrderEvent>, { type: `work_order.${Name}` }>;

/** What a work order came to, read from its events in one look. */
export interface Trip {
  readonly order: Order;
  readonly arrivedAt: string | undefined;
  readonly arrivedOn: string | undefined;
  readonly completedAt: string | undefined;
  readonly outcome: string;
  readonly access: boolean;
  readonly engineer: string;
  readonly outlet: string;
}

const all = <Name extends string>(order: Order, name: Name): readonly Told<Name>[] =>
  order.events.filter((event) => event.type === `work_order.${name}`) as unknown as readonly Told<Name>[];

export const tripOf = (order: Order): Trip => {
  const completed = all(order, 'WorkCompleted').at(-1);
  const arrival = all(order, 'ArrivalRecorded')[0];
  const cancelled = all(order, 'WorkOrderCancelled');
  const tripMade = [...all(order, 'WorkCompleted'), ...cancelled].some((each) => each.data.tripMade);
  const arrivedAt =
    arrival?.metadata.occurredAt ??
    all(order, 'WorkStarted')[0]?.metadata.occurredAt ??
    (tripMade ? completed?.metadata.occurredAt : undefined);
  const outcome = completed?.data.outcome ?? '';
  return {
    order,
    arrivedAt,
    arrivedOn: arrivedAt === undefined ? undefined : dayIn(order.plan.data.zone, arrivedAt),
    completedAt: completed?.metadata.occurredAt,
    outcome,
    access:
      order.plan.data.kind === 'visit' &&
      arrivedAt !== undefined &&
      outcome !== 'no-access' &&
      !(outcome === '' && cancelled.length > 0),
    ...workerOf(order, arrival),
  };
};

/** Who did it: who says that they arrived, else who took it, else who was sent; an outlet's engineer as named by it. */
const workerOf = (
  order: Order,
  arrival: Told<'ArrivalRecorded'> | undefined,
): { readonly engineer: string; readonly outlet: string } => {
  let engineer = '';
  let outlet = '';
  for (const event of order.events) {
    const to =
      event.type === 'work_order.WorkOrderDispatched'
        ? event.data.to
        : event.type === 'work_order.WorkOrderAccepted'
          ? event.data.by
          : undefined;
    if (to?.kind === 'engineer') [engineer, outlet] = [to.id, ''];
    if (to?.kind === 'outlet' && to.id !== outlet) [engineer, outlet] = ['', to.id];
    if (event.type === 'work_order.EngineersNamed') engineer = event.data.lead;
  }
  const arrived = arrival?.metadata.actor.role === 'engineer' ? arrival.metadata.actor.id : '';
  return { engineer: arrived === '' ? engineer : arrived, outlet };
};
