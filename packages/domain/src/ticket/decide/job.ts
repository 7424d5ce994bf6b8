import { event, firstBroken, reject, when, type Rejection } from '../../kernel/index';
import { ticketEvents } from '../events';
import { leavesNobodyAtWork } from '../evolve/handling';
import {
  mustAwaitConfirmation,
  mustBeDiagnosedAgain,
  mustBeHandled,
  mustBeOpen,
  mustHaveASolutionToDecline,
} from '../invariants';
import { present } from '../../kernel/present';
import type { ExistingTicket } from '../state';
import { resumed } from './handling';
import { ownedBy, ownWhilePending } from './owner';
import { stored, type TicketUseCase } from './use-case';

const jobOf = (ticket: ExistingTicket, id: string) => ticket.jobs.find((job) => job.id === id);

/** A job of this cycle, open or ended: what it reports may arrive after its end. */
const notOfThisCycle = (ticket: ExistingTicket, id: string): Rejection | undefined =>
  jobOf(ticket, id)?.cycle === ticket.cycle ? undefined : reject('TICKET.JOB_UNKNOWN', { id });

const notOpen = (ticket: ExistingTicket, id: string): Rejection | undefined =>
  notOfThisCycle(ticket, id) ?? (jobOf(ticket, id)?.open ? undefined : reject('TICKET.JOB_ENDED', { id }));

/** A pause by hand ends with the job: from now on the job pauses the ticket. */
export const openJob: TicketUseCase<'OpenJob'> = ({ data }, ticket) => {
  if (jobOf(ticket, data.id)) return [];
  return when(ticket, mustBeHandled, (open) => [
    ...resumed(open),
    event(ticketEvents.JobOpened, { ...data, cycle: open.cycle }),
  ]);
};

/** A job may end after its ticket did: that is recorded in every state. */
export const endJob: TicketUseCase<'EndJob'> = ({ data }, ticket) => {
  const job = jobOf(ticket, data.id);
  if (!job) return reject('TICKET.JOB_UNKNOWN', { id: data.id });
  if (!job.open) return [];
  const jobs = ticket.jobs.map((other) => (other.id === data.id ? { ...other, open: false } : other));
  const backToDispatch = ticket.status === 'in-progress' && leavesNobodyAtWork({ ...ticket, jobs }, data.outcome);
  return [
    ...(ticket.pause?.workOrderId === data.id ? resumed(ticket) : []),
    event(ticketEvents.JobEnded, { ...data, cycle: ticket.cycle }),
    ...(backToDispatch ? ownWhilePending(ticket) : []),
  ];
};

/** The job was accepted. */
export const startHandlingByJob: TicketUseCase<'StartHandlingByJob'> = ({ data }, ticket) =>
  when(ticket, mustBeHandled, (open) => {
    const { workOrderId, route, role, person } = data;
    const { cycle, handler } = open;
    const refused = notOpen(open, workOrderId);
    if (refused) return refused;
    if (handler?.workOrderId === workOrderId && handler.person === person && handler.role === role) return [];
    return [
      event(ticketEvents.HandlingStarted, present({ route, role, person, workOrderId, cycle })),
      ...(open.status === 'awaiting-consent'
        ? []
        : ownedBy(open, present({ step: 'handling' as const, role, person }))),
    ];
  });

export const reportDiagnosisByJob: TicketUseCase<'ReportDiagnosisByJob'> = ({ data }, ticket) =>
  when(
    ticket,
    mustBeOpen,
    (open) =>
      notOfThisCycle(open, data.workOrderId) ?? [event(ticketEvents.DiagnosisRecorded, { ...data, cycle: open.cycle })],
  );

/** The job says that it is solved; its report may arrive before or after its end is noted here. */
export const proposeResolutionByJob: TicketUseCase<'ProposeResolutionByJob'> = ({ data }, ticket) =>
  when(
    ticket,
    mustBeHandled,
    (open) =>
      notOfThisCycle(open, data.workOrderId) ??
      firstBroken<ExistingTicket>(open, [mustBeDiagnosedAgain]) ?? [
        ...resumed(open),
        event(ticketEvents.ResolutionProposed, { ...data, cycle: open.cycle }),
        ...ownedBy(open, { step: 'confirmation', role: 'agent' }),
      ],
  );

/** CLO-02: signed and accepted on the service report. */
export const confirmBySignature: TicketUseCase<'ConfirmBySignature'> = ({ data }, ticket) =>
  when(
    ticket,
    mustAwaitConfirmation,
    (pending) =>
      notOfThisCycle(pending, data.workOrderId) ?? [
        event(ticketEvents.ResolutionConfirmed, {
          channel: 'signature',
          signatureDigest: data.signatureDigest,
          cycle: pending.cycle,
        }),
        ...ownedBy(pending, { step: 'follow-up', role: 'agent' }),
      ],
  );

/** Declined face to face, at the job. */
export const declineSolutionByJob: TicketUseCase<'DeclineSolutionByJob'> = ({ data }, ticket) =>
  when(
    ticket,
    mustHaveASolutionToDecline,
    (open) =>
      notOfThisCycle(open, data.workOrderId) ?? [
        event(ticketEvents.SolutionDeclined, { ...data, channel: 'walk-in', cycle: open.cycle }),
        ...ownedBy(open, { step: 'consent', role: 'agent' }, 'solution-declined'),
      ],
  );

/** SLA-12: the job's suspension pauses the ticket, unless somebody paused it by hand. */
export const pauseByJob: TicketUseCase<'PauseByJob'> = ({ data }, ticket) =>
  when(ticket, mustBeHandled, (open) => {
    const { workOrderId, reason } = data;
    const refused = notOpen(open, workOrderId);
    if (refused) return refused;
    if (open.pause) return open.pause.workOrderId === workOrderId ? [] : reject('TICKET.ALREADY_PAUSED');
    const expectedUntil = stored(data.expectedUntil);
    return [event(ticketEvents.TicketPaused, { workOrderId, reason, expectedUntil, cycle: open.cycle })];
  });

export const resumeByJob: TicketUseCase<'ResumeByJob'> = ({ data }, ticket) =>
  ticket.pause?.workOrderId === data.workOrderId ? resumed(ticket) : [];

/** Illness, breakdown: the ticket stays in progress and is the supervisor's. */
export const releaseByJob: TicketUseCase<'ReleaseByJob'> = ({ data }, ticket) =>
  when(
    ticket,
    mustBeHandled,
    (open) =>
      notOpen(open, data.workOrderId) ?? [
        ...(open.pause?.workOrderId === data.workOrderId ? resumed(open) : []),
        ...ownedBy(open, { step: 'supervision', role: 'supervisor' }, 'released'),
      ],
  );
