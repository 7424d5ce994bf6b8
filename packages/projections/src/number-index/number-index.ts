import type { Recorded, TicketEvent } from '@aftercare/domain';
import { readModel, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';

/** Which ticket has a number. */
export interface NumberRow {
  readonly ticket: string;
}

export const numberIndex = readModel<NumberRow>({
  projector: {
    name: 'number_index',
    version: 1,
    types: ['ticket.TicketSubmitted', 'ticket.TicketRegistered'],
    key: (event) => (event as Recorded<Extract<TicketEvent, { type: 'ticket.TicketRegistered' }>>).data.number,
    evolve: (_, event) => ({ ticket: event.stream }),
  },
  columns: { ticket: { kind: 'text', of: (row) => row.ticket } },
  indexes: [],
});

/** Stream of the ticket with this number; undefined: there is none (yet). */
export const ticketByNumber = async (db: ViewsDb, number: string): Promise<string | undefined> => {
  const row = await db
    .withTables<{ readonly number_index: RowColumns & { readonly ticket: string } }>()
    .selectFrom('number_index')
    .select('ticket')
    .where('key', '=', number)
    .executeTakeFirst();
  return row?.ticket;
};
