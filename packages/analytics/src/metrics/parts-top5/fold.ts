import { type RecordedEvent } from '@aftercare/domain';
import { UNKNOWN, type Figures } from '../metric';
import { dayIn, periodOf, readStory, type Order } from '../naive/read-story';
import { tripOf } from '../naive/visits';
import { type MetricParameters } from '../parameters';
import { figuresOf, type Ranked } from './shape';

interface Use {
  readonly labels: Readonly<Record<string, string>>;
  readonly part: string;
  readonly charge: string;
  readonly unit: string;
  readonly currency: string;
  readonly quantity: number;
  readonly cost: number;
  readonly open: boolean;
}

/** DEC-13 use by use. */
export const fold = (events: readonly RecordedEvent[], parameters: MetricParameters): Figures => {
  const uses = readStory(events).orders.flatMap((order) => usesOf(order, parameters));
  const sums: Record<string, number> = {};
  for (const use of uses) {
    sums[`quantity:${use.unit}`] = (sums[`quantity:${use.unit}`] ?? 0) + use.quantity;
    sums[`cost:${use.currency}`] = (sums[`cost:${use.currency}`] ?? 0) + use.cost;
  }
  return figuresOf(
    [
      ...topFive(uses, 'quantity', (use) => [use.unit, use.quantity]),
      ...topFive(uses, 'cost', (use) => [use.currency, use.cost]),
    ],
    {
      uses: uses.length,
      toNothing: uses.filter((use) => use.quantity === 0).length,
      open: uses.filter((use) => use.open).length,
      sums,
    },
  );
};

const usesOf = (order: Order, parameters: MetricParameters): readonly Use[] => {
  const trip = tripOf(order);
  const seen = new Set<string>();
  const uses: Use[] = [];
  const open = !order.events.some(
    ({ type }) => type === 'work_order.WorkCompleted' || type === 'work_order.WorkOrderCancelled',
  );
  for (const event of order.events) {
    if (event.type !== 'work_order.PartFitted' || seen.has(event.data.partUseId)) continue;
    seen.add(event.data.partUseId);
    const day = dayIn(order.plan.data.zone, event.metadata.occurredAt);
    if (day < parameters.from || day >= parameters.to) continue;
    const known: Readonly<Record<string, string | undefined>> = {
      ...order.plan.data,
      skills: '',
      ...trip,
    } as unknown as Readonly<Record<string, string | undefined>>;
    const quantity = quantityLeft(order, event.data.partUseId, event.data.quantity);
    uses.push({
      labels: {
        period: periodOf(day, parameters.granularity, parameters.from),
        ...Object.fromEntries(parameters.dimensions.map((name) => [name, known[name] || UNKNOWN])),
      },
      part: event.data.partNo,
      charge: event.data.charge,
      unit: event.data.unit,
      currency: event.data.unitCost.currency,
      quantity,
      cost: quantity * event.data.unitCost.amount,
      open,
    });
  }
  return uses;
};

const quantityLeft = (order: Order, partUseId: string, fitted: number): number =>
  order.events.reduce(
    (left, event) =>
      event.type === 'work_order.PartUseCorrected' && event.data.partUseId === partUseId ? event.data.quantity : left,
    fitted,
  );

const topFive = (
  uses: readonly Use[],
  by: 'quantity' | 'cost',
  measured: (use: Use) => readonly [measure: string, value: number],
): readonly Ranked[] => {
  const parts = new Map<string, Omit<Ranked, 'rank'>>();
  for (const use of uses) {
    const [measure, value] = measured(use);
    const key = JSON.stringify([use.labels, measure, use.charge, use.part]);
    const before = parts.get(key);
    parts.set(key, {
      labels: use.labels,
      by,
      measure,
      charge: use.charge,
      part: use.part,
      value: (before?.value ?? 0) + value,
      uses: (before?.uses ?? 0) + 1,
    });
  }
  const all = [...parts.values()].filter((part) => part.value > 0);
  const listOf = (part: Omit<Ranked, 'rank'>): string => JSON.stringify([part.labels, part.measure, part.charge]);
  return all
    .map((part) => ({
      ...part,
      rank: 1 + all.filter((other) => listOf(other) === listOf(part) && other.value > part.value).length,
    }))
    .filter((part) => part.rank <= 5);
};
