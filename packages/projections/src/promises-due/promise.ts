import type { ComplaintEvent, Recorded, TicketEvent, WorkOrderEvent } from '@aftercare/domain';
import { FIRST_REFERENCE } from '../complaint-life/complaint-life';

/**
 * What was promised, or is expected of us by a day.
 * - `commitment`, `progress`: said to a complainant (CMP-12, CMP-11) · `external`: an external body waits for our answer.
 * - `appointment`: a window agreed for a visit (SLA-06) · `due-date`: the day by which a job has to be done (SLA-07).
 * - `pause`: until when a customer was told to wait (SLA-12) · `milestone`: a day that a plan in force sets (CMP-09).
 */
export const PROMISE_KINDS = [
  'commitment',
  'progress',
  'external',
  'appointment',
  'due-date',
  'pause',
  'milestone',
] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];

export type PromisingEvent = Recorded<TicketEvent | WorkOrderEvent | ComplaintEvent>;
type Of<Name extends PromisingEvent['type']> = Extract<PromisingEvent, { readonly type: Name }>;

/** What one event does to one promise: gives it (or moves it) to a due time, or ends it. */
export interface Touch {
  readonly kind: PromiseKind;
  /** Tells several of a kind in one stream apart. */
  readonly id: string;
  /** Null: kept, taken back, or of no use any more. */
  readonly dueBy: string | null;
}

type Rule<Name extends PromisingEvent['type']> = (event: Of<Name>) => readonly Touch[];

const touch = (kind: PromiseKind, dueBy: string | null | undefined, id = ''): readonly Touch[] =>
  dueBy === undefined ? [] : [{ kind, id, dueBy }];

const endOfTicketPause = () => touch('pause', null);
const endOfProgress = () => touch('progress', null);
const endOfJob = () => [...touch('appointment', null), ...touch('due-date', null)];

/**
 * Which promises an event touches. A commitment or an answer that was never given is not taken back by the end of its
 * complaint: the list leaves out what belongs to matters that have ended.
 */
const rules: { readonly [Name in PromisingEvent['type']]?: Rule<Name> } = {
  'complaint.ComplaintRegistered': ({ data }) => touch('external', data.external?.dueBy, FIRST_REFERENCE),
  'complaint.ExternalReferenceAdded': ({ data }) => touch('external', data.dueBy, data.referenceId),
  'complaint.ExternalReplySent': ({ data }) => touch('external', null, data.referenceId),
  'complaint.CommitmentGiven': ({ data }) => touch('commitment', data.expectedBy, data.commitmentId),
  'complaint.CommitmentKept': ({ data }) => touch('commitment', null, data.commitmentId),
  'complaint.ProgressCommunicated': ({ data }) => touch('progress', data.expectedBy),
  'complaint.OutcomeCommunicated': endOfProgress,
  'complaint.DismissalCommunicated': endOfProgress,
  'complaint.ComplaintWithdrawn': endOfProgress,
  'complaint.ComplaintClosed': endOfProgress,
  'ticket.TicketPaused': ({ data }) => touch('pause', data.expectedUntil),
  'ticket.TicketResumed': endOfTicketPause,
  'ticket.ResolutionProposed': endOfTicketPause,
  'ticket.TicketClosed': endOfTicketPause,
  'ticket.TicketClosedUnresolved': endOfTicketPause,
  'ticket.TicketCancelled': endOfTicketPause,
  'ticket.TicketReopened': endOfTicketPause,
  'work_order.WorkOrderPlanned': ({ data }) => touch('due-date', data.dueBy),
  'work_order.AppointmentAgreed': ({ data }) => touch('appointment', data.window.to),
  'work_order.AppointmentMoved': ({ data }) => touch('appointment', data.window.to),
  'work_order.ArrivalRecorded': () => touch('appointment', null),
  'work_order.WorkStarted': () => touch('appointment', null),
  'work_order.WorkCompleted': endOfJob,
  'work_order.WorkOrderCancelled': endOfJob,
};

export const PROMISE_EVENTS = Object.keys(rules) as readonly PromisingEvent['type'][];

/** The promises that an event touches; none for an event of another kind. */
export const promisesIn = (event: PromisingEvent): readonly Touch[] => {
  // Each rule stands under the type of the events it is given.
  const rule = rules[event.type] as ((event: PromisingEvent) => readonly Touch[]) | undefined;
  return rule ? rule(event) : [];
};
