import { ticketDecider, type Recorded, type Ticket, type TicketEvent } from '@aftercare/domain';
import type { Streams } from '../streams/streams';

/**
 * Engineers and outlets that are named in open complaints about a ticket, by id: whoever dispatches it by hand sees that
 * they have to stay out of it, and says why when they are sent all the same (CLO-04).
 *
 * @param ticketId undefined, or of a ticket that isn't there: nobody
 */
export const recusedFrom = async (
  streams: Pick<Streams, 'load'>,
  ticketId: string | undefined,
): Promise<readonly string[]> => {
  if (ticketId === undefined) return [];
  const { events } = await streams.load(`ticket-${ticketId}`);
  const ticket = (events as readonly Recorded<TicketEvent>[]).reduce<Ticket>(
    (one, event) => ticketDecider.evolve(one, event),
    ticketDecider.initial,
  );
  if (ticket.status === 'none') return [];
  return ticket.complaints.flatMap(({ open, engineerIds }) => (open ? engineerIds : []));
};
