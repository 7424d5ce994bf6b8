import { ticketDecider, workOrderDecider, type RecordedEvent, type Ticket, type WorkOrder } from '@aftercare/domain';
import { generateHistory } from '@aftercare/domain/testing';
import fc from 'fast-check';
import { fullFold } from '../consumer/index';
import { jobs, type JobRow } from '../jobs/index';
import { ticketProgress } from '../ticket-progress/index';
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

describe('what lists show agrees with what the rules decide on', () => {
  it(
    'a ticket has the same state, cycle, priority and owner',
    () =>
      histories((events) => {
        const rows = fullFold(ticketQueue.projector, events);
        const progress = fullFold(ticketProgress.projector, events);
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
          expect(progress.get(stream)).toMatchObject({ state: ticket.status });
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
