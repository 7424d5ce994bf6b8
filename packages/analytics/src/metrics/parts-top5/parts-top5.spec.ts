import { record, streamOf, type Told } from '../../testing';
import { partsTop5 } from './index';

const stream = streamOf('work_order', 1);
const on = (
  type: string,
  occurredAt: string,
  data: Readonly<Record<string, unknown>>,
  recordedAt = occurredAt,
): Told => ({
  stream,
  type: `work_order.${type}`,
  recordedAt,
  occurredAt,
  data,
});
const planned = on('WorkOrderPlanned', '2026-02-01T00:00:00.000Z', {
  ticketId: 't',
  cycle: 1,
  kind: 'visit',
  zone: 'Asia/Shanghai',
  visitsPlanned: { n: 1, decidedBy: 'x' },
});
const fitted = (partNo: string, quantity: number, more: Readonly<Record<string, unknown>> = {}): Told =>
  on('PartFitted', '2026-02-28T17:00:00.000Z', {
    partUseId: `use-${partNo}`,
    partNo,
    quantity,
    unit: 'piece',
    unitCost: { amount: 100, currency: 'CNY' },
    charge: 'warranty',
    ...more,
  });

const top = (told: readonly Told[], from = '2026-03-01', to = '2026-04-01') =>
  partsTop5.fold(record([planned, ...told]), partsTop5.parameters({ from, to }), 0);

const ranks = (told: readonly Told[]) =>
  top(told)
    .rows.filter((row) => row['by'] === 'quantity')
    .map((row) => `${String(row['rank'])} ${String(row['part'])} ${String(row['value'])}`);

describe('DEC-13 parts top 5', () => {
  it('shows all that tie at rank 5', () =>
    expect(
      ranks(['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((part, index) => fitted(part, [9, 8, 7, 6, 5, 5, 4][index] ?? 0))),
    ).toEqual(['1 A 9', '2 B 8', '3 C 7', '4 D 6', '5 E 5', '5 F 5']));

  it('books a later correction on the day of the original use, in the zone of the site', () => {
    const correction = on('PartUseCorrected', '2026-05-01T00:00:00.000Z', {
      partUseId: 'use-A',
      quantity: 1,
      reason: 'returned',
    });
    expect(ranks([fitted('A', 3), correction])).toEqual(['1 A 1']);
    expect(top([fitted('A', 3), correction], '2026-05-01', '2026-06-01').rows).toEqual([]);
  });

  it('counts a use corrected to nothing apart, and the same use told twice once', () => {
    const nothing = on('PartUseCorrected', '2026-03-02T00:00:00.000Z', {
      partUseId: 'use-A',
      quantity: 0,
      reason: 'miscounted',
    });
    expect(top([fitted('A', 3), fitted('A', 3), nothing])).toMatchObject({
      rows: [],
      totals: { uses: 1 },
      excluded: { 'corrected-to-nothing': 1 },
    });
  });

  it('ranks warranty, goodwill and billable, units of measure and currencies apart, by quantity and by cost', () => {
    const { rows } = top([
      fitted('A', 1),
      fitted('B', 2, { charge: 'billable' }),
      fitted('C', 900, { unit: 'gram', unitCost: { amount: 1, currency: 'USD' } }),
    ]);
    expect(
      rows.map((row) => [row['by'], row['measure'], row['charge'], row['rank'], row['part'], row['value']]),
    ).toEqual([
      ['quantity', 'gram', 'warranty', 1, 'C', 900],
      ['quantity', 'piece', 'billable', 1, 'B', 2],
      ['quantity', 'piece', 'warranty', 1, 'A', 1],
      ['cost', 'CNY', 'billable', 1, 'B', 200],
      ['cost', 'CNY', 'warranty', 1, 'A', 100],
      ['cost', 'USD', 'warranty', 1, 'C', 900],
    ]);
  });
});
