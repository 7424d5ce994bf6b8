import type { DomainEvent, Recorded } from '../../kernel/index';
import type { ComplaintEvent } from '../events';
import { stageOf, type ExistingComplaint, type Staff, type Stage } from '../state';
import { carried, freshRound, movedTo } from './carried';

type EventNamed<Type extends ComplaintEvent['type']> = Extract<ComplaintEvent, DomainEvent<Type>>;

export type ClosingEvent = EventNamed<
  | 'complaint.OutcomeCommunicated'
  | 'complaint.VerdictRecorded'
  | 'complaint.SecondHandlingOpened'
  | 'complaint.ComplaintEscalated'
  | 'complaint.DismissalCommunicated'
  | 'complaint.DismissalAppealed'
  | 'complaint.ComplaintWithdrawn'
  | 'complaint.InternalHandlingEnded'
  | 'complaint.ComplaintClosed'
  | 'complaint.ComplaintReopened'
  | 'complaint.LessonsRecorded'
>;

/** From the outcome to every end, and back. */
// One flat case per event reads better than a second dispatch.
// eslint-disable-next-line complexity
export const evolveClosing = (complaint: ExistingComplaint, event: Recorded<ClosingEvent>): ExistingComplaint => {
  const endedAt = event.metadata.recordedAt;
  switch (event.type) {
    case 'complaint.LessonsRecorded':
      return complaint;
    case 'complaint.OutcomeCommunicated': {
      const { contactId, reached } = event.data;
      const told = { ...complaint, contacts: [...complaint.contacts, { contactId, reached }], verdictAttempts: [] };
      return movedTo(told, 'pending-verdict');
    }
    case 'complaint.VerdictRecorded':
      return heard(complaint, event);
    case 'complaint.SecondHandlingOpened':
    case 'complaint.DismissalAppealed':
    case 'complaint.ComplaintReopened':
      return { ...carried(complaint), ...freshRound, status: 'verifying', round: event.data.round };
    case 'complaint.ComplaintEscalated':
      return {
        ...withHandler(complaint, event.data.handler),
        level: event.data.level,
        escalationDue: false,
        // Without whoever escalates it: evolve.ts adds the actor of an event after the event itself.
        involvedBefore: complaint.involved,
      };
    case 'complaint.DismissalCommunicated':
      return { ...carried(complaint), status: 'dismissed', endedAt, appealBy: event.data.appealBy };
    case 'complaint.ComplaintWithdrawn': {
      const stage = stageOf(complaint) ?? 'verifying';
      return {
        ...carried(complaint),
        status: 'withdrawn',
        endedAt,
        ...(event.data.continuedInternally && { inside: INSIDE[stage] }),
      };
    }
    case 'complaint.InternalHandlingEnded':
      return complaint.status === 'withdrawn' ? { ...complaint, inside: undefined } : complaint;
    case 'complaint.ComplaintClosed':
      return { ...carried(complaint), status: 'closed', endedAt };
    default:
      return unheardOf(complaint, event);
  }
};

/** Without a complainant nobody waits for an acknowledgement or a verdict. */
const INSIDE = {
  registered: 'verifying',
  verifying: 'verifying',
  planned: 'planned',
  executing: 'executing',
  'pending-verdict': 'executing',
} as const satisfies Record<Stage, Stage>;

/** The handler of an event that names one. */
export const withHandler = (complaint: ExistingComplaint, handler: Staff): ExistingComplaint => ({
  ...complaint,
  handler,
  handlers: [...new Set([...complaint.handlers, handler.id])],
  involved: [...new Set([...complaint.involved, handler.id])],
});

const heard = (
  complaint: ExistingComplaint,
  { data }: Recorded<EventNamed<'complaint.VerdictRecorded'>>,
): ExistingComplaint => {
  const verdicts = [...complaint.verdicts, data.verdict];
  const dissatisfied = verdicts.filter((verdict) => verdict === 'dissatisfied').length;
  return {
    ...complaint,
    verdict: data.verdict,
    verdicts,
    escalationDue: data.verdict === 'dissatisfied' && dissatisfied > 1,
  };
};

const unheardOf = (complaint: ExistingComplaint, _event: never): ExistingComplaint => complaint;
