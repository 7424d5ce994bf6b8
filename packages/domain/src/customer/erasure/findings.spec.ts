import type { Complaint } from '../../complaint/state';
import type { Ticket } from '../../ticket/state';
import { recordedStory } from '../../../testing/recorded';
import { caseEndIn, findingsIn, type FoldedMatter } from './findings';

const now = '2026-10-01T08:00:00.000Z';
const ticket = (stream: string, status: string, warrantyUntil?: string): FoldedMatter => ({
  stream,
  ticket: { status } as unknown as Ticket,
  warrantyUntil,
});
const complaint = (stream: string, state: object): FoldedMatter => ({
  stream,
  complaint: { holds: [], responsibility: { appeals: [] }, ...state } as unknown as Complaint,
});

describe('DEC-15 what stands in the way of forgetting a person', () => {
  it('is every ticket that has not ended, and nothing that has', () => {
    const found = findingsIn([ticket('ticket-a', 'in-progress'), ticket('ticket-b', 'completed')], { now });
    expect(found).toMatchObject({ openTickets: ['ticket-a'], openComplaints: [], appeals: [], legalHolds: [] });
  });

  it('is a complaint that is worked on, also inside after it was withdrawn', () => {
    const found = findingsIn(
      [
        complaint('complaint-a', { status: 'verifying' }),
        complaint('complaint-b', { status: 'withdrawn', inside: 'verifying' }),
        complaint('complaint-c', { status: 'withdrawn' }),
        complaint('complaint-d', { status: 'closed' }),
      ],
      { now },
    );
    expect(found.openComplaints).toEqual(['complaint-a', 'complaint-b']);
  });

  it('is an open appeal, a dismissal that may still be appealed, and a legal hold', () => {
    const found = findingsIn(
      [
        complaint('complaint-a', { status: 'closed', responsibility: { appeals: [{ open: true }] } }),
        complaint('complaint-b', { status: 'dismissed', appealBy: '2026-10-02T00:00:00.000Z' }),
        complaint('complaint-c', { status: 'dismissed', appealBy: '2026-09-30T00:00:00.000Z' }),
        complaint('complaint-d', { status: 'closed', holds: [{ open: false }, { open: true }] }),
      ],
      { now },
    );
    expect(found.appeals).toEqual(['complaint-a', 'complaint-b']);
    expect(found.legalHolds).toEqual(['complaint-d']);
  });

  it('tells the latest warranty that has not run out', () => {
    const matters = [
      ticket('ticket-a', 'completed', '2027-01-01T00:00:00.000Z'),
      ticket('ticket-b', 'completed', '2026-01-01T00:00:00.000Z'),
    ];
    expect(findingsIn(matters, { now, readPosition: 'p' })).toMatchObject({
      warrantyUntil: '2027-01-01T00:00:00.000Z',
      readPosition: 'p',
    });
    expect(findingsIn([], { now })).not.toHaveProperty('warrantyUntil');
  });

  it('tells the warranty of a unit that only a complaint is about', () => {
    const about: FoldedMatter = {
      ...complaint('complaint-a', { status: 'closed' }),
      warrantyUntil: '2027-01-01T00:00:00.000Z',
    };
    expect(findingsIn([about], { now }).warrantyUntil).toBe('2027-01-01T00:00:00.000Z');
  });
});

describe('DEC-15 when a case ended', () => {
  const end = (...types: string[]) =>
    caseEndIn(
      recordedStory(
        'ticket-a',
        types.map((type) => ({ type, data: {} })),
        '2026-10-01T08:00:00.000Z',
      ),
    );

  it('is its last end: it may have been opened again, or gone on inside', () => {
    expect(
      end('ticket.TicketRegistered', 'ticket.TicketClosed', 'ticket.TicketReopened', 'ticket.TicketCancelled'),
    ).toBe('2026-10-01T08:03:00.000Z');
    expect(end('complaint.ComplaintWithdrawn', 'complaint.InternalHandlingEnded', 'complaint.LessonsRecorded')).toBe(
      '2026-10-01T08:01:00.000Z',
    );
    expect(end('complaint.DismissalCommunicated', 'complaint.NoteAdded')).toBe('2026-10-01T08:00:00.000Z');
  });

  it('is not known while it never did', () =>
    expect(end('ticket.TicketRegistered', 'ticket.NoteAdded')).toBeUndefined());
});
