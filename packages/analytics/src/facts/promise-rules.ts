import { type ComplaintEvent, type Recorded, type TicketEvent, type WorkOrderEvent } from '@aftercare/domain';

/**
 * What customers and external bodies were told to expect by a day: the kinds of the list of promises due, but for the
 * milestones of plans. Those are days that we set for ourselves and tell nobody outside; what becomes of them is measured by
 * the control points met.
 */
export const PROMISE_KINDS = ['commitment', 'progress', 'external', 'appointment', 'due-date', 'pause'] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];

export type PromisingEvent = Recorded<TicketEvent | WorkOrderEvent | ComplaintEvent>;
type Of<Type extends PromisingEvent['type']> = Extract<PromisingEvent, { readonly type: Type }>;

/** What an event does to a promise of its stream. `id` tells several of a kind apart. */
export interface PromiseStep {
  readonly kind: PromiseKind;
  readonly id: string;
  readonly does: 'gives' | 'keeps' | 'ends';
  /** Given: due by when. Kept or ended: when that was. */
  readonly at: string;
}

type Rule<Type extends PromisingEvent['type']> = (event: Of<Type>) => readonly PromiseStep[];

const gives = (kind: PromiseKind, dueBy: string | undefined, id = ''): readonly PromiseStep[] =>
  dueBy === undefined ? [] : [{ kind, id, does: 'gives', at: dueBy }];
const keeps =
  (...kinds: readonly PromiseKind[]) =>
  // Field facts are told hours later: what counts is when it happened.
  ({ metadata: { occurredAt } }: PromisingEvent): readonly PromiseStep[] =>
    kinds.map((kind) => ({ kind, id: '', does: 'keeps', at: occurredAt }));
const ends =
  (...kinds: readonly PromiseKind[]) =>
  ({ metadata: { recordedAt } }: PromisingEvent): readonly PromiseStep[] =>
    kinds.map((kind) => ({ kind, id: '*', does: 'ends', at: recordedAt }));

const complaintEnds = ends('commitment', 'progress', 'external');
const ticketEnds = ends('pause');

/** Which promises an event gives, keeps or makes void. A promise of an id `*` means every one of its kind. */
const rules: { readonly [Type in PromisingEvent['type']]?: Rule<Type> } = {
  'complaint.ComplaintRegistered': ({ data }) => gives('external', data.external?.dueBy, 'external'),
  'complaint.ExternalReferenceAdded': ({ data }) => gives('external', data.dueBy, data.referenceId),
  'complaint.ExternalReplySent': ({ data, metadata }) => [
    { kind: 'external', id: data.referenceId, does: 'keeps', at: metadata.occurredAt },
  ],
  'complaint.CommitmentGiven': ({ data }) => gives('commitment', data.expectedBy, data.commitmentId),
  'complaint.CommitmentKept': ({ data, metadata }) => [
    { kind: 'commitment', id: data.commitmentId, does: 'keeps', at: metadata.occurredAt },
  ],
  'complaint.ProgressCommunicated': ({ data }) => gives('progress', data.expectedBy),
  'complaint.OutcomeCommunicated': keeps('progress'),
  'complaint.DismissalCommunicated': (event) => [...keeps('progress')(event), ...complaintEnds(event)],
  'complaint.ComplaintWithdrawn': complaintEnds,
  'complaint.ComplaintClosed': complaintEnds,
  'ticket.TicketPaused': ({ data }) => gives('pause', data.expectedUntil),
  'ticket.TicketResumed': keeps('pause'),
  'ticket.ResolutionProposed': keeps('pause'),
  'ticket.TicketClosed': ticketEnds,
  'ticket.TicketClosedUnresolved': ticketEnds,
  'ticket.TicketCancelled': ticketEnds,
  'work_order.WorkOrderPlanned': ({ data }) => gives('due-date', data.dueBy),
  'work_order.AppointmentAgreed': ({ data }) => gives('appointment', data.window.to),
  'work_order.AppointmentMoved': ({ data }) => gives('appointment', data.window.to),
  'work_order.ArrivalRecorded': keeps('appointment'),
  'work_order.WorkStarted': keeps('appointment'),
  'work_order.WorkCompleted': keeps('appointment', 'due-date'),
  'work_order.WorkOrderCancelled': ends('appointment', 'due-date'),
};

export const PROMISE_EVENTS = Object.keys(rules) as readonly PromisingEvent['type'][];

/** What an event does to promises; nothing, where it is of another kind. */
export const promiseStepsOf = (event: PromisingEvent): readonly PromiseStep[] => {
  // Each rule stands under the type of the events that it is given.
  const rule = rules[event.type] as ((event: PromisingEvent) => readonly PromiseStep[]) | undefined;
  return rule ? rule(event) : [];
};
