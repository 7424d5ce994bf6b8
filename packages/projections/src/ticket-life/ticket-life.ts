import type { Recorded, TicketEvent, TicketStatus } from '@aftercare/domain';

/** What a list needs to know of a ticket's life: its state, since when, and what its next state depends on. */
export interface TicketLife {
  readonly state: TicketStatus;
  /** recordedAt of the event that entered the state. */
  readonly since: string;
  /** The state that a proposed solution found: an answer leads back to it. */
  readonly before: TicketStatus | null;
  readonly cycle: number;
  /** True: somebody took it without a work order; then a cancelled job doesn't put it back into dispatch. */
  readonly byHand: boolean;
  /** Ids of jobs that were opened and have not ended. */
  readonly openJobs: readonly string[];
}

/** The types of events that move a ticket's life. */
export const LIFE_EVENTS = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.IntakeReviewed',
  'ticket.HandlingStarted',
  'ticket.SolutionProposed',
  'ticket.SolutionAccepted',
  'ticket.SolutionDeclined',
  'ticket.JobOpened',
  'ticket.JobEnded',
  'ticket.ResolutionProposed',
  'ticket.ResolutionRejected',
  'ticket.ResolutionConfirmed',
  'ticket.ResolutionAcceptedBySilence',
  'ticket.ResolutionReturnedBySilence',
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketCancelled',
  'ticket.TicketReopened',
] as const satisfies readonly TicketEvent['type'][];

/** The first moment of a ticket: undefined for any other event. */
export const lifeBegins = (event: Recorded<TicketEvent>): TicketLife | undefined => {
  const at = { since: event.metadata.recordedAt, before: null, byHand: false, openJobs: [] };
  if (event.type === 'ticket.TicketSubmitted') return { ...at, state: 'awaiting-review', cycle: event.data.cycle };
  if (event.type === 'ticket.TicketRegistered') return { ...at, state: 'pending-dispatch', cycle: event.data.cycle };
  return undefined;
};

/**
 * A row with its ticket's life after one more event; the same row when nothing moved (rebuilds copy enough as it is).
 * Total: an event that fits no move changes nothing.
 */
export const livesOn = <L extends TicketLife>(life: L, event: Recorded<TicketEvent>): L => {
  const enters = (state: TicketStatus): L =>
    state === life.state ? life : { ...life, state, since: event.metadata.recordedAt, before: null };
  switch (event.type) {
    case 'ticket.IntakeReviewed':
      return life.state === 'awaiting-review' ? enters('pending-dispatch') : life;
    case 'ticket.HandlingStarted':
      return started({ ...life, byHand: event.data.workOrderId === undefined }, event.metadata.recordedAt);
    case 'ticket.SolutionProposed':
      return event.data.needsConsent && HANDLED.includes(life.state)
        ? { ...enters('awaiting-consent'), before: life.state }
        : life;
    case 'ticket.SolutionAccepted':
    case 'ticket.SolutionDeclined':
      return life.state === 'awaiting-consent' ? enters(life.before ?? 'in-progress') : life;
    case 'ticket.JobOpened':
      return life.openJobs.includes(event.data.id) ? life : { ...life, openJobs: [...life.openJobs, event.data.id] };
    case 'ticket.JobEnded':
      return afterJob({ ...life, openJobs: life.openJobs.filter((job) => job !== event.data.id) }, event);
    case 'ticket.ResolutionProposed':
      return enters('pending-confirmation');
    case 'ticket.ResolutionRejected':
    case 'ticket.ResolutionReturnedBySilence':
      return enters('in-progress');
    case 'ticket.ResolutionConfirmed':
    case 'ticket.ResolutionAcceptedBySilence':
      return enters('confirmed');
    case 'ticket.TicketClosed':
      return enters('completed');
    case 'ticket.TicketClosedUnresolved':
      return enters('closed-unresolved');
    case 'ticket.TicketCancelled':
      return enters('cancelled');
    case 'ticket.TicketReopened':
      return { ...enters('pending-dispatch'), cycle: event.data.cycle, byHand: false };
    default:
      return life;
  }
};

const HANDLED: readonly TicketStatus[] = ['pending-dispatch', 'in-progress'];

/** Whoever takes a ticket that waits for the customer's consent is at work once it is given. */
const started = <L extends TicketLife>(life: L, since: string): L => {
  if (life.state === 'pending-dispatch') return { ...life, state: 'in-progress', since };
  return life.state === 'awaiting-consent' ? { ...life, before: 'in-progress' } : life;
};

/** A cancelled job whose acceptance had started the handling leaves nobody at work, unless another is open. */
const afterJob = <L extends TicketLife>(
  life: L,
  event: Recorded<Extract<TicketEvent, { type: 'ticket.JobEnded' }>>,
): L => {
  if (event.data.outcome !== 'cancelled' || life.openJobs.length > 0 || life.byHand) return life;
  if (life.state === 'in-progress') return { ...life, state: 'pending-dispatch', since: event.metadata.recordedAt };
  return life.state === 'awaiting-consent' ? { ...life, before: 'pending-dispatch' } : life;
};

/** States in which nothing is left to do. */
export const ENDED_STATES: readonly TicketStatus[] = ['completed', 'closed-unresolved', 'cancelled', 'merged'];
