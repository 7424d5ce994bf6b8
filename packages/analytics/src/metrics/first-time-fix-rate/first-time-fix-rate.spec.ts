import { DAY, HOUR, idOf, plus, type RecordedEvent } from '@aftercare/domain';
import { record, streamOf, type Told } from '../../testing';
import { firstTimeFixRate } from './index';

const START = '2026-01-10T01:00:00.000Z';
const AT = Date.parse('2026-06-01T00:00:00.000Z');
const unit = { unitId: 'unit-1', category: '空调', model: 'KFR-35GW' };

/** A repair ticket received `days` after the start. */
const ticket = (
  n: number,
  days: number,
  more: { type?: string; unit?: typeof unit; route?: string } = {},
): readonly Told[] => {
  const stream = streamOf('ticket', n);
  const recordedAt = plus(START, days * DAY);
  const decided = { by: 'rule' };
  const on = (type: string, data: Readonly<Record<string, unknown>>): Told => ({
    stream,
    type: `ticket.${type}`,
    recordedAt,
    data: { ...data, cycle: 1 },
  });
  return [
    on('TicketRegistered', { zone: 'Asia/Shanghai', channel: 'phone', customer: 'customer-1', ...unit }),
    on('TicketClassified', { type: more.type ?? 'repair', matched: [], decided }),
    on('HandlingRouted', { route: more.route ?? 'visit', decided }),
    ...(more.unit ? [on('ProductUnitIdentified', more.unit)] : []),
  ];
};

/** A visit for ticket `n` that arrives `days` after the start and ends an hour later. */
const visit = (
  order: number,
  n: number,
  days: number,
  outcome: string,
  more: { planned?: number; cycle?: number } = {},
): readonly Told[] => {
  const stream = streamOf('work_order', order);
  const arrival = plus(START, days * DAY + 2 * HOUR);
  const on = (type: string, occurredAt: string, data: Readonly<Record<string, unknown>>): Told => ({
    stream,
    type: `work_order.${type}`,
    recordedAt: occurredAt,
    occurredAt,
    data,
    actor: { id: 'engineer-a', role: 'engineer' },
  });
  return [
    on('WorkOrderPlanned', plus(START, days * DAY + HOUR), {
      ticketId: idOf(streamOf('ticket', n)),
      cycle: more.cycle ?? 1,
      kind: 'visit',
      zone: 'Asia/Shanghai',
      visitsPlanned: { n: more.planned ?? 1, decidedBy: 'agent-1' },
    }),
    on('ArrivalRecorded', arrival, { badgeShown: true }),
    on('WorkCompleted', plus(arrival, HOUR), { outcome, workMinutes: 60, tripMade: true }),
  ];
};

const tell = (type: string, n: number, days: number, data: Readonly<Record<string, unknown>>): Told => ({
  stream: streamOf('ticket', n),
  type: `ticket.${type}`,
  recordedAt: plus(START, days * DAY),
  data: { cycle: 1, ...data },
});

const rate = (told: readonly (readonly Told[] | Told)[], asked: Readonly<Record<string, unknown>> = {}) => {
  const events: readonly RecordedEvent[] = record(told.flat());
  const parameters = firstTimeFixRate.parameters({ from: '2026-01-01', to: '2026-06-01', ...asked });
  const { totals, excluded, provisional } = firstTimeFixRate.fold(events, parameters, AT);
  const out = Object.fromEntries(Object.entries(excluded).filter(([, count]) => count > 0));
  return { jobs: totals['jobs'], fixed: totals['fixed'], out, provisional };
};

describe('DEC-11 first-time fix rate', () => {
  it('counts a job that one trip fixed', () =>
    expect(rate([ticket(1, 0), visit(1, 1, 1, 'fixed')])).toEqual({ jobs: 1, fixed: 1, out: {}, provisional: 0 }));

  it('keeps a job that is not fixed yet in the denominator', () =>
    expect(rate([ticket(1, 0), visit(1, 1, 1, 'further-visit-needed')])).toMatchObject({ jobs: 1, fixed: 0 }));

  it('takes no access for no visit: the next trip is the first', () =>
    expect(rate([ticket(1, 0), visit(1, 1, 1, 'no-access'), visit(2, 1, 3, 'fixed')])).toMatchObject({
      jobs: 1,
      fixed: 1,
    }));

  it('does not count a second trip as a first-time fix', () =>
    expect(rate([ticket(1, 0), visit(1, 1, 1, 'not-fixed'), visit(2, 1, 3, 'fixed')])).toMatchObject({
      jobs: 1,
      fixed: 0,
    }));

  it('does not count what the customer rejected', () =>
    expect(
      rate([
        ticket(1, 0),
        visit(1, 1, 1, 'fixed'),
        tell('ResolutionRejected', 1, 2, { reason: 'fault-still-there', channel: 'phone' }),
      ]),
    ).toMatchObject({ jobs: 1, fixed: 0 }));

  it('joins a repeat about the same unit to its job, so that it is no row of its own', () =>
    expect(
      rate([ticket(1, 0, { unit }), visit(1, 1, 1, 'fixed'), ticket(2, 20, { unit }), visit(2, 2, 21, 'fixed')]),
    ).toMatchObject({ jobs: 1, fixed: 0 }));

  it('chains repeats: the window runs from the latest completion', () =>
    expect(
      rate([
        ...[ticket(1, 0, { unit }), visit(1, 1, 1, 'fixed')],
        ...[ticket(2, 25, { unit }), visit(2, 2, 26, 'fixed')],
        ...[ticket(3, 50, { unit }), visit(3, 3, 51, 'fixed')],
      ]),
    ).toMatchObject({ jobs: 1, fixed: 0 }));

  it('takes a case after the window for a job of its own, and 7 days for a shorter one', () => {
    const told = [ticket(1, 0, { unit }), visit(1, 1, 1, 'fixed'), ticket(2, 20, { unit }), visit(2, 2, 21, 'fixed')];
    expect(rate(told, { windowDays: 14 })).toMatchObject({ jobs: 2, fixed: 2 });
    expect(rate(told, { windowDays: 7 })).toMatchObject({ jobs: 2, fixed: 2 });
  });

  it('takes a reopened cycle for a repeat', () =>
    expect(
      rate([
        ticket(1, 0),
        visit(1, 1, 1, 'fixed'),
        tell('TicketReopened', 1, 5, { cycle: 2, foundBy: 'customer', statusBefore: 'completed' }),
      ]),
    ).toMatchObject({ jobs: 1, fixed: 0 }));

  it.each(['enquiry', 'installation', 'parts-missing'])('takes %s for no repeat', (type) =>
    expect(rate([ticket(1, 0, { unit }), visit(1, 1, 1, 'fixed'), ticket(2, 9, { unit, type })])).toMatchObject({
      jobs: 1,
      fixed: 1,
    }),
  );

  it('takes a case cancelled before a visit for no repeat', () =>
    expect(
      rate([
        ticket(1, 0, { unit }),
        visit(1, 1, 1, 'fixed'),
        ticket(2, 9, { unit }),
        tell('TicketCancelled', 2, 10, { reason: 'by-customer' }),
      ]),
    ).toMatchObject({ jobs: 1, fixed: 1, out: { cancelled: 1 } }));

  it('counts apart: no visit, depot, quote declined, cancelled by the customer, several visits planned before', () =>
    expect(
      rate([
        ticket(1, 0, { unit: { ...unit, unitId: 'u1' } }),
        ...[ticket(2, 1, { unit: { ...unit, unitId: 'u2' }, route: 'depot' })],
        ...[ticket(3, 2, { unit: { ...unit, unitId: 'u3' } }), visit(3, 3, 3, 'customer-declined')],
        ...[
          ticket(4, 3, { unit: { ...unit, unitId: 'u4' } }),
          tell('TicketCancelled', 4, 4, { reason: 'by-customer' }),
        ],
        ...[ticket(5, 4, { unit: { ...unit, unitId: 'u5' } }), visit(5, 5, 5, 'fixed', { planned: 2 })],
      ]),
    ).toMatchObject({
      jobs: 0,
      fixed: 0,
      out: { 'no-visit': 1, depot: 1, 'quote-declined': 1, cancelled: 1, 'multi-visit-planned': 1 },
    }));

  it('is provisional until the window has passed', () => {
    const told = [ticket(1, 125), visit(1, 1, 126, 'fixed')];
    expect(rate(told)).toMatchObject({ jobs: 1, provisional: 1 });
    expect(rate(told, { windowDays: 7 })).toMatchObject({ jobs: 1, provisional: 0 });
  });
});
