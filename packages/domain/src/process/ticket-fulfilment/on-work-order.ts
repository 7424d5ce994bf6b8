import { idOf } from '../../kernel/index';
import { toTicket, type WorkOrderHappened } from '../inputs';
import { dispatchOf } from './complaint';
import { onCompleted, partsOf, proposed, signed } from './outcome';
import { isOpen, jobOf, newJob, step, withJob, type Around, type Fulfilment, type Job, type Step } from './state';

/** What a work order's events mean for the ticket and for the order itself. */
export const onWorkOrder = (state: Fulfilment, event: WorkOrderHappened, around: Around): Step => {
  const id = idOf(event.stream);
  if (event.type === 'work_order.WorkOrderPlanned') return onPlanned(state, id, event, around);
  const job = jobOf(state, id);
  return job ? onJob(state, job, event, around) : step(state);
};

/** A job planned by a person is taken note of too; who dispatches it is theirs to say. */
const onPlanned = (
  state: Fulfilment,
  id: string,
  { data, metadata }: Extract<WorkOrderHappened, { type: 'work_order.WorkOrderPlanned' }>,
  around: Around,
): Step => {
  const { ticket } = around;
  const job = jobOf(state, id) ?? newJob(id, data.kind, data.cycle);
  if (!isOpen(job)) return step(state);
  return step(
    withJob(state, job),
    toTicket(ticket, 'OpenJob', { kind: 'work-order', id }),
    ...(metadata.actor.role === 'system' ? [dispatchOf(state, id, around)] : []),
  );
};

const onJob = (state: Fulfilment, job: Job, event: WorkOrderHappened, around: Around): Step => {
  const { ticket } = around;
  const { id } = job;
  const keep = (changed: Partial<Job>) => withJob(state, { ...job, ...changed });
  switch (event.type) {
    case 'work_order.WorkOrderDispatched': {
      const { to } = event.data;
      return step(keep({ assignee: to, crew: [to.id], accepted: false, lastFactAt: undefined }));
    }
    case 'work_order.EngineersNamed':
      return step(keep({ crew: [...new Set([...job.crew, ...event.data.engineers])] }));
    case 'work_order.DispatchFailed':
      return step(
        state,
        toTicket(ticket, 'AssignOwner', { step: 'supervision', role: 'supervisor', reason: event.data.reason }),
      );
    case 'work_order.WorkOrderDeclined':
    case 'work_order.AcceptanceLapsed':
      return step(state, dispatchOf(state, id, around));
    case 'work_order.WorkOrderAccepted': {
      const { kind, id: person } = event.data.by;
      return step(
        keep({ accepted: true, assignee: event.data.by }),
        toTicket(ticket, 'StartHandlingByJob', { workOrderId: id, route: job.kind, role: kind, person }),
      );
    }
    case 'work_order.WorkOrderReleased':
      return step(
        keep({ accepted: false, crew: [] }),
        toTicket(ticket, 'ReleaseByJob', { workOrderId: id }),
        dispatchOf(state, id, around),
      );
    case 'work_order.DispatchWithdrawn':
      return step(
        keep({ accepted: false, crew: [] }),
        ...(job.accepted ? [toTicket(ticket, 'ReleaseByJob', { workOrderId: id })] : []),
      );
    case 'work_order.WorkOrderCancelled':
      return job.ended
        ? step(state)
        : step(
            keep({ ended: true }),
            toTicket(ticket, 'EndJob', { id, outcome: 'cancelled', workMinutes: 0, parts: partsOf(job) }),
          );
    default:
      return onField(state, job, event, around);
  }
};

/** Facts count when the present crew reports them; parts are used up whoever reports it. */
const onField = (state: Fulfilment, job: Job, event: WorkOrderHappened, around: Around): Step => {
  switch (event.type) {
    case 'work_order.PartFitted': {
      const { partUseId, partNo, quantity, unit } = event.data;
      return step(withJob(state, { ...job, parts: [...job.parts, { partUseId, partNo, quantity, unit }] }));
    }
    case 'work_order.PartUseCorrected': {
      const { partUseId, quantity } = event.data;
      const parts = job.parts.map((use) => (use.partUseId === partUseId ? { ...use, quantity } : use));
      return step(withJob(state, { ...job, parts }));
    }
    case 'work_order.WorkSuspended':
    case 'work_order.WorkResumed':
      return isCrew(job, event) && isOpen(job) ? onInterruption(state, job, event, around) : step(state);
    case 'work_order.ServiceReportFiled':
      return isCrew(job, event) ? onReport(state, { ...job, report: event.data }, around) : step(state);
    case 'work_order.WorkCompleted':
      return isCrew(job, event) && !job.ended ? onCompleted(state, job, event, around) : step(state);
    default:
      return step(state);
  }
};

const isCrew = ({ crew }: Job, { metadata: { actor } }: WorkOrderHappened): boolean =>
  (actor.role !== 'engineer' && actor.role !== 'outlet') || crew.includes(actor.id);

/** News from before the last interruption says nothing about now. */
const onInterruption = (
  state: Fulfilment,
  job: Job,
  event: Extract<WorkOrderHappened, { type: 'work_order.WorkSuspended' | 'work_order.WorkResumed' }>,
  { ticket }: Around,
): Step => {
  const at = event.metadata.occurredAt;
  if (job.lastFactAt !== undefined && at < job.lastFactAt) return step(state);
  const noted = withJob(state, { ...job, lastFactAt: at });
  const workOrderId = job.id;
  return event.type === 'work_order.WorkResumed'
    ? step(noted, toTicket(ticket, 'ResumeByJob', { workOrderId }))
    : step(noted, toTicket(ticket, 'PauseByJob', { workOrderId, ...event.data }));
};

/** A fixed completion waits for its report; a signature that comes after the proposal still confirms it. */
const onReport = (state: Fulfilment, job: Job, around: Around): Step => {
  if (job.completed?.outcome === 'fixed' && !job.proposed) return proposed(state, job, around);
  const noted = withJob(state, job);
  return job.proposed ? step(noted, ...signed(job, around)) : step(noted);
};
