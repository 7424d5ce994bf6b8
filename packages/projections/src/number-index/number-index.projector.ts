import type { ComplaintEvent, Recorded, TicketEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/** Where a number leads, and whose matter it is. */
export interface NumberIndexRow {
  /** `YYYYMM` and a serial, in front of a complaint's `KS` (DEC-18). */
  readonly number: string;
  /** Stream of the ticket or complaint. */
  readonly stream: string;
  /** Stream of the customer: tracking asks for the last four digits of their phone. Null: nobody is known. */
  readonly customer: string | null;
  readonly region: string | null;
}

type Numbered = Recorded<TicketEvent | ComplaintEvent>;

/** Number → stream, and customer → matters. One row each; a number never changes and is never given again (DEC-18). */
export const numberIndex = readModel<NumberIndexRow>({
  projector: {
    name: 'number_index',
    version: 2,
    types: [
      'ticket.TicketSubmitted',
      'ticket.TicketRegistered',
      'ticket.IntakeReviewed',
      'complaint.ComplaintRegistered',
    ] satisfies readonly Numbered['type'][],
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as Numbered),
  },
  columns: {
    number: { kind: 'text', of: (row) => row.number },
    customer: { kind: 'text', of: (row) => row.customer },
    region: { kind: 'text', of: (row) => row.region },
  },
  indexes: [['number'], ['customer', 'key']],
});

const evolve = (row: NumberIndexRow | null, event: Numbered): NumberIndexRow | null => {
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
    case 'complaint.ComplaintRegistered': {
      const { number, customer, region } = event.data;
      return { number, stream: event.stream, customer: customer ?? null, region: region ?? null };
    }
    case 'ticket.IntakeReviewed':
      return row && { ...row, region: event.data.region ?? row.region };
    default:
      return row;
  }
};
