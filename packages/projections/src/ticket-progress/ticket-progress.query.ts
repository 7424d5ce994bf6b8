import { rowIn, type RowColumns } from '../sql/read-model';
import type { ViewsDb } from '../sql/schema';
import type { TicketProgressRow } from './ticket-progress.projector';

type Tables = { readonly ticket_progress: RowColumns & { readonly number: string } };

/** Progress of a ticket by its stream; undefined: unknown (or not read yet). */
export const ticketProgressOf = (db: ViewsDb, ticket: string): Promise<TicketProgressRow | undefined> =>
  find(db, 'key', ticket);

/** Progress by the number that the customer was given. Who asks has to be checked first (last four digits). */
export const ticketProgressByNumber = (db: ViewsDb, number: string): Promise<TicketProgressRow | undefined> =>
  find(db, 'number', number);

const find = async (db: ViewsDb, column: 'key' | 'number', value: string): Promise<TicketProgressRow | undefined> => {
  const row = await db
    .withTables<Tables>()
    .selectFrom('ticket_progress')
    .select('doc')
    .where(column, '=', value)
    .executeTakeFirst();
  return row && rowIn<TicketProgressRow>(row);
};
