import {
  ticketDecider,
  ticketEvents,
  workOrderDecider,
  workOrderEvents,
  type Actor,
  type DomainEvent,
  type RecordedEvent,
  type Ticket,
  type WorkOrder,
} from '@aftercare/domain';
import { generateHistory } from '@aftercare/domain/testing';
import fc from 'fast-check';
import { fullFold } from '../consumer/index';
import { jobs, type JobRow } from '../jobs/index';
import { ticketQueue, type TicketQueueRow } from '../ticket-queue/index';

const folded = <S>(events: readonly RecordedEvent[], decider: { initial: S; evolve(state: S, event: never): S }) => {
  const states = new Map<string, S>();
  for (const event of events)
    states.set(event.stream, decider.evolve(states.get(event.stream) ?? decider.initial, event as never));
  return states;
};

const histories = (check: (events: readonly RecordedEvent[]) => void) =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.1, max: 1, noNaN: true }), (seed, part) => {
      const events = generateHistory({ seed, tickets: 8 });
      // Cut anywhere: a list is looked at while things are going on.
      check(events.slice(0, Math.ceil(events.length * part)));
    }),
    { numRuns: 15 },
  );

const ticketEvent = (name: keyof typeof ticketEvents, data: object = {}): DomainEvent => ({
  type: ticketEvents[name].type,
  data: { cycle: 1, ...data },
});
const workOrderEvent = (name: keyof typeof workOrderEvents, data: object = {}): DomainEvent => ({
  type: workOrderEvents[name].type,
  data,
});
const TICKET_STEPS = [
  ticketEvent('IntakeReviewed'),
  ticketEvent('HandlingStarted', { route: 'visit', role: 'engineer', workOrderId: 'w1' }),
  ticketEvent('HandlingStarted', { route: 'first-touch', role: 'agent' }),
  ticketEvent('SolutionProposed', { needsConsent: true }),
  ticketEvent('SolutionProposed', { needsConsent: false }),
  ticketEvent('SolutionAccepted'),
  ticketEvent('SolutionDeclined'),
  ticketEvent('TicketPaused', { reason: 'awaiting-parts', expectedUntil: '2026-03-05T00:00:00.000Z' }),
  ticketEvent('TicketResumed'),
  ...['w1', 'w2'].flatMap((id) => [
    ticketEvent('JobOpened', { kind: 'work-order', id }),
    ticketEvent('JobEnded', { id, outcome: 'cancelled', workMinutes: 0, parts: [] }),
    ticketEvent('JobEnded', { id, outcome: 'fixed', workMinutes: 5, parts: [] }),
  ]),
  ticketEvent('ResolutionProposed'),
  ticketEvent('ResolutionConfirmed'),
  ticketEvent('ResolutionRejected'),
  ticketEvent('ResolutionAcceptedBySilence'),
  ticketEvent('ResolutionReturnedBySilence'),
  ticketEvent('TicketClosed', { workMinutes: 0, parts: [] }),
  ticketEvent('TicketClosedUnresolved'),
  ticketEvent('TicketCancelled'),
  ticketEvent('TicketReopened', { cycle: 2 }),
];
const parties = ['engineer-1', 'engineer-2'].map((id) => ({ kind: 'engineer', id }));
const WORK_ORDER_STEPS = [
  ...parties.flatMap((party) => [
    workOrderEvent('WorkOrderDispatched', { to: party, mode: 'auto', acceptBy: '2026-03-02T03:00:00.000Z' }),
    workOrderEvent('WorkOrderAccepted', { by: party, late: false }),
    workOrderEvent('WorkOrderDeclined', { by: party }),
    workOrderEvent('AcceptanceLapsed', { by: party, acceptBy: '2026-03-02T03:00:00.000Z' }),
  ]),
  workOrderEvent('EngineersNamed', { engineers: ['engineer-2'], lead: 'engineer-2' }),
  workOrderEvent('DispatchFailed', { reason: 'nobody-left', candidates: [], candidatesTotal: 0 }),
  workOrderEvent('DispatchWithdrawn'),
  workOrderEvent('WorkOrderReleased'),
  workOrderEvent('AppointmentAgreed', { window: { from: '', to: '' } }),
  workOrderEvent('TravelStarted'),
  workOrderEvent('ArrivalRecorded'),
  workOrderEvent('WorkStarted'),
  workOrderEvent('WorkSuspended', { reason: 'awaiting-parts', expectedUntil: '2026-03-05T00:00:00.000Z' }),
  workOrderEvent('WorkResumed'),
  workOrderEvent('ServiceReportFiled'),
  workOrderEvent('WorkCompleted', { outcome: 'fixed' }),
  workOrderEvent('WorkOrderCancelled'),
  workOrderEvent('SiteLeft'),
];

/** Any events of a stream in any order, reachable or not: what a list shows must not depend on the generator's taste. */
const anything = (
  first: DomainEvent,
  others: readonly DomainEvent[],
  check: (events: readonly RecordedEvent[]) => void,
) =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          event: fc.constantFrom(...others),
          minute: fc.integer({ min: 0, max: 50 }),
          by: fc.constantFrom('engineer-1', 'engineer-2', 'agent-1'),
        }),
        { maxLength: 40 },
      ),
      (steps) => {
        const stream = `${first.type.slice(0, first.type.indexOf('.'))}-1`;
        const all = [{ event: first, minute: 0, by: 'agent-1' }, ...steps];
        check(
          all.map(({ event, minute, by }, revision) =>
            recorded(event, {
              stream,
              revision,
              minute,
              actor: { id: by, role: by === 'agent-1' ? 'agent' : 'engineer' },
            }),
          ),
        );
      },
    ),
    { numRuns: 300 },
  );

const recorded = (
  { type, data }: DomainEvent,
  at: { readonly stream: string; readonly revision: number; readonly minute: number; readonly actor: Actor },
): RecordedEvent => ({
  stream: at.stream,
  revision: at.revision,
  position: String(at.revision),
  eventId: `e${at.revision}`,
  type,
  data,
  personal: [],
  metadata: {
    schemaVersion: 1,
    commandId: 'c',
    commandDigest: 'd',
    correlationId: at.stream,
    causationId: 'c',
    actor: at.actor,
    occurredAt: `2026-03-02T01:${String(at.minute).padStart(2, '0')}:00.000Z`,
    recordedAt: `2026-03-02T02:${String(at.revision).padStart(2, '0')}:00.000Z`,
    prev: '',
    hash: '',
  },
});

describe('what lists show agrees with what the rules decide on', () => {
  it('a ticket has the same state after any events in any order', () =>
    anything(ticketEvent('TicketRegistered'), TICKET_STEPS, (events) => {
      const [[stream, ticket]] = [...folded<Ticket>(events, ticketDecider)] as [[string, Ticket]];
      const row = fullFold(ticketQueue.projector, events).get(stream) as TicketQueueRow;
      expect(row).toMatchObject({ state: ticket.status, ...('cycle' in ticket ? { cycle: ticket.cycle } : {}) });
      expect(row.paused !== null).toBe('pause' in ticket && ticket.pause !== undefined);
    }));

  it('a work order has the same state and crew after any events in any order', () =>
    anything(workOrderEvent('WorkOrderPlanned'), WORK_ORDER_STEPS, (events) => {
      const [[stream, order]] = [...folded<WorkOrder>(events, workOrderDecider)] as [[string, WorkOrder]];
      const row = fullFold(jobs.projector, events).get(stream) as JobRow;
      expect(row.state).toBe(order.status);
      expect([...row.crew].sort()).toEqual('crew' in order ? [...order.crew].sort() : []);
    }));

  it(
    'a ticket has the same state, cycle, priority and owner',
    () =>
      histories((events) => {
        const rows = fullFold(ticketQueue.projector, events);
        const tickets = folded<Ticket>(
          events.filter((event) => event.stream.startsWith('ticket-')),
          ticketDecider,
        );
        expect(rows.size).toBe(tickets.size);
        for (const [stream, ticket] of tickets) {
          if (ticket.status === 'none') continue;
          const row = rows.get(stream) as TicketQueueRow;
          expect(row).toMatchObject({ state: ticket.status, cycle: ticket.cycle, safety: ticket.safety });
          if (row.priority) expect(row.priority).toBe(ticket.priority);
        }
      }),
    60_000,
  );

  it(
    'a work order has the same state and the same crew',
    () =>
      histories((events) => {
        const rows = fullFold(jobs.projector, events);
        const orders = folded<WorkOrder>(
          events.filter((event) => event.stream.startsWith('work_order-')),
          workOrderDecider,
        );
        expect(rows.size).toBe(orders.size);
        for (const [stream, order] of orders) {
          if (order.status === 'none') continue;
          const row = rows.get(stream) as JobRow;
          expect([stream, row.state]).toEqual([stream, order.status]);
          expect([...row.crew].sort()).toEqual([...order.crew].sort());
        }
      }),
    60_000,
  );
});
