import { idOf, type Recorded, type TicketEvent, type WorkOrderEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/**
 * Why a customer is to be called.
 * - `silence`: they don't answer whether it is solved, and were put on the list (DEC-05).
 * - `confirmation-call`, `after-closing`: the two follow-ups (DEC-06).
 * - `appointment`: nobody was at home, another appointment has to be made.
 */
export type CallKind = 'silence' | 'confirmation-call' | 'after-closing' | 'appointment';

/** One call that somebody still has to make. */
export interface CallListRow {
  /** Stream of the ticket. */
  readonly ticket: string;
  readonly kind: CallKind;
  /** Not to be called before. */
  readonly from: string;
  readonly dueBy: string;
  /** Not to be called after; null: late is better than never. */
  readonly until: string | null;
  /** Calls since the entry came that didn't settle it. */
  readonly attempts: number;
  /** When the last of them was made, by the caller's word. */
  readonly lastAttemptAt: string | null;
  /** The time is over and was noted as missed; the call is still owed. */
  readonly missed: boolean;
  /** For an appointment: the work order that it is for, once it is planned. */
  readonly workOrderId: string | null;
}

type CallEvent = Recorded<TicketEvent | WorkOrderEvent>;

const ALL: readonly CallKind[] = ['silence', 'confirmation-call', 'after-closing', 'appointment'];

/** Which calls of a ticket an event can begin, change or end. Follow-ups name theirs themselves. */
const TOUCHES = {
  'ticket.CustomerContacted': ['silence', 'appointment'],
  'ticket.ResolutionProposed': ['silence', 'appointment'],
  'ticket.ConfirmationReminded': ['silence'],
  'ticket.ResolutionConfirmed': ['silence'],
  'ticket.ResolutionRejected': ['silence'],
  'ticket.ResolutionAcceptedBySilence': ['silence'],
  'ticket.ResolutionReturnedBySilence': ['silence'],
  'ticket.TicketClosed': ['silence', 'confirmation-call', 'appointment'],
  'ticket.TicketClosedUnresolved': ALL,
  'ticket.TicketCancelled': ALL,
  'ticket.TicketReopened': ALL,
  'ticket.FollowUpScheduled': 'named',
  'ticket.FollowUpAttempted': 'named',
  'ticket.FollowUpCompleted': 'named',
  'ticket.FollowUpMissed': 'named',
  'work_order.WorkOrderPlanned': ['appointment'],
  'work_order.WorkOrderCancelled': ['appointment'],
  'work_order.AppointmentAgreed': ['appointment'],
  'work_order.AppointmentMoved': ['appointment'],
  'work_order.ArrivalRecorded': ['appointment'],
  'work_order.WorkStarted': ['appointment'],
  'work_order.WorkCompleted': ['appointment'],
} as const satisfies Partial<Record<CallEvent['type'], readonly CallKind[] | 'named'>>;

/** Customers to be called: one row per ticket and kind of call, gone when the call is made or of no use any more. */
export const callList = readModel<CallListRow>({
  projector: {
    name: 'call_list',
    version: 1,
    types: Object.keys(TOUCHES),
    key: (event) => kindsOf(event as CallEvent).map((kind) => `${event.metadata.correlationId} ${kind}`),
    evolve: (row, event, key) => evolve(row, event as CallEvent, key.slice(key.lastIndexOf(' ') + 1) as CallKind),
  },
  columns: {
    due_by: { kind: 'text', of: (row) => row.dueBy },
    starts_at: { kind: 'text', of: (row) => row.from },
    until: { kind: 'text', of: (row) => row.until },
    kind: { kind: 'text', of: (row) => row.kind },
    ticket: { kind: 'text', of: (row) => row.ticket },
  },
  indexes: [
    ['due_by', 'key'],
    ['kind', 'due_by', 'key'],
  ],
});

const kindsOf = (event: CallEvent): readonly CallKind[] => {
  switch (event.type) {
    case 'ticket.FollowUpScheduled':
    case 'ticket.FollowUpAttempted':
    case 'ticket.FollowUpCompleted':
    case 'ticket.FollowUpMissed':
      return [event.data.followUp];
    default: {
      const kinds = (TOUCHES as Partial<Record<string, readonly CallKind[] | 'named'>>)[event.type];
      return kinds === undefined || kinds === 'named' ? [] : kinds;
    }
  }
};

// One flat case per event reads better than a second dispatch.
// eslint-disable-next-line complexity
const evolve = (row: CallListRow | null, event: CallEvent, kind: CallKind): CallListRow | null => {
  switch (event.type) {
    case 'ticket.ConfirmationReminded':
      return event.data.onCallList ? (row ?? owed(event, kind)) : row;
    case 'ticket.CustomerContacted':
      return row && contacted(row, event);
    case 'ticket.FollowUpScheduled': {
      const { from, dueBy } = event.data;
      // DEC-06: after the window the question "still working?" comes too late; the confirmation call is owed until closing.
      return { ...owed(event, kind), from, dueBy, until: kind === 'after-closing' ? dueBy : null };
    }
    case 'ticket.FollowUpAttempted':
      return row && attempted(row, event);
    case 'ticket.FollowUpMissed':
      return row && kind === 'confirmation-call' ? { ...row, missed: true } : null;
    case 'work_order.WorkOrderPlanned':
      return row && { ...row, workOrderId: idOf(event.stream) };
    case 'work_order.WorkOrderCancelled':
      return row?.workOrderId === idOf(event.stream) ? { ...row, workOrderId: null } : row;
    case 'work_order.WorkCompleted':
      return event.data.outcome === 'no-access' ? owed(event, kind) : null;
    default:
      // Everything else answers the question, makes the appointment or ends the matter.
      return null;
  }
};

const owed = (event: CallEvent, kind: CallKind): CallListRow => ({
  ticket: event.metadata.correlationId,
  kind,
  from: event.metadata.recordedAt,
  dueBy: event.metadata.recordedAt,
  until: null,
  attempts: 0,
  lastAttemptAt: null,
  missed: false,
  workOrderId: null,
});

const attempted = (row: CallListRow, event: CallEvent): CallListRow => ({
  ...row,
  attempts: row.attempts + 1,
  lastAttemptAt: event.metadata.occurredAt,
});

/** A silent customer who was reached has been called, whatever they say; an appointment is made only when it is agreed. */
const contacted = (
  row: CallListRow,
  event: Extract<CallEvent, { readonly type: 'ticket.CustomerContacted' }>,
): CallListRow | null => {
  const { direction, purpose, reached } = event.data;
  const aboutAppointment = purpose === 'appointment';
  if (direction !== 'outbound' || aboutAppointment !== (row.kind === 'appointment')) return row;
  return reached && !aboutAppointment ? null : attempted(row, event);
};
