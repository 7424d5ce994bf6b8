import {
  HOUR,
  MINUTE,
  plus,
  type Instant,
  type ProcessCommand,
  type ProcessManager,
  type Reaction,
} from '../kernel/index';
import { addOnCalendar } from '../policy/calendar';
import type { TicketCommandOf } from '../ticket/commands';
import { asMatter, earliest, matterOf, reaction, toTicket, type MatterEvent, type PolicyLookup } from './inputs';

type FollowUp = TicketCommandOf<'ScheduleFollowUp'>['data']['followUp'];

interface Scheduled {
  readonly followUp: FollowUp;
  readonly dueBy: Instant;
  readonly attempts: number;
  /** Attempts after which nobody can be blamed for not reaching the customer. */
  readonly enough: number;
}
export interface FollowUpTimer {
  readonly zone: string;
  readonly safety: boolean;
  /** Accepted by silence: fewer attempts are enough. */
  readonly bySilence: boolean;
  readonly scheduled: readonly Scheduled[];
}

const types = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.TicketPrioritized',
  'ticket.ResolutionConfirmed',
  'ticket.ResolutionAcceptedBySilence',
  'ticket.FollowUpScheduled',
  'ticket.FollowUpAttempted',
  'ticket.FollowUpCompleted',
  'ticket.FollowUpMissed',
  'ticket.TicketClosed',
  'ticket.TicketReopened',
  'ticket.TicketCancelled',
] as const;

/**
 * DEC-06, SLA-04, SLA-05: the call within an hour of the confirmation, the follow-up one to three days after closing, and
 * the note that one was missed.
 */
export const followUpTimer = (policies: PolicyLookup): ProcessManager<FollowUpTimer> => ({
  name: 'follow-up-timer',
  version: 1,
  types,
  instance: matterOf,
  initial: { zone: 'Asia/Shanghai', safety: false, bySilence: false, scheduled: [] },
  react: (state, input, { now, instance }) => {
    if (input.kind === 'wake') return due(state, instance, now);
    if (input.kind === 'refused') return withAlarm(state);
    const event = asMatter(input.event);
    return withAlarm(noted(state, event, policies), toSchedule(state, event, instance, policies));
  },
});

const noted = (state: FollowUpTimer, event: MatterEvent, policies: PolicyLookup): FollowUpTimer => {
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
      return { ...state, zone: event.data.zone };
    case 'ticket.TicketPrioritized':
      return { ...state, safety: event.data.safety };
    case 'ticket.ResolutionConfirmed':
    case 'ticket.ResolutionAcceptedBySilence':
      return { ...state, bySilence: event.type === 'ticket.ResolutionAcceptedBySilence' };
    case 'ticket.FollowUpScheduled': {
      const { followUp, dueBy } = event.data;
      const { attempts, attemptsAfterSilence } = policies(event.metadata.recordedAt).closing.body;
      const enough = state.bySilence ? attemptsAfterSilence : attempts;
      return { ...state, scheduled: [...without(state, followUp), { followUp, dueBy, attempts: 0, enough }] };
    }
    case 'ticket.FollowUpAttempted': {
      const { followUp } = event.data;
      const attempted = (one: Scheduled) => (one.followUp === followUp ? { ...one, attempts: one.attempts + 1 } : one);
      return { ...state, scheduled: state.scheduled.map(attempted) };
    }
    case 'ticket.FollowUpCompleted':
    case 'ticket.FollowUpMissed':
      return { ...state, scheduled: without(state, event.data.followUp) };
    case 'ticket.TicketClosed':
    case 'ticket.TicketReopened':
    case 'ticket.TicketCancelled':
      return { ...state, scheduled: [] };
    default:
      return state;
  }
};

const without = ({ scheduled }: FollowUpTimer, followUp: FollowUp): readonly Scheduled[] =>
  scheduled.filter((one) => one.followUp !== followUp);

const toSchedule = (
  { zone, safety }: FollowUpTimer,
  event: MatterEvent,
  ticket: string,
  policies: PolicyLookup,
): readonly ProcessCommand[] => {
  const start = event.metadata.recordedAt;
  const { version: policyVersion, body } = policies(start).closing;
  switch (event.type) {
    case 'ticket.ResolutionConfirmed':
    case 'ticket.ResolutionAcceptedBySilence': {
      const calendar = safety ? 'always' : body.callCalendar;
      const dueBy = addOnCalendar(start, body.callWithinMinutes * MINUTE, calendar, zone);
      return [
        toTicket(ticket, 'ScheduleFollowUp', { followUp: 'confirmation-call', from: start, dueBy, policyVersion }),
      ];
    }
    case 'ticket.TicketClosed': {
      const from = plus(start, body.afterClosingFromHours * HOUR);
      const dueBy = plus(start, body.afterClosingToHours * HOUR);
      return [toTicket(ticket, 'ScheduleFollowUp', { followUp: 'after-closing', from, dueBy, policyVersion })];
    }
    default:
      return [];
  }
};

const due = (state: FollowUpTimer, ticket: string, now: Instant): Reaction<FollowUpTimer> => {
  const over = state.scheduled.filter(({ dueBy }) => dueBy <= now);
  const missed = over.filter(({ attempts, enough }) => attempts < enough);
  return withAlarm(
    { ...state, scheduled: state.scheduled.filter(({ dueBy }) => dueBy > now) },
    missed.map(({ followUp }) => toTicket(ticket, 'MissFollowUp', { followUp })),
  );
};

const withAlarm = (state: FollowUpTimer, commands: readonly ProcessCommand[] = []): Reaction<FollowUpTimer> =>
  reaction(state, commands, earliest(state.scheduled.map(({ dueBy }) => dueBy)));
