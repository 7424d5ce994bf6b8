import { event, firstBroken, reject, when } from '../../kernel/index';
import { ticketEvents, type TicketEvent } from '../events';
import { mustBeDispatchable, mustBeHandled, mustBeOpen, mustHaveNoOpenJob, mustNotBePaused } from '../invariants';
import { present } from '../../kernel/present';
import type { ExistingTicket } from '../state';
import { newEvidence } from './judgement';
import { ownedBy } from './owner';
import { happened, stored, underCase, type TicketUseCase } from './use-case';

/** CLS-10. A supervisor, or a process that hands a step over. */
export const assignOwner: TicketUseCase<'AssignOwner'> = ({ data }, ticket) =>
  when(ticket, mustBeOpen, (open) => {
    const { step, role, person, reason } = data;
    return ownedBy(open, present({ step, role, person }), reason);
  });

/** Somebody takes a ticket without a work order: returns, missing parts, routes that aren't built yet, a not-fixed fault. */
export const startHandling: TicketUseCase<'StartHandling'> = ({ data }, ticket, { actor }) =>
  when(ticket, mustBeDispatchable, (open) => {
    const { route, role } = data;
    const forOthers = actor.role === 'supervisor';
    const person = data.person ?? (role === actor.role ? actor.id : undefined);
    if (!forOthers && (role !== actor.role || person !== actor.id)) return reject('TICKET.TAKEN_FOR_OTHERS');
    const broken = firstBroken<ExistingTicket>(open, [mustHaveNoOpenJob]);
    if (broken) return broken;
    const { cycle } = open;
    return [
      event(ticketEvents.HandlingStarted, present({ route, role, person, cycle })),
      ...ownedBy(open, present({ step: 'handling' as const, role, person })),
    ];
  });

/** Findings belong to the case; they may hold safety evidence. Legal until the end: a later diagnosis corrects an earlier. */
export const recordDiagnosis: TicketUseCase<'RecordDiagnosis'> = ({ data }, ticket, context) =>
  when(ticket, mustBeOpen, (open) => {
    const { faultCode, cause, findings, workOrderId, occurredAt } = data;
    if (open.status === 'awaiting-review') return reject('TICKET.NOT_BEING_HANDLED');
    if (faultCode === undefined && cause === undefined && findings === undefined) return reject('TICKET.NOTHING_SAID');
    return [
      event(ticketEvents.DiagnosisRecorded, present({ faultCode, cause, workOrderId, cycle: open.cycle }), {
        ...underCase(open, present({ findings })),
        ...happened(occurredAt),
      }),
      ...newEvidence(open, [findings], undefined, context),
    ];
  });

/** INT-16: help from afar, by whoever gives it. */
export const giveRemoteSupport: TicketUseCase<'GiveRemoteSupport'> = ({ data }, ticket) =>
  when(ticket, mustBeHandled, (open) => {
    const { minutes, steps, workOrderId, occurredAt } = data;
    return [
      event(ticketEvents.RemoteSupportGiven, present({ minutes, workOrderId, cycle: open.cycle }), {
        ...underCase(open, { steps }),
        ...happened(occurredAt),
      }),
    ];
  });

export const reportProgress: TicketUseCase<'ReportProgress'> = ({ data }, ticket, context) =>
  when(ticket, mustBeOpen, (open) => {
    const { milestone, expectedAt, note, workOrderId, occurredAt } = data;
    return [
      event(
        ticketEvents.ProgressReported,
        present({ milestone, expectedAt: expectedAt && stored(expectedAt), workOrderId, cycle: open.cycle }),
        { ...underCase(open, present({ note })), ...happened(occurredAt) },
      ),
      ...newEvidence(open, [note], undefined, context),
    ];
  });

/** SLA-12: by hand only where no job pauses it. */
export const pauseTicket: TicketUseCase<'PauseTicket'> = ({ data }, ticket, { now }) =>
  when(ticket, mustBeDispatchable, (open) => {
    const broken = firstBroken<ExistingTicket>(open, [mustNotBePaused, mustHaveNoOpenJob]);
    if (broken) return broken;
    const expectedUntil = stored(data.expectedUntil);
    if (expectedUntil <= now) return reject('TICKET.ENDS_IN_PAST');
    return [event(ticketEvents.TicketPaused, { reason: data.reason, expectedUntil, cycle: open.cycle })];
  });

export const resumeTicket: TicketUseCase<'ResumeTicket'> = (_command, ticket) =>
  ticket.pause === undefined || ticket.pause.workOrderId !== undefined ? reject('TICKET.NOT_PAUSED') : resumed(ticket);

/** Ends whatever pause there is: before a matter moves on, so that no clock is left stopped. */
export const resumed = ({ pause, cycle }: ExistingTicket): readonly TicketEvent[] =>
  pause ? [event(ticketEvents.TicketResumed, present({ workOrderId: pause.workOrderId, cycle }))] : [];
