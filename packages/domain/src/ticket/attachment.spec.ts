import { CUSTOMER, givenTicket, TICKET, ticketPast } from '../../testing/index';
import { event } from '../kernel/index';
import { ticketEvents } from './events';

describe('EXE-10, ARC-02 attachments of a ticket', () => {
  const file = {
    attachmentId: '0b5f6a0e-6d5e-5b8a-9f0e-2f6a1f1f0009',
    digest: '0'.repeat(64),
    mediaType: 'image/jpeg',
    bytes: 204_800,
    kind: 'photo',
  } as const;
  const add = (about: 'customer' | 'case') => ({
    type: 'ticket.AddAttachment',
    data: { ...file, about, description: '铭牌' },
  });

  it('lie under the key of whom they are about, and so does what is said of them', () => {
    for (const [about, subject] of [
      ['customer', CUSTOMER],
      ['case', TICKET],
    ] as const)
      givenTicket(...ticketPast.registered())
        .when(add(about))
        .then(
          event(
            ticketEvents.AttachmentAdded,
            { ...file, about, cycle: 1 },
            { personal: [{ subject, fields: { description: '铭牌' } }] },
          ),
        );
  });
});
