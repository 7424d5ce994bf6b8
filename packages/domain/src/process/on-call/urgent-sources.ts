import { aggregateOf, type Recorded } from '../../kernel/index';
import type { ComplaintEvent } from '../../complaint/events';
import type { Cause } from '../../on-call-alert/state';
import type { AlertCause } from '../../on-call-alert/words';
import type { TicketEvent } from '../../ticket/events';
import type { Severity } from '../../vocabulary';

/** A ticket or complaint of the matter, as far as it says whether somebody has to be reached. */
export interface Source {
  readonly stream: string;
  readonly site: string;
  readonly number: string;
  readonly open: boolean;
  /** Absent: it can wait. */
  readonly alertCause?: AlertCause | undefined;
  /** Its severity was assessed once. */
  readonly assessed?: boolean | undefined;
  /** The member of staff whom a complaint is about. */
  readonly concerned?: string | undefined;
  /** Stream of the complaint that the ticket became: it stands for the ticket's cause until that one is assessed. */
  readonly became?: string | undefined;
}

export type SourceEvent = Recorded<TicketEvent | ComplaintEvent>;

export const SOURCE_EVENTS = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.TicketPrioritized',
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketCancelled',
  'ticket.TicketReopened',
  'complaint.ComplaintRegistered',
  'complaint.SubjectIdentified',
  'complaint.SeverityAssessed',
  'complaint.ComplaintClosed',
  'complaint.DismissalCommunicated',
  'complaint.DismissalAppealed',
  'complaint.ComplaintWithdrawn',
  'complaint.InternalHandlingEnded',
  'complaint.ComplaintReopened',
] as const satisfies readonly SourceEvent['type'][];

/** What is known of the tickets and complaints of a matter after an event of one of them. */
export const noted = (sources: readonly Source[], event: SourceEvent): readonly Source[] => {
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
    case 'complaint.ComplaintRegistered':
      return [...sources, begun(event)];
    default: {
      const { stream } = event;
      const changes = changesBy(event);
      return changes ? sources.map((one) => (one.stream === stream ? { ...one, ...changes } : one)) : sources;
    }
  }
};

type Beginning = Extract<
  SourceEvent,
  { type: 'ticket.TicketSubmitted' | 'ticket.TicketRegistered' | 'complaint.ComplaintRegistered' }
>;

const begun = (event: Beginning): Source => {
  const { site, number } = event.data;
  const source = { stream: event.stream, site, number, open: true };
  return event.type === 'complaint.ComplaintRegistered' ? { ...source, concerned: event.data.about.staff?.id } : source;
};

const changesBy = (event: SourceEvent): Partial<Source> | undefined => {
  switch (event.type) {
    case 'ticket.TicketPrioritized':
      return { alertCause: event.data.safety ? 'safety' : undefined };
    case 'complaint.SeverityAssessed':
      return { assessed: true, alertCause: causeOf(event.data) };
    case 'complaint.SubjectIdentified':
      return event.data.about.staff ? { concerned: event.data.about.staff.id } : undefined;
    case 'ticket.TicketCancelled': {
      const { complaintId } = event.data;
      return complaintId === undefined ? { open: false } : { open: false, became: `complaint-${complaintId}` };
    }
    case 'complaint.ComplaintWithdrawn':
      return { open: event.data.continuedInternally };
    default:
      return ENDS.includes(event.type) ? { open: false } : GOES_ON.includes(event.type) ? AGAIN : undefined;
  }
};

const causeOf = ({ safety, severity }: { readonly safety: boolean; readonly severity: Severity }) => {
  if (safety) return 'safety';
  return severity === 'urgent' ? 'urgent-complaint' : undefined;
};

const ENDS: readonly string[] = [
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'complaint.ComplaintClosed',
  'complaint.DismissalCommunicated',
  'complaint.InternalHandlingEnded',
] satisfies readonly SourceEvent['type'][];

const GOES_ON: readonly string[] = [
  'ticket.TicketReopened',
  'complaint.DismissalAppealed',
  'complaint.ComplaintReopened',
] satisfies readonly SourceEvent['type'][];
const AGAIN = { open: true, became: undefined };

/** Why somebody has to be reached now; empty: the matter ended, or can wait. */
export const causesIn = (sources: readonly Source[]): readonly Cause[] =>
  sources.flatMap((source) =>
    source.alertCause !== undefined && stands(source, sources)
      ? [{ source: source.stream, alertCause: source.alertCause }]
      : [],
  );

/** A hazard must not be let go of between the end of a ticket and the first look at the complaint that it became. */
const stands = ({ open, became }: Source, sources: readonly Source[]): boolean =>
  open || (became !== undefined && !sources.some(({ stream, assessed }) => stream === became && assessed === true));

/** Whom the complaints among the causes are about. */
export const concernedBy = (causes: readonly Cause[], sources: readonly Source[]): readonly string[] =>
  sources.flatMap(({ stream, concerned }) =>
    aggregateOf(stream) === 'complaint' && concerned !== undefined && causes.some((cause) => cause.source === stream)
      ? [concerned]
      : [],
  );
