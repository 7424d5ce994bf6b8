import type { Instant, ProcessCommand, Role, TimeWindow } from '../../kernel/index';
import type { Channel, Coverage, Outcome, Route } from '../../vocabulary';
import type { Assignee, DataOf } from '../../work-order/state';
import { toWorkOrder, type PolicyLookup } from '../inputs';

export type JobKind = 'remote' | 'visit';

/** A work order of the matter, as its events tell. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly cycle: number;
  readonly assignee?: Assignee | undefined;
  /** Whose facts count: the assignee and the engineers named. */
  readonly crew: readonly string[];
  readonly accepted: boolean;
  readonly parts: readonly { readonly partUseId: string; readonly partNo: string; quantity: number; unit: string }[];
  readonly report?: DataOf<'ServiceReportFiled'> | undefined;
  readonly completed?: { readonly outcome: Outcome; readonly at: Instant } | undefined;
  readonly proposed: boolean;
  /** A cancellation was sent. */
  readonly cancelling: boolean;
  /** The ticket was told that it ended. */
  readonly ended: boolean;
  readonly lastFactAt?: Instant | undefined;
}

/** A trip to be planned. */
export interface Trip {
  readonly kind: JobKind;
  readonly preferred?: Assignee | undefined;
  readonly previousWorkOrderId?: string | undefined;
}

/** What is known of a matter while it is fulfilled. */
export interface Fulfilment {
  readonly phase: 'review' | 'handling' | 'confirmation' | 'over';
  readonly cycle: number;
  /** When this cycle's matter reached us. */
  readonly since: Instant;
  readonly site: string;
  readonly zone: string;
  readonly customer?: string | undefined;
  readonly category?: string | undefined;
  readonly model?: string | undefined;
  readonly unitId?: string | undefined;
  readonly region?: string | undefined;
  readonly requestedWindow?: TimeWindow | undefined;
  readonly safety: boolean;
  readonly coverage?: Coverage | undefined;
  readonly route?: Route | undefined;
  readonly rejections: number;
  readonly noAccess: number;
  /** Work orders asked for in this cycle: their ids are derived from it. */
  readonly planned: number;
  readonly jobs: readonly Job[];
  /** The job whose resolution the customer was last asked about. */
  readonly proposedBy?: string | undefined;
  /** How it came in and by whom; absent for matters from before complaints were. */
  readonly intake?: { readonly channel: Channel; readonly receiver: { readonly id: string; readonly role: Role } };
  /** Open complaints about the ticket, and the engineers named in them. */
  readonly complaints?:
    readonly { readonly complaintId: string; readonly engineerIds: readonly string[] }[] | undefined;
  /** The complaint whose plan's step this ticket does. */
  readonly reworkFor?: string | undefined;
  /** Its safety and priority were judged at least once. */
  readonly isJudged?: boolean;
  /** It was classified as a complaint before its safety was judged. */
  readonly becoming?: { readonly matched: readonly string[] } | undefined;
  /** A trip that waits for something. */
  readonly next?: (Trip & { readonly waitsFor: 'parts' | 'diagnosis' | 'category' }) | undefined;
}

export const unknownMatter: Fulfilment = {
  phase: 'review',
  cycle: 1,
  since: '1970-01-01T00:00:00.000Z',
  site: 'main',
  zone: 'Asia/Shanghai',
  safety: false,
  rejections: 0,
  noAccess: 0,
  planned: 0,
  jobs: [],
};

/** What the process has besides its state. */
export interface Around {
  readonly now: Instant;
  /** Stream of the ticket. */
  readonly ticket: string;
  readonly uuid: (name: string) => string;
  readonly policies: PolicyLookup;
}

export interface Step {
  readonly state: Fulfilment;
  readonly commands: readonly ProcessCommand[];
}

export const step = (state: Fulfilment, ...commands: readonly ProcessCommand[]): Step => ({ state, commands });

/** One step after another. */
export const then = (first: Step, next: (state: Fulfilment) => Step): Step => {
  const second = next(first.state);
  return { state: second.state, commands: [...first.commands, ...second.commands] };
};

export const jobOf = (state: Fulfilment, id: string): Job | undefined => state.jobs.find((job) => job.id === id);
export const isOpen = (job: Job): boolean => !job.ended && !job.cancelling;

export const withJob = (state: Fulfilment, job: Job): Fulfilment => ({
  ...state,
  jobs: jobOf(state, job.id) ? state.jobs.map((one) => (one.id === job.id ? job : one)) : [...state.jobs, job],
});

export const newJob = (id: string, kind: JobKind, cycle: number): Job => ({
  id,
  kind,
  cycle,
  crew: [],
  accepted: false,
  parts: [],
  proposed: false,
  cancelling: false,
  ended: false,
});

/** Cancels open jobs, all or some, and the trip that waits; the order itself says whether a trip was made. */
export const cancelJobs = (
  state: Fulfilment,
  reason: DataOf<'WorkOrderCancelled'>['reason'],
  which: (job: Job) => boolean = () => true,
): Step => {
  const ending = (job: Job) => isOpen(job) && which(job);
  return {
    state: {
      ...state,
      next: undefined,
      jobs: state.jobs.map((job) => (ending(job) ? { ...job, cancelling: true } : job)),
    },
    commands: state.jobs
      .filter(ending)
      .map(({ id }) => toWorkOrder(id, 'CancelWorkOrder', { reason, tripMade: false })),
  };
};
