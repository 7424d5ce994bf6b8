import type { EventStore } from '@aftercare/event-store';

/** What gives a matter its number; the first event of its stream. */
const NUMBERING = ['ticket.TicketSubmitted', 'ticket.TicketRegistered', 'complaint.ComplaintRegistered'];

const PAGE = 1_000;

/**
 * The stream that bears this number, found in the log, the latest first: read models may be down. Numbers are never given
 * twice (DEC-18).
 */
export const streamOfNumber = async (
  store: Pick<EventStore, 'readAll'>,
  number: string,
): Promise<string | undefined> => {
  const wanted = `"number":${JSON.stringify(number.normalize('NFKC').trim().toUpperCase())}`;
  let after: string | undefined;
  for (;;) {
    const page = await store.readAll({
      direction: 'backward',
      types: NUMBERING,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    const found = page.events.find(({ data }) => data.includes(wanted));
    if (found) return found.stream;
    if (page.end || page.upTo === undefined) return undefined;
    after = page.upTo;
  }
};
