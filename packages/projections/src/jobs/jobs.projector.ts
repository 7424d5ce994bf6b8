import { workOrderEvents, type Outcome, type Recorded, type WorkOrderEvent } from '@aftercare/domain';
import { readModel } from '../sql/read-model';
import { isOpen, JOB_BEGINS, jobGoesOn, LOADING, type JobLife } from './job-life';

type Planned = Extract<WorkOrderEvent, { type: 'work_order.WorkOrderPlanned' }>['data'];
interface Window {
  readonly from: string;
  readonly to: string;
}

/** One work order as its engineer, its outlet and the dispatcher see it. */
export interface JobRow extends JobLife {
  /** Stream of the work order. */
  readonly workOrder: string;
  /** Stream of the ticket whose matter it is. */
  readonly ticket: string;
  readonly plan: Planned;
  readonly plannedAt: string;
  readonly dispatchedAt: string | null;
  readonly acceptBy: string | null;
  readonly appointment: Window | null;
  readonly eta: string | null;
  readonly waiting: { readonly reason: string; readonly expectedUntil: string } | null;
  readonly reportFiled: boolean;
  /** A fixed completion without its report: the engineer still has to file it. */
  readonly reportMissing: boolean;
  readonly outcome: Outcome | null;
  readonly endedAt: string | null;
}

/** The day a job belongs to: its appointment, else what the customer asked for, else when it was given out. */
const dayAt = (row: JobRow): string =>
  row.appointment?.from ?? row.plan.requestedWindow?.from ?? row.dispatchedAt ?? row.plannedAt;

/** All work orders, one row each (DSP-06, DSP-07). */
export const jobs = readModel<JobRow>({
  projector: {
    name: 'jobs',
    version: 1,
    types: Object.values(workOrderEvents).map((definition) => definition.type),
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as Recorded<WorkOrderEvent>),
  },
  columns: {
    ticket: { kind: 'text', of: (row) => row.ticket },
    state: { kind: 'text', of: (row) => row.state },
    open: { kind: 'flag', of: (row) => isOpen(row.state) || row.reportMissing },
    loading: { kind: 'flag', of: (row) => LOADING.includes(row.state) },
    assignee: { kind: 'text', of: (row) => row.assignee?.id ?? null },
    /** `|a|b|`: everybody whose list it is on. */
    crew: { kind: 'text', of: (row) => `|${row.crew.join('|')}|` },
    day_at: { kind: 'text', of: dayAt },
    ended_at: { kind: 'text', of: (row) => row.endedAt },
  },
  indexes: [['ticket'], ['open', 'day_at', 'key'], ['loading', 'assignee'], ['ended_at']],
});

const evolve = (row: JobRow | null, event: Recorded<WorkOrderEvent>): JobRow | null => {
  if (event.type === 'work_order.WorkOrderPlanned')
    return {
      ...JOB_BEGINS,
      workOrder: event.stream,
      ticket: event.metadata.correlationId,
      plan: event.data,
      plannedAt: event.metadata.recordedAt,
      dispatchedAt: null,
      acceptBy: null,
      appointment: null,
      eta: null,
      waiting: null,
      reportFiled: false,
      reportMissing: false,
      outcome: null,
      endedAt: null,
    };
  return row && detailed(jobGoesOn(row, event), row, event);
};

/** `after` has its life moved on already; `before` tells whether the event moved it. */
const detailed = (after: JobRow, before: JobRow, event: Recorded<WorkOrderEvent>): JobRow => {
  switch (event.type) {
    case 'work_order.WorkOrderDispatched':
      return { ...after, dispatchedAt: event.metadata.recordedAt, acceptBy: event.data.acceptBy, eta: null };
    case 'work_order.WorkOrderAccepted':
      return { ...after, acceptBy: null };
    case 'work_order.AppointmentAgreed':
    case 'work_order.AppointmentMoved':
      return { ...after, appointment: event.data.window };
    case 'work_order.TravelStarted':
      return after.state === 'travelling' ? { ...after, eta: event.data.eta ?? null } : after;
    case 'work_order.WorkSuspended':
      return after.state === 'waiting' ? { ...after, waiting: event.data } : after;
    case 'work_order.ServiceReportFiled':
      return { ...after, reportFiled: true, reportMissing: false };
    case 'work_order.WorkCompleted':
      return after.state === before.state ? after : completed(after, event);
    case 'work_order.WorkOrderCancelled':
      return { ...after, endedAt: event.metadata.recordedAt, waiting: null, acceptBy: null };
    default:
      return after.state === 'waiting' || after.waiting === null ? after : { ...after, waiting: null };
  }
};

const completed = (
  row: JobRow,
  event: Recorded<Extract<WorkOrderEvent, { type: 'work_order.WorkCompleted' }>>,
): JobRow => ({
  ...row,
  waiting: null,
  outcome: event.data.outcome,
  endedAt: event.metadata.occurredAt,
  reportMissing: event.data.outcome === 'fixed' && !row.reportFiled,
});
