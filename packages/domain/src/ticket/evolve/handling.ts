import type { DomainEvent, Recorded } from '../../kernel/index';
import type { TicketEvent } from '../events';
import { type ExistingTicket, type Handler, type Job, type PartsUsed } from '../state';
import { carried } from './carried';
import { evolveClosing, type ClosingEvent } from './closing';

type EventNamed<Type extends TicketEvent['type']> = Extract<TicketEvent, DomainEvent<Type>>;

export type HandlingEvent = EventNamed<
  | 'ticket.CustomerContacted'
  | 'ticket.OwnerAssigned'
  | 'ticket.HandlingStarted'
  | 'ticket.DiagnosisRecorded'
  | 'ticket.SolutionProposed'
  | 'ticket.SolutionAccepted'
  | 'ticket.SolutionDeclined'
  | 'ticket.RemoteSupportGiven'
  | 'ticket.ProgressReported'
  | 'ticket.TicketPaused'
  | 'ticket.TicketResumed'
  | 'ticket.JobOpened'
  | 'ticket.JobEnded'
>;

type LaterEvent = Recorded<HandlingEvent | ClosingEvent>;

// One flat case per event reads better than a second dispatch.
/* eslint-disable complexity */
/** Events between dispatch and the proposal that it is solved. */
// One flat case per event reads better than a second dispatch.

export const evolveHandling = (ticket: ExistingTicket, event: LaterEvent): ExistingTicket => {
  switch (event.type) {
    case 'ticket.RemoteSupportGiven':
    case 'ticket.ProgressReported':
      return ticket;
    case 'ticket.CustomerContacted':
      return contacted(ticket, event);
    case 'ticket.OwnerAssigned': {
      const { step, role, person } = event.data;
      return { ...ticket, owner: { step, role, ...(person === undefined ? {} : { person }) } };
    }
    case 'ticket.HandlingStarted':
      return started(ticket, event);
    case 'ticket.DiagnosisRecorded':
      return { ...ticket, needsDiagnosis: false };
    case 'ticket.SolutionProposed':
      return proposed(ticket, event.data.needsConsent);
    case 'ticket.SolutionAccepted':
      return ticket.status === 'awaiting-consent' ? { ...carried(ticket), status: ticket.before } : ticket;
    case 'ticket.SolutionDeclined': {
      const declined = { ...ticket, solutionDeclined: true };
      return declined.status === 'awaiting-consent' ? { ...carried(declined), status: declined.before } : declined;
    }
    case 'ticket.TicketPaused':
      return { ...ticket, pause: { workOrderId: event.data.workOrderId } };
    case 'ticket.TicketResumed':
      return { ...ticket, pause: undefined };
    case 'ticket.JobOpened': {
      const { kind, id, cycle } = event.data;
      return { ...ticket, jobs: [...ticket.jobs, { kind, id, cycle, open: true }] };
    }
    case 'ticket.JobEnded':
      return jobEnded(ticket, event);
    default:
      return evolveClosing(ticket, event);
  }
};

/* eslint-enable complexity */

const contacted = (
  ticket: ExistingTicket,
  { data }: Recorded<EventNamed<'ticket.CustomerContacted'>>,
): ExistingTicket => ({
  ...ticket,
  contacts: [...ticket.contacts, { contactId: data.contactId, reached: data.reached }],
  unreached: ticket.unreached + (data.direction === 'outbound' && !data.reached ? 1 : 0),
});

/** Roles whose work a customer's confirmation judges. */
const WORKERS: readonly string[] = ['engineer', 'outlet', 'expert'];

const started = (ticket: ExistingTicket, { data }: Recorded<EventNamed<'ticket.HandlingStarted'>>): ExistingTicket => {
  const { route, role, person, workOrderId } = data;
  const handler: Handler = { route, role, person, workOrderId };
  const works = person !== undefined && WORKERS.includes(role) && !ticket.workers.includes(person);
  const handled = { ...ticket, handler, route, workers: works ? [...ticket.workers, person] : ticket.workers };
  if (handled.status === 'pending-dispatch') return { ...handled, status: 'in-progress' };
  return handled.status === 'awaiting-consent' ? { ...handled, before: 'in-progress' } : handled;
};

const proposed = (ticket: ExistingTicket, needsConsent: boolean): ExistingTicket => {
  const offered = { ...ticket, solutionProposed: true, solutionDeclined: false };
  return needsConsent && (offered.status === 'pending-dispatch' || offered.status === 'in-progress')
    ? { ...carried(offered), status: 'awaiting-consent', before: offered.status }
    : offered;
};

/** A cancelled job whose acceptance had started the handling leaves nobody at work, unless another is open. */
const jobEnded = (ticket: ExistingTicket, { data }: Recorded<EventNamed<'ticket.JobEnded'>>): ExistingTicket => {
  const ended = ticket.jobs.find((job) => job.id === data.id);
  const ofThisCycle = ended?.cycle === ticket.cycle;
  const next = {
    ...ticket,
    jobs: ticket.jobs.map((job): Job => (job.id === data.id ? { ...job, open: false } : job)),
    workMinutes: ticket.workMinutes + (ofThisCycle ? data.workMinutes : 0),
    parts: ofThisCycle ? together(ticket.parts, data.parts) : ticket.parts,
    // Whoever goes on has to find out first what the job before did not.
    needsDiagnosis: ticket.needsDiagnosis || (ofThisCycle && data.outcome === 'not-fixed'),
  };
  if (!leavesNobodyAtWork(next, data.outcome)) return next;
  if (next.status === 'in-progress') return { ...next, status: 'pending-dispatch', handler: undefined };
  return next.status === 'awaiting-consent' ? { ...next, before: 'pending-dispatch', handler: undefined } : next;
};

/** True when the ticket, in which the job is already ended, goes back to dispatch. */
export const leavesNobodyAtWork = (
  ticket: Pick<ExistingTicket, 'jobs' | 'handler'>,
  outcome: EventNamed<'ticket.JobEnded'>['data']['outcome'],
): boolean =>
  outcome === 'cancelled' &&
  ticket.jobs.every((job) => !job.open) &&
  (ticket.handler === undefined || ticket.handler.workOrderId !== undefined);

const together = (known: PartsUsed, more: PartsUsed): PartsUsed =>
  more.reduce<PartsUsed>((sum, part) => {
    const same = (row: PartsUsed[number]) => row.partNo === part.partNo && row.unit === part.unit;
    return sum.some(same)
      ? sum.map((row) => (same(row) ? { ...row, quantity: row.quantity + part.quantity } : row))
      : [...sum, part];
  }, known);
