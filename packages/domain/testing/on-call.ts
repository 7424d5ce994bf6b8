import type { Actor } from '../src/kernel/index';
import { onCallAlertCommands } from '../src/on-call-alert/commands';
import { onCallAlertEvents } from '../src/on-call-alert/events';
import type { OnCallFacts } from '../src/on-call-alert/facts';
import { onCallAlertRegistration } from '../src/on-call-alert/registration';
import { onCallRosterCommands } from '../src/on-call-roster/commands';
import { onCallRosterEvents } from '../src/on-call-roster/events';
import { onCallRosterRegistration } from '../src/on-call-roster/registration';
import { commandBuilder, eventBuilder } from './builders';
import { minutesIn } from './recorded';
import { scenarioOf } from './scenario';
import { TICKET } from './ticket';

/** Stream of the roster of the site of these stories. */
export const ROSTER = 'on_call_roster-5c0f1c52-0000-4000-8000-000000000001';
export const SITE = 'shanghai';
/** The alert of the ticket that stories use has its id. */
export const ALERT = `on_call_alert-${TICKET.slice('ticket-'.length)}`;

export const onCallPeople = {
  supervisor: { id: 'supervisor-1', role: 'supervisor' },
  manager: { id: 'manager-1', role: 'manager' },
  first: { id: 'staff-1', role: 'expert' },
  second: { id: 'staff-2', role: 'engineer' },
  third: { id: 'staff-3', role: 'agent' },
  stranger: { id: 'staff-9', role: 'agent' },
  system: { id: 'process', role: 'system' },
} as const satisfies Record<string, Actor>;

/** given(...).when(...).then(...) on a roster; by default a supervisor plans. */
export const givenRoster = scenarioOf<undefined>(onCallRosterRegistration, {
  stream: ROSTER,
  facts: undefined,
  actor: onCallPeople.supervisor,
});

export const onCallFacts: OnCallFacts = {
  rosterRevision: 1,
  onCall: { shift: 'shift-1', people: ['staff-1', 'staff-2'] },
};

/** The same on an alert; by default the process sends. */
export const givenAlert = scenarioOf<OnCallFacts>(onCallAlertRegistration, {
  stream: ALERT,
  facts: onCallFacts,
  actor: onCallPeople.system,
});

export const rosterEvent = {
  opened: eventBuilder(onCallRosterEvents.RosterOpened, { site: SITE, zone: 'Asia/Shanghai' }),
  planned: eventBuilder(onCallRosterEvents.OnCallPlanned, {
    site: SITE,
    shift: 'shift-1',
    from: minutesIn(60),
    until: minutesIn(180),
    people: ['staff-1', 'staff-2'],
  }),
  cancelled: eventBuilder(onCallRosterEvents.OnCallCancelled, { site: SITE, shift: 'shift-1' }),
};

export const alertEvent = {
  raised: eventBuilder(onCallAlertEvents.AlertRaised, {
    site: SITE,
    matter: TICKET,
    source: TICKET,
    number: '202610001',
    alertCause: 'safety',
    concerned: [],
  }),
  added: eventBuilder(onCallAlertEvents.CauseAdded, {
    site: SITE,
    source: 'complaint-9c0f1c52-0000-4000-8000-000000000001',
    number: 'KS202610001',
    alertCause: 'urgent-complaint',
  }),
  lowered: eventBuilder(onCallAlertEvents.CauseLowered, {
    site: SITE,
    source: TICKET,
    alertCause: 'urgent-complaint',
  }),
  causeEnded: eventBuilder(onCallAlertEvents.CauseEnded, { site: SITE, source: TICKET, closedFor: 'matter-ended' }),
  notified: eventBuilder(onCallAlertEvents.PersonNotified, {
    site: SITE,
    person: 'staff-1',
    round: 1,
    acknowledgeBy: minutesIn(10),
    shift: 'shift-1',
    rosterRevision: 1,
  }),
  nobody: eventBuilder(onCallAlertEvents.NobodyOnCall, { site: SITE, reason: 'no-shift', rosterRevision: 1 }),
  unanswered: eventBuilder(onCallAlertEvents.AlertUnanswered, { site: SITE, rounds: 2, calls: 4, rosterRevision: 1 }),
  acknowledged: eventBuilder(onCallAlertEvents.AlertAcknowledged, { site: SITE, by: 'staff-1', wasCalled: true }),
  excluded: eventBuilder(onCallAlertEvents.PersonExcluded, { site: SITE, concerned: 'staff-1' }),
  closed: eventBuilder(onCallAlertEvents.AlertClosed, { site: SITE, closedFor: 'matter-ended' }),
};

export const rosterCommand = {
  PlanOnCall: commandBuilder(onCallRosterCommands.PlanOnCall),
  CancelOnCall: commandBuilder(onCallRosterCommands.CancelOnCall),
  OpenRoster: commandBuilder(onCallRosterCommands.OpenRoster),
};

export const alertCommand = {
  RaiseAlert: commandBuilder(onCallAlertCommands.RaiseAlert),
  AddCause: commandBuilder(onCallAlertCommands.AddCause),
  EndCause: commandBuilder(onCallAlertCommands.EndCause),
  CallNext: commandBuilder(onCallAlertCommands.CallNext),
  ExcludePerson: commandBuilder(onCallAlertCommands.ExcludePerson),
  Acknowledge: commandBuilder(onCallAlertCommands.Acknowledge),
};
