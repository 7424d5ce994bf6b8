import type { Recorded, TicketEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/** Where a ticket's number leads. */
export interface NumberIndexRow {
  /** `YYYYMM` and a serial (DEC-18). */
  readonly number: string;
  /** Stream of the ticket, `ticket-<uuid>`. */
  readonly ticket: string;
  /** Stream of the customer: tracking asks for the last four digits of their phone. */
  readonly customer: string;
  readonly region: string | null;
}

/** Ticket number → stream. One row per ticket; its number never changes and is never given again (DEC-18). */
export const numberIndex = readModel<NumberIndexRow>({
  projector: {
    name: 'number_index',
    version: 1,
    types: [
      'ticket.TicketSubmitted',
      'ticket.TicketRegistered',
      'ticket.IntakeReviewed',
    ] satisfies readonly TicketEvent['type'][],
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as Recorded<TicketEvent>),
  },
  columns: {
    number: { kind: 'text', of: (row) => row.number },
    region: { kind: 'text', of: (row) => row.region },
  },
  indexes: [['number']],
});

const evolve = (row: NumberIndexRow | null, event: Recorded<TicketEvent>): NumberIndexRow | null => {
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered': {
      const { number, customer, region } = event.data;
      return { number, ticket: event.stream, customer, region: region ?? null };
    }
    case 'ticket.IntakeReviewed':
      return row && { ...row, region: event.data.region ?? row.region };
    default:
      return row;
  }
};
