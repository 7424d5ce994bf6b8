import { DAY, event, plus, reject } from '../../kernel/index';
import { ticketEvents } from '../events';
import { present } from '../../kernel/present';
import { newEvidence } from './judgement';
import { happened, underCase, underCustomer, type TicketUseCase } from './use-case';

/** How long a tracking link works. */
const LINK_DAYS = 30;

/** A conversation or letter is a fact in every state; what the customer said may be new safety evidence. */
export const recordContact: TicketUseCase<'RecordContact'> = ({ data }, ticket, context) => {
  const { words, occurredAt, safetyMarked, contactId = context.commandId, ...said } = data;
  if (ticket.contacts.some((contact) => contact.contactId === contactId)) return [];
  return [
    event(
      ticketEvents.CustomerContacted,
      { ...said, contactId, cycle: ticket.cycle },
      { ...underCustomer(ticket, present({ words })), ...happened(occurredAt) },
    ),
    ...newEvidence(ticket, [words], safetyMarked, context),
  ];
};

/** INT-11. */
export const verifyContact: TicketUseCase<'VerifyContact'> = ({ data }, ticket) => [
  event(
    ticketEvents.ContactVerified,
    { method: data.method, cycle: ticket.cycle },
    underCustomer(ticket, present({ proofOfPurchase: data.proofOfPurchase })),
  ),
];

/** CLS-04: a person told the customer what to do at once. */
export const giveSafetyAdvice: TicketUseCase<'GiveSafetyAdvice'> = ({ data }, ticket) => [
  event(ticketEvents.SafetyAdviceGiven, { cycle: ticket.cycle }, underCase(ticket, { advice: data.advice })),
];

/** A note about the customer lies under the customer's key, one about the case under the case's. */
export const addNote: TicketUseCase<'AddNote'> = ({ data }, ticket, context) => {
  const { about, note, safetyMarked } = data;
  const part = about === 'customer' ? underCustomer(ticket, { note }) : underCase(ticket, { note });
  return [
    event(ticketEvents.NoteAdded, { about, cycle: ticket.cycle }, part),
    ...newEvidence(ticket, [note], safetyMarked, context),
  ];
};

/** Ended tickets take theirs too: paper comes in late (ARC-02). */
export const addAttachment: TicketUseCase<'AddAttachment'> = ({ data }, ticket) => {
  const { description, ...file } = data;
  const fields = present({ description });
  const part = file.about === 'customer' ? underCustomer(ticket, fields) : underCase(ticket, fields);
  return [event(ticketEvents.AttachmentAdded, { ...file, cycle: ticket.cycle }, part)];
};

export const linkTicket: TicketUseCase<'LinkTicket'> = ({ data }, ticket) => {
  if (`ticket-${data.ticketId}` === ticket.stream) return reject('TICKET.LINK_TO_ITSELF');
  if (ticket.linked.includes(`${data.relation} ${data.ticketId}`)) return [];
  return [event(ticketEvents.TicketLinked, { ...data, cycle: ticket.cycle })];
};

/** The link's id is the command's, so that a repeated request gives the same link. */
export const issueTrackingLink: TicketUseCase<'IssueTrackingLink'> = (_command, ticket, { now, commandId }) => [
  event(ticketEvents.TrackingLinkIssued, {
    linkId: commandId,
    expiresAt: plus(now, LINK_DAYS * DAY),
    cycle: ticket.cycle,
  }),
];

export const revokeTrackingLink: TicketUseCase<'RevokeTrackingLink'> = ({ data }, ticket) => {
  const link = ticket.trackingLinks.find(({ linkId }) => linkId === data.linkId);
  if (!link) return reject('TICKET.LINK_UNKNOWN');
  return link.revoked ? [] : [event(ticketEvents.TrackingLinkRevoked, { linkId: data.linkId, cycle: ticket.cycle })];
};
