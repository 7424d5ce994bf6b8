import { event, idOf, onCallAlertEvents, plus, type DomainEvent } from '@aftercare/domain';
import type { Chance } from './chance';
import type { JournalEntry } from './journal';

const SITE = 'main';
const STAFF = ['staff-1', 'staff-2', 'staff-3'];
const MINUTE = 60_000;

/** On-call alerts of some matters, their steps mixed, from an instant on: every state, every way back, also odd orders. */
export const alerts = (chance: Chance, matters: readonly string[], from: string): readonly JournalEntry[] => {
  const stories = matters.map((matter) => alertStory(chance, matter));
  const told: JournalEntry[] = [];
  let now = from;
  for (let alive = stories; alive.length > 0; alive = alive.filter((story) => story.length > 0)) {
    now = plus(now, (1 + chance.below(12)) * MINUTE);
    const { matter, tell } = chance.oneOf(alive).shift()!;
    told.push({ stream: `on_call_alert-${idOf(matter)}`, events: tell(now), now, correlationId: matter });
  }
  return told;
};

interface Step {
  readonly matter: string;
  readonly tell: (now: string) => readonly DomainEvent[];
}

const alertStory = (chance: Chance, matter: string): Step[] => {
  const cause = { site: SITE, source: matter, number: '202603001', alertCause: 'safety' as const };
  const raised = event(onCallAlertEvents.AlertRaised, { ...cause, matter, concerned: [] });
  const steps: Step[] = [{ matter, tell: () => [raised, event(onCallAlertEvents.NobodyOnCall, nobody)] }];
  for (let rest = 1 + chance.below(9); rest > 0; rest -= 1) {
    const kind = chance.below(STEPS.length);
    const person = chance.oneOf(STAFF);
    steps.push({ matter, tell: (now) => STEPS[kind]!({ matter, person, now }) });
  }
  return steps;
};

const nobody = { site: SITE, reason: 'no-shift' } as const;

interface Turn {
  readonly matter: string;
  readonly person: string;
  readonly now: string;
}

const called = ({ person, now }: Turn) =>
  event(onCallAlertEvents.PersonNotified, {
    site: SITE,
    person,
    round: 1,
    acknowledgeBy: plus(now, 10 * MINUTE),
    shift: 'shift-1',
  });
const complaint = (matter: string): string => `complaint-${idOf(matter)}`;

const STEPS: readonly ((turn: Turn) => readonly DomainEvent[])[] = [
  (turn) => [called(turn)],
  (turn) => [called(turn)],
  ({ person }) => [event(onCallAlertEvents.AlertAcknowledged, { site: SITE, by: person, wasCalled: true })],
  () => [event(onCallAlertEvents.AlertUnanswered, { site: SITE, rounds: 2, calls: 4 })],
  (turn) => [
    event(onCallAlertEvents.CauseAdded, {
      site: SITE,
      source: complaint(turn.matter),
      number: 'KS202603001',
      alertCause: 'urgent-complaint',
    }),
    called(turn),
  ],
  ({ matter }) => [
    event(onCallAlertEvents.CauseEnded, { site: SITE, source: complaint(matter), closedFor: 'no-longer-urgent' }),
  ],
  ({ matter }) => [
    event(onCallAlertEvents.CauseLowered, { site: SITE, source: matter, alertCause: 'urgent-complaint' }),
  ],
  (turn) => [event(onCallAlertEvents.PersonExcluded, { site: SITE, concerned: turn.person }), called(turn)],
  () => [event(onCallAlertEvents.AlertClosed, { site: SITE, closedFor: 'matter-ended' })],
  ({ matter }) => [
    event(onCallAlertEvents.AlertRaised, {
      site: SITE,
      matter,
      source: matter,
      alertCause: 'safety',
      concerned: ['staff-3'],
    }),
    event(onCallAlertEvents.NobodyOnCall, nobody),
  ],
];
