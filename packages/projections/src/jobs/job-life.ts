import { later, type Recorded, type WorkOrderEvent, type WorkOrderStatus } from '@aftercare/domain';

/** Who a job is with. */
export interface Assignee {
  readonly kind: 'engineer' | 'outlet';
  readonly id: string;
}

/** A work order's life as lists need it: the same moves as the domain's, without what only decisions need. */
export interface JobLife {
  readonly state: WorkOrderStatus;
  /** Where WorkResumed leads back to. */
  readonly before: WorkOrderStatus | null;
  /** Who has it or is asked to take it. */
  readonly assignee: Assignee | null;
  /** Whose facts move it: the assignee and the people an outlet named. */
  readonly crew: readonly string[];
  /** occurredAt of the latest fact of the present crew: what comes later but happened before doesn't take the job back. */
  readonly lastFactAt: string | null;
}

export const JOB_BEGINS: JobLife = { state: 'planned', before: null, assignee: null, crew: [], lastFactAt: null };

const UNDER_WAY: readonly WorkOrderStatus[] = ['accepted', 'travelling', 'on-site', 'working', 'waiting'];
/** States in which a job counts as open with its assignee (DSP-04); waiting doesn't load anybody. */
export const LOADING: readonly WorkOrderStatus[] = ['dispatched', 'accepted', 'travelling', 'on-site', 'working'];
/** States in which there is something left to do. */
export const isOpen = (state: WorkOrderStatus): boolean => state !== 'completed' && state !== 'cancelled';

/** The job after one more event of its stream; the same job when nothing moved. */
export const jobGoesOn = <J extends JobLife>(job: J, event: Recorded<WorkOrderEvent>): J => {
  switch (event.type) {
    case 'work_order.WorkOrderDispatched':
      return { ...job, state: 'dispatched', assignee: event.data.to, crew: [event.data.to.id], lastFactAt: null };
    case 'work_order.EngineersNamed':
      return { ...job, crew: union([...job.crew, ...event.data.engineers]) };
    case 'work_order.WorkOrderAccepted':
      return { ...job, state: 'accepted', assignee: event.data.by };
    case 'work_order.AcceptanceLapsed':
      return { ...job, state: 'planned', assignee: null };
    case 'work_order.WorkOrderDeclined':
    case 'work_order.DispatchWithdrawn':
      return { ...job, state: 'planned', assignee: null, crew: [] };
    case 'work_order.WorkOrderReleased':
      return UNDER_WAY.includes(job.state) ? { ...job, state: 'planned', assignee: null, crew: [] } : job;
    case 'work_order.WorkOrderCancelled':
      return { ...job, state: 'cancelled', assignee: null };
    default:
      return isFieldFact(event.type) ? withFact(job, event) : job;
  }
};

const FIELD_FACTS: readonly string[] = [
  'work_order.TravelStarted',
  'work_order.ArrivalRecorded',
  'work_order.RisksExplained',
  'work_order.DataProtectionStepRecorded',
  'work_order.WorkStarted',
  'work_order.WorkSuspended',
  'work_order.WorkResumed',
  'work_order.PartFitted',
  'work_order.PartRemovedUnused',
  'work_order.ServiceReportFiled',
  'work_order.WorkCompleted',
  'work_order.ManagerCheckedOut',
  'work_order.SiteLeft',
];
const isFieldFact = (type: string): boolean => FIELD_FACTS.includes(type);

/** Only the present crew moves a job, and only forward in occurredAt; a completion always completes. */
const withFact = <J extends JobLife>(job: J, event: Recorded<WorkOrderEvent>): J => {
  const { actor, occurredAt } = event.metadata;
  const staff = actor.role === 'engineer' || actor.role === 'outlet';
  if (staff && !job.crew.includes(actor.id)) return job;
  const late = job.lastFactAt !== null && occurredAt < job.lastFactAt;
  const noted = { ...job, lastFactAt: job.lastFactAt === null ? occurredAt : later(job.lastFactAt, occurredAt) };
  if (!UNDER_WAY.includes(job.state) || (late && event.type !== 'work_order.WorkCompleted')) return noted;
  return moved(noted, event);
};

const moved = <J extends JobLife>(job: J, event: Recorded<WorkOrderEvent>): J => {
  const before = job.state === 'waiting' ? (job.before ?? 'working') : job.state;
  const enters = (state: WorkOrderStatus): J => ({ ...job, state, before: null });
  switch (event.type) {
    case 'work_order.TravelStarted':
      return before === 'accepted' ? enters('travelling') : job;
    case 'work_order.ArrivalRecorded':
      return before === 'working' ? job : enters('on-site');
    case 'work_order.WorkStarted':
      return enters('working');
    case 'work_order.WorkSuspended':
      return { ...job, state: 'waiting', before };
    case 'work_order.WorkResumed':
      return enters(before);
    case 'work_order.WorkCompleted':
      return enters('completed');
    default:
      return job;
  }
};

const union = (ids: readonly string[]): readonly string[] => [...new Set(ids)];
