import { aggregateOf, idOf, type RecordedEvent } from '@aftercare/domain';
import type { LoadedStream } from '@aftercare/event-store';
import { notFound } from '../http/problem';
import { jobsOf, type Streams } from '../streams/streams';
import { isWithin, type HistoryCut } from './cut';

/** One stream of a matter, cut. */
export interface MatterStream {
  readonly stream: string;
  readonly events: readonly RecordedEvent[];
}

/** How far a history reaches beyond its leading stream. */
export type Reach =
  /** The stream alone. */
  | 'alone'
  /** A ticket with its work orders. */
  | 'jobs'
  /** A complaint or ticket with every ticket, work order and complaint that its streams name, and theirs. */
  | 'case';

/**
 * The streams of one matter, the leading one first, found by following what the streams themselves name within the cut:
 * no read model is asked, so that it answers while they are down.
 *
 * @throws 404 when there is no leading stream
 */
export const matterOf = async (
  streams: Pick<Streams, 'load'>,
  leading: string,
  { reach, cut }: { readonly reach: Reach; readonly cut: HistoryCut },
): Promise<readonly [MatterStream, ...MatterStream[]]> => {
  const first = await streams.load(leading);
  if (first.head === 'none') throw notFound();
  const own = within(leading, first, cut, true);
  const found = new Map<string, MatterStream>([[leading, own]]);
  let open = namedBy(own.events, reach);
  while (open.length > 0) {
    const fresh = [...new Set(open)].filter((stream) => !found.has(stream));
    const loaded = await Promise.all(
      fresh.map(async (stream) => within(stream, await streams.load(stream), cut, false)),
    );
    for (const one of loaded) found.set(one.stream, one);
    open = reach === 'case' ? loaded.flatMap(({ events }) => namedBy(events, reach)) : [];
  }
  found.delete(leading);
  return [own, ...[...found.values()].filter(({ events }) => events.length > 0)];
};

const within = (stream: string, { events }: LoadedStream, cut: HistoryCut, leading: boolean): MatterStream => ({
  stream,
  events: events.filter((event) => isWithin(event, cut, leading)),
});

const namedBy = (events: readonly RecordedEvent[], reach: Reach): readonly string[] => {
  if (reach === 'alone') return [];
  const jobs = jobsOf(events);
  return reach === 'jobs' ? jobs : [...jobs, ...alertOf(events), ...events.flatMap(linksIn)];
};

/**
 * Members of payloads that name another stream of the same matter. A repeat or a duplicate is another matter: it is
 * shown as the link that it is and not followed, or a case would draw in all that a customer ever brought.
 */
const LINKS: Readonly<Record<string, string>> = {
  ticketId: 'ticket',
  fromTicket: 'ticket',
  workOrderId: 'work_order',
  complaintId: 'complaint',
};

/** A matter's on-call alert has its id: nobody needs to name it. */
const alertOf = (events: readonly RecordedEvent[]): readonly string[] => {
  const stream = events[0]?.stream ?? '';
  return ALERTED.includes(aggregateOf(stream)) ? [`on_call_alert-${idOf(stream)}`] : [];
};

const ALERTED: readonly string[] = ['ticket', 'complaint'];

const FOLLOWED = ['ticket', 'work_order', 'complaint'];

const linksIn = ({ type, data }: RecordedEvent): readonly string[] =>
  type !== 'ticket.TicketLinked' && FOLLOWED.includes(aggregateOf(type.replace('.', '-'))) ? linksOf(data) : [];

/** Looks one level into objects, `about: {ticketId}`: lists of codes and parts name no streams. */
const linksOf = (data: unknown, inside = false): readonly string[] => {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) => {
    const aggregate = LINKS[name];
    if (typeof value === 'string' && aggregate !== undefined)
      return [value.startsWith(`${aggregate}-`) ? value : `${aggregate}-${value}`];
    return inside ? [] : linksOf(value, true);
  });
};
