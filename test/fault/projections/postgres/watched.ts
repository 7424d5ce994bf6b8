import { plus, SECOND, ticketEvents, workOrderEvents, type ProcessManager } from '@aftercare/domain';
import { readModels, type ReadModel } from '@aftercare/projections';

export interface Order {
  readonly next: number;
  readonly wrong: number;
}

/** Knows for each stream which event has to come next: one that comes twice, too early or not at all shows. */
const order: ReadModel<Order> = {
  projector: {
    name: 'order_of_events',
    version: 1,
    types: [...Object.values(ticketEvents), ...Object.values(workOrderEvents)].map(({ type }) => type),
    key: (event) => event.stream,
    evolve: (row, { revision }) => ({
      next: revision + 1,
      wrong: (row?.wrong ?? 0) + (revision === (row?.next ?? 0) ? 0 : 1),
    }),
  },
  columns: { wrong: { kind: 'integer', of: (row) => row.wrong } },
  indexes: [],
};

export const watched: readonly ReadModel[] = [...readModels, order];

export interface Greeted {
  readonly greeted: number;
  readonly reminded: number;
}

/** Greets each ticket once and reminds of it once, by an alarm. */
export const greeter: ProcessManager<Greeted> = {
  name: 'greeter',
  version: 1,
  types: ['ticket.TicketRegistered', 'ticket.TicketSubmitted'],
  instance: (event) => event.stream,
  initial: { greeted: 0, reminded: 0 },
  react: (state, input, { instance }) => {
    const send = (type: string) => [{ stream: instance, type, data: {} }];
    if (input.kind === 'event')
      return {
        state: { ...state, greeted: state.greeted + 1 },
        commands: send('ticket.Greet'),
        nextWakeAt: plus(input.event.metadata.recordedAt, SECOND),
      };
    if (input.kind === 'wake')
      return { state: { ...state, reminded: state.reminded + 1 }, commands: send('ticket.Remind') };
    return { state, commands: [] };
  },
};
