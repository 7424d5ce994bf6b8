import { ATTACHMENT_KINDS, EVIDENCE_KINDS, id, oneOf, optional, part, type RecordedEvent } from '@aftercare/domain';

/** What differs between the attachments of a ticket and the evidence of a complaint. */
export interface AttachmentKind {
  readonly aggregate: 'ticket' | 'complaint';
  readonly command: string;
  readonly event: string;
  /** Query parameters of an upload; they become part of the command. */
  readonly input: ReturnType<typeof part>;
  /** True: it lies under the complainant's or customer's key; false: under the case's. */
  readonly isOfCustomer: (data: Readonly<Record<string, unknown>>) => boolean;
}

export const ticketAttachments: AttachmentKind = {
  aggregate: 'ticket',
  command: 'ticket.AddAttachment',
  event: 'ticket.AttachmentAdded',
  input: part({ kind: oneOf(ATTACHMENT_KINDS), about: oneOf(['customer', 'case']), workOrderId: optional(id()) }),
  isOfCustomer: ({ about }) => about === 'customer',
};

export const complaintEvidence: AttachmentKind = {
  aggregate: 'complaint',
  command: 'complaint.AttachEvidence',
  event: 'complaint.EvidenceAttached',
  input: part({ kind: oneOf(EVIDENCE_KINDS), from: oneOf(['complainant', 'staff', 'third-party']) }),
  isOfCustomer: ({ from }) => from === 'complainant',
};

/** Whose key a content lies under. Where nobody is known, the case's own. */
export const subjectOf = (
  { isOfCustomer }: AttachmentKind,
  stream: string,
  { events, data }: { readonly events: readonly RecordedEvent[]; readonly data: Readonly<Record<string, unknown>> },
): string => {
  const { customer } = (events[0]?.data ?? {}) as { readonly customer?: string };
  return isOfCustomer(data) && customer !== undefined ? customer : stream;
};

/** An attachment as an event names it. */
export interface NamedAttachment {
  readonly attachmentId: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly kind: string;
}

/** The attachments of a stream, in order. */
export const attachmentsIn = (
  kind: AttachmentKind,
  events: readonly RecordedEvent[],
): readonly (NamedAttachment & {
  readonly at: string;
  readonly by: { readonly id: string; readonly role: string };
})[] =>
  events
    .filter(({ type }) => type === kind.event)
    .map(({ data, metadata }) => ({
      ...(data as NamedAttachment),
      at: metadata.recordedAt,
      by: { id: metadata.actor.id, role: metadata.actor.role },
    }));
