import type { Instant, RecordedEvent } from '../../kernel/index';
import type { ComplaintEvent } from '../../complaint/events';
import type { Complaint } from '../../complaint/state';
import { openAppeals, stageOf } from '../../complaint/state';
import type { TicketEvent } from '../../ticket/events';
import { isEnded, type Ticket } from '../../ticket/state';
import type { ErasureFindings } from './facts';

/** A person's matter, folded from its stream. */
export type FoldedMatter = {
  readonly stream: string;
  /** Of its unit. */
  readonly warrantyUntil?: Instant | undefined;
} & ({ readonly ticket: Ticket } | { readonly complaint: Complaint });

/**
 * What is open or held among a person's matters at an instant (DEC-15). A withdrawn safety complaint that goes on inside is
 * open; a dismissal can be appealed until its day.
 *
 * @param readPosition up to where the list of matters was known
 */
export const findingsIn = (
  matters: readonly FoldedMatter[],
  { now, readPosition }: { readonly now: Instant; readonly readPosition?: string | undefined },
): ErasureFindings => {
  const tickets = matters.flatMap((one) => ('ticket' in one ? [one] : []));
  const complaints = matters.flatMap(({ stream, ...one }) =>
    'complaint' in one && one.complaint.status !== 'none' ? [{ stream, complaint: one.complaint }] : [],
  );
  const warranties = matters.flatMap(({ warrantyUntil }) =>
    warrantyUntil !== undefined && warrantyUntil > now ? [warrantyUntil] : [],
  );
  const latest = warranties.sort().at(-1);
  return {
    openTickets: tickets
      .filter(({ ticket }) => ticket.status !== 'none' && !isEnded(ticket))
      .map(({ stream }) => stream),
    openComplaints: complaints.filter(({ complaint }) => stageOf(complaint) !== undefined).map(({ stream }) => stream),
    appeals: complaints
      .filter(
        ({ complaint }) =>
          openAppeals(complaint.responsibility).length > 0 ||
          (complaint.status === 'dismissed' && complaint.appealBy > now),
      )
      .map(({ stream }) => stream),
    legalHolds: complaints
      .filter(({ complaint }) => complaint.holds.some(({ open }) => open))
      .map(({ stream }) => stream),
    ...(latest === undefined ? {} : { warrantyUntil: latest }),
    ...(readPosition === undefined ? {} : { readPosition }),
  };
};

/** The end of the warranty as determined last in a ticket's stream. */
export const warrantyEndIn = (events: readonly RecordedEvent[]): Instant | undefined =>
  events.reduce<Instant | undefined>(
    (last, { type, data }) => (type === 'ticket.WarrantyDetermined' ? (data as { until?: Instant }).until : last),
    undefined,
  );

/** When what a stream tells of ended last: a ticket, a complaint, or what went on inside of one. */
export const caseEndIn = (events: readonly RecordedEvent[]): Instant | undefined =>
  events.filter(({ type }) => ENDS.has(type)).at(-1)?.metadata.recordedAt;

const ENDS: ReadonlySet<string> = new Set([
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketCancelled',
  'complaint.ComplaintClosed',
  'complaint.DismissalCommunicated',
  'complaint.ComplaintWithdrawn',
  'complaint.InternalHandlingEnded',
] satisfies readonly (TicketEvent | ComplaintEvent)['type'][]);
