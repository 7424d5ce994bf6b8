import type { Instant, ProcessCommand, ProcessManager, Reaction } from '../kernel/index';
import { silencePlan, type SilencePlan } from '../policy/silence';
import type { TicketType } from '../vocabulary';
import { asMatter, earliest, matterOf, reaction, toTicket, type MatterEvent, type PolicyLookup } from './inputs';

/** A proposal that the customer has not answered. */
interface Wait {
  readonly since: Instant;
  readonly reminded: number;
}
export interface SilenceTimer {
  readonly zone: string;
  readonly type: TicketType;
  readonly safety: boolean;
  readonly wait?: Wait | undefined;
}

const types = [
  'ticket.TicketSubmitted',
  'ticket.TicketRegistered',
  'ticket.TicketClassified',
  'ticket.TicketPrioritized',
  'ticket.ResolutionProposed',
  'ticket.ResolutionConfirmed',
  'ticket.ResolutionRejected',
  'ticket.ResolutionAcceptedBySilence',
  'ticket.ResolutionReturnedBySilence',
  'ticket.TicketReopened',
  'ticket.TicketClosed',
  'ticket.TicketClosedUnresolved',
  'ticket.TicketCancelled',
] as const;

/**
 * DEC-05: reminds while a customer says nothing, puts the ticket on the call list, then accepts by silence or returns it,
 * holidays left out. A safety case is never decided by silence, and isn't waited for. The ticket itself looks again.
 */
export const silenceTimer = (policies: PolicyLookup): ProcessManager<SilenceTimer> => ({
  name: 'silence-timer',
  version: 1,
  types,
  instance: matterOf,
  initial: { zone: 'Asia/Shanghai', type: 'unclassified', safety: false },
  react: (state, input, { now, instance }) => {
    if (input.kind === 'event') return withAlarm(noted(state, asMatter(input.event)), policies);
    return input.kind === 'wake' ? due(state, instance, now, policies) : withAlarm(state, policies);
  },
});

const noted = (state: SilenceTimer, event: MatterEvent): SilenceTimer => {
  switch (event.type) {
    case 'ticket.TicketSubmitted':
    case 'ticket.TicketRegistered':
      return { ...state, zone: event.data.zone };
    case 'ticket.TicketClassified':
      return { ...state, type: event.data.type };
    case 'ticket.TicketPrioritized':
      return { ...state, safety: event.data.safety };
    case 'ticket.ResolutionProposed':
      return { ...state, wait: { since: event.metadata.recordedAt, reminded: 0 } };
    default:
      return { ...state, wait: undefined };
  }
};

const planOf = (state: SilenceTimer, { since }: Wait, policies: PolicyLookup): SilencePlan & { version: number } => {
  const { version, body } = policies(since).silence;
  return { version, ...silencePlan(body, { type: state.type, since, zone: state.zone }) };
};

const due = (state: SilenceTimer, ticket: string, now: Instant, policies: PolicyLookup): Reaction<SilenceTimer> => {
  const { wait } = state;
  if (!wait || state.safety) return withAlarm(state, policies);
  const plan = planOf(state, wait, policies);
  const reminders = plan.reminders
    .map((reminder, index) => ({ ...reminder, count: index + 1 }))
    .filter(({ at, count }) => count > wait.reminded && at <= now);
  const commands = reminders.map(({ count, onCallList }) =>
    toTicket(ticket, 'RemindConfirmation', { count, onCallList }),
  );
  if (plan.decideAt <= now) {
    const name = plan.action === 'accept' ? 'AcceptBySilence' : 'ReturnBySilence';
    const decision = toTicket(ticket, name, { policyVersion: plan.version, waitedSince: wait.since });
    return reaction({ ...state, wait: undefined }, [...commands, decision]);
  }
  const reminded = Math.max(wait.reminded, ...reminders.map(({ count }) => count));
  return withAlarm({ ...state, wait: { ...wait, reminded } }, policies, commands);
};

const withAlarm = (
  state: SilenceTimer,
  policies: PolicyLookup,
  commands: readonly ProcessCommand[] = [],
): Reaction<SilenceTimer> => {
  const { wait, safety } = state;
  if (!wait || safety) return reaction(state, commands);
  const plan = planOf(state, wait, policies);
  return reaction(
    state,
    commands,
    earliest([...plan.reminders.slice(wait.reminded).map(({ at }) => at), plan.decideAt]),
  );
};
