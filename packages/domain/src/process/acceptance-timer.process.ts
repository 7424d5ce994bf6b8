import { idOf, MINUTE, type Instant, type ProcessCommand, type ProcessManager, type Reaction } from '../kernel/index';
import { addOnCalendar } from '../policy/calendar';
import { asMatter, earliest, matterOf, reaction, toWorkOrder, type MatterEvent, type PolicyLookup } from './inputs';

interface Job {
  readonly id: string;
  readonly zone: string;
  readonly safety: boolean;
}
/** A dispatch that waits for its acceptance. */
interface Offer {
  readonly id: string;
  readonly remindAt?: Instant | undefined;
  readonly acceptBy: Instant;
}
export interface AcceptanceTimer {
  readonly jobs: readonly Job[];
  readonly offers: readonly Offer[];
}

const types = [
  'work_order.WorkOrderPlanned',
  'work_order.WorkOrderDispatched',
  'work_order.WorkOrderAccepted',
  'work_order.WorkOrderDeclined',
  'work_order.AcceptanceLapsed',
  'work_order.DispatchWithdrawn',
  'work_order.WorkOrderCancelled',
  'work_order.WorkCompleted',
] as const;

/** DSP-06, SLA-03: reminds after 20 minutes and lets a dispatch lapse at its `acceptBy`. The order itself looks again. */
export const acceptanceTimer = (policies: PolicyLookup): ProcessManager<AcceptanceTimer> => ({
  name: 'acceptance-timer',
  version: 1,
  types,
  instance: matterOf,
  initial: { jobs: [], offers: [] },
  react: (state, input, { now }) => {
    if (input.kind === 'event') return withAlarm(noted(state, asMatter(input.event), policies));
    return input.kind === 'wake' ? due(state, now) : withAlarm(state);
  },
});

const noted = (state: AcceptanceTimer, event: MatterEvent, policies: PolicyLookup): AcceptanceTimer => {
  const id = idOf(event.stream);
  const offers = state.offers.filter((offer) => offer.id !== id);
  switch (event.type) {
    case 'work_order.WorkOrderPlanned':
      return { ...state, jobs: [...state.jobs, { id, zone: event.data.zone, safety: event.data.safety }] };
    case 'work_order.WorkOrderDispatched': {
      const { acceptBy } = event.data;
      const job = state.jobs.find((one) => one.id === id);
      const remindAt = job && remindAtOf(job, event.metadata.recordedAt, policies);
      return { ...state, offers: [...offers, { id, remindAt, acceptBy }] };
    }
    case 'work_order.WorkOrderCancelled':
    case 'work_order.WorkCompleted':
      return { jobs: state.jobs.filter((job) => job.id !== id), offers };
    default:
      return { ...state, offers };
  }
};

const remindAtOf = ({ zone, safety }: Job, dispatchedAt: Instant, policies: PolicyLookup): Instant => {
  const { remindMinutes, calendar } = policies(dispatchedAt).dispatch.body;
  return addOnCalendar(dispatchedAt, remindMinutes * MINUTE, safety ? 'always' : calendar, zone);
};

const due = (state: AcceptanceTimer, now: Instant): Reaction<AcceptanceTimer> => {
  const lapsed = state.offers.filter(({ acceptBy }) => acceptBy <= now);
  const waiting = state.offers.filter(({ acceptBy }) => acceptBy > now);
  const isRemindable = ({ remindAt }: Offer) => remindAt !== undefined && remindAt <= now;
  const commands: readonly ProcessCommand[] = [
    ...lapsed.map(({ id }) => toWorkOrder(id, 'LapseAcceptance', {})),
    ...waiting.filter(isRemindable).map(({ id }) => toWorkOrder(id, 'RemindAcceptance', { count: 1 })),
  ];
  const offers = waiting.map((offer) => (isRemindable(offer) ? { id: offer.id, acceptBy: offer.acceptBy } : offer));
  return withAlarm({ ...state, offers }, commands);
};

const withAlarm = (state: AcceptanceTimer, commands: readonly ProcessCommand[] = []): Reaction<AcceptanceTimer> =>
  reaction(state, commands, earliest(state.offers.flatMap(({ remindAt, acceptBy }) => [remindAt, acceptBy])));
