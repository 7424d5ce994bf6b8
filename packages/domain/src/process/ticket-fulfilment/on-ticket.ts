import type { Route } from '../../vocabulary';
import type { TicketHappened } from '../inputs';
import { becomeComplaint, classified, complaintEnded, complaintOpened, isNamed, reworkTold } from './complaint';
import { planned } from './plan';
import { cancelJobs, isOpen, jobOf, step, then, type Around, type Fulfilment, type JobKind, type Step } from './state';

/** What the ticket's own events mean for its work orders, and for the complaint that it becomes or does rework for. */
export const onTicket = (state: Fulfilment, event: TicketHappened, around: Around): Step =>
  then(onWork(state, event, around), (next) => onComplaint(next, event, around));

const onComplaint = (state: Fulfilment, event: TicketHappened, around: Around): Step => {
  switch (event.type) {
    case 'ticket.TicketClassified':
      return classified(state, event, around);
    case 'ticket.TicketPrioritized':
      return becomeComplaint({ ...state, isJudged: true }, around);
    case 'ticket.ComplaintOpened':
      return step(complaintOpened(state, event));
    case 'ticket.ComplaintEnded':
      return step(complaintEnded(state, event.data.complaintId));
    case 'ticket.ReworkOrdered':
      return step({ ...state, reworkFor: event.data.complaintId });
    default:
      return reworkTold(state, event, around);
  }
};

const onWork = (state: Fulfilment, event: TicketHappened, around: Around): Step => {
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
      return step(takenIn(event));
    case 'ticket.IntakeReviewed': {
      const { category = state.category, model = state.model, region = state.region } = event.data;
      return step({ ...state, phase: 'handling', category, model, region });
    }
    case 'ticket.TicketPrioritized':
      return step({ ...state, safety: event.data.safety });
    case 'ticket.WarrantyDetermined':
      return step({ ...state, coverage: event.data.coverage });
    case 'ticket.ProductUnitIdentified':
    case 'ticket.ProductUnitCorrected': {
      const { unitId, category, model } = event.data;
      return resume({ ...state, unitId, category, model }, 'category', around);
    }
    case 'ticket.HandlingRouted':
      return routed({ ...state, route: event.data.route }, event.data.route, around);
    case 'ticket.ProgressReported':
      return event.data.milestone === 'parts-received' ? resume(state, 'parts', around) : step(state);
    case 'ticket.DiagnosisRecorded':
      return resume(state, 'diagnosis', around);
    default:
      return onVerdict(state, event, around);
  }
};

const onVerdict = (state: Fulfilment, event: TicketHappened, around: Around): Step => {
  switch (event.type) {
    case 'ticket.ResolutionProposed':
      return step({ ...state, phase: 'confirmation', proposedBy: event.data.workOrderId });
    case 'ticket.ResolutionRejected':
      return rejected({ ...state, phase: 'handling', rejections: state.rejections + 1 }, around);
    case 'ticket.ResolutionReturnedBySilence':
      return rejected({ ...state, phase: 'handling' }, around);
    case 'ticket.ResolutionConfirmed':
    case 'ticket.ResolutionAcceptedBySilence':
      return cancelJobs({ ...state, phase: 'over' }, 'solved-remotely');
    case 'ticket.TicketCancelled':
      return cancelJobs(
        { ...state, phase: 'over' },
        event.data.reason === 'by-customer' ? 'customer' : 'ticket-closed',
      );
    case 'ticket.TicketClosed':
    case 'ticket.TicketClosedUnresolved':
      return cancelJobs({ ...state, phase: 'over' }, 'ticket-closed');
    case 'ticket.TicketReopened':
      return step({
        ...state,
        phase: 'handling',
        cycle: event.data.cycle,
        since: event.metadata.receivedAt ?? event.metadata.recordedAt,
        route: undefined,
        requestedWindow: undefined,
        rejections: 0,
        noAccess: 0,
        planned: 0,
        proposedBy: undefined,
        next: undefined,
      });
    default:
      return step(state);
  }
};

const takenIn = ({
  type,
  data,
  metadata,
}: Extract<TicketHappened, { type: 'ticket.TicketSubmitted' | 'ticket.TicketRegistered' }>): Fulfilment => ({
  phase: type === 'ticket.TicketRegistered' ? 'handling' : 'review',
  cycle: data.cycle,
  since: metadata.receivedAt ?? metadata.recordedAt,
  intake: { channel: data.channel, receiver: { id: metadata.actor.id, role: metadata.actor.role } },
  site: data.site,
  zone: data.zone,
  customer: data.customer,
  category: data.category,
  model: data.model,
  region: data.region,
  requestedWindow: data.requestedWindow,
  safety: data.safetyMarked,
  rejections: 0,
  noAccess: 0,
  planned: 0,
  jobs: [],
});

const isJobRoute = (route: Route | undefined): route is JobKind => route === 'remote' || route === 'visit';

/** A new route replaces the jobs of another; the same route again changes nothing. */
const routed = (state: Fulfilment, route: Route | undefined, around: Around): Step => {
  if (state.phase !== 'handling') return step(state);
  if (!isJobRoute(route)) return cancelJobs(state, 'replanned');
  if (state.jobs.some((job) => isOpen(job) && job.kind === route)) return step(state);
  return then(cancelJobs(state, 'replanned'), (free) => planned(free, { kind: route }, around));
};

/** The trip that waited for this is planned now. */
const resume = (state: Fulfilment, waitedFor: NonNullable<Fulfilment['next']>['waitsFor'], around: Around): Step => {
  const { next } = state;
  if (next?.waitsFor !== waitedFor || state.phase !== 'handling') return step(state);
  const { waitsFor: _waitsFor, ...trip } = next;
  return planned(state, trip, around);
};

/** CLO-04: the same engineer gets it back after a new diagnosis; the last rejection gives it to the expert, who routes it. */
const rejected = (state: Fulfilment, { now, policies }: Around): Step => {
  const job = state.proposedBy === undefined ? undefined : jobOf(state, state.proposedBy);
  const toExpert = state.rejections >= policies(now).closing.body.rejectionsUntilExpert;
  // Who is named in an open complaint isn't sent back: the ticket gave it to the supervisor.
  if (!job || toExpert || isNamed(state, job.assignee?.id)) return step({ ...state, next: undefined });
  const { kind, assignee: preferred, id: previousWorkOrderId } = job;
  return step({ ...state, next: { waitsFor: 'diagnosis', kind, preferred, previousWorkOrderId } });
};
