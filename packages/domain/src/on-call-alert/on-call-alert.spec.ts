import {
  ALERT,
  alertCommand,
  alertEvent,
  givenAlert,
  minutesIn,
  onCallPeople,
  recordedAt,
  SITE,
  TICKET,
} from '../../testing/index';
import type { DomainEvent } from '../kernel/index';

const { RaiseAlert, AddCause, EndCause, CallNext, ExcludePerson, Acknowledge } = alertCommand;
const COMPLAINT = 'complaint-9c0f1c52-0000-4000-8000-000000000001';
const raise = { site: SITE, matter: TICKET, source: TICKET, number: '202610001' };
const urgent = {
  site: SITE,
  matter: TICKET,
  source: COMPLAINT,
  number: 'KS202610001',
  alertCause: 'urgent-complaint' as const,
};
const at = (minute: number, told: DomainEvent) => recordedAt(minutesIn(minute), told);
const called = (person: string, round: number, from: number) =>
  at(from, alertEvent.notified({ person, round, acknowledgeBy: minutesIn(from + 10) }));
const raised = at(0, alertEvent.raised());
const calling = [raised, called('staff-1', 1, 0)] as const;
const bothRounds = [
  raised,
  called('staff-1', 1, 0),
  called('staff-2', 1, 10),
  called('staff-1', 2, 20),
  called('staff-2', 2, 30),
] as const;

describe('DEC-01 an alert is raised at once and calls the first on the roster', () => {
  it('with ten minutes to answer', () =>
    givenAlert().at(minutesIn(0)).when(RaiseAlert(raise)).then(alertEvent.raised(), alertEvent.notified()));

  it('says so when nobody is on call', () => {
    givenAlert().knowing({ onCall: undefined }).when(RaiseAlert(raise)).then(alertEvent.raised(), alertEvent.nobody());
  });

  it('passes over whom the complaint is about', () => {
    const data = { ...urgent, concerned: ['staff-1'] };
    givenAlert()
      .at(minutesIn(0))
      .when(RaiseAlert(data))
      .then(alertEvent.raised(data), alertEvent.notified({ person: 'staff-2' }));
    givenAlert()
      .when(RaiseAlert({ ...data, concerned: ['staff-1', 'staff-2'] }))
      .then(
        alertEvent.raised({ ...data, concerned: ['staff-1', 'staff-2'] }),
        alertEvent.nobody({ reason: 'only-the-person-concerned' }),
      );
  });

  it('once per matter, and never twice for the same cause', () => {
    givenAlert(...calling)
      .when(RaiseAlert(raise))
      .thenRefused('ON_CALL_ALERT.ALREADY_RAISED');
    givenAlert(...calling)
      .when(AddCause({ ...raise, alertCause: 'safety' }))
      .thenNothing();
  });

  it('notes a further cause while somebody is being called, and calls anew when somebody had answered', () => {
    givenAlert(...calling)
      .when(AddCause(urgent))
      .then(alertEvent.added());
    givenAlert(...calling, at(2, alertEvent.acknowledged()))
      .at(minutesIn(60))
      .when(AddCause(urgent))
      .then(alertEvent.added(), alertEvent.notified({ acknowledgeBy: minutesIn(70) }));
  });

  it('calls nobody again for less: a hazard that was none leaves an urgent complaint', () => {
    const answered = [...calling, at(2, alertEvent.acknowledged())];
    givenAlert(...answered)
      .when(AddCause(raise))
      .then(alertEvent.lowered());
    givenAlert(...answered, alertEvent.lowered())
      .at(minutesIn(60))
      .when(AddCause({ ...raise, alertCause: 'safety' }))
      .then(
        alertEvent.added({ source: TICKET, number: '202610001', alertCause: 'safety' }),
        alertEvent.notified({ acknowledgeBy: minutesIn(70) }),
      );
  });

  it('is raised again after it was closed', () =>
    givenAlert(...calling, alertEvent.closed())
      .at(minutesIn(60))
      .when(AddCause(urgent))
      .then(alertEvent.raised({ ...urgent, concerned: [] }), alertEvent.notified({ acknowledgeBy: minutesIn(70) })));
});

describe('DEC-01 no acknowledgement in 10 minutes → the next on the roster', () => {
  it('not a moment earlier', () => {
    givenAlert(...calling)
      .at(minutesIn(9))
      .when(CallNext())
      .thenNothing();
    givenAlert(...calling)
      .at(minutesIn(10))
      .when(CallNext())
      .then(alertEvent.notified({ person: 'staff-2', acknowledgeBy: minutesIn(20) }));
  });

  it('calls everybody twice, then stands as unanswered', () => {
    givenAlert(...bothRounds.slice(0, 3))
      .at(minutesIn(20))
      .when(CallNext())
      .then(alertEvent.notified({ round: 2, acknowledgeBy: minutesIn(30) }));
    givenAlert(...bothRounds)
      .at(minutesIn(40))
      .when(CallNext())
      .then(alertEvent.unanswered());
    givenAlert(...bothRounds, alertEvent.unanswered())
      .when(CallNext())
      .thenNothing();
  });

  it('goes by the roster in force then', () => {
    const people = ['staff-3', 'staff-1'];
    givenAlert(...calling)
      .knowing({ onCall: { shift: 'shift-2', people } })
      .at(minutesIn(10))
      .when(CallNext())
      .then(alertEvent.notified({ person: 'staff-3', shift: 'shift-2', acknowledgeBy: minutesIn(20) }));
    givenAlert(...calling)
      .knowing({ onCall: undefined })
      .at(minutesIn(10))
      .when(CallNext())
      .then(alertEvent.nobody());
    givenAlert(...bothRounds, alertEvent.unanswered())
      .knowing({ onCall: { shift: 'shift-2', people } })
      .at(minutesIn(60))
      .when(CallNext())
      .then(alertEvent.notified({ person: 'staff-3', round: 2, shift: 'shift-2', acknowledgeBy: minutesIn(70) }));
  });

  it('says only once that nobody is on call', () =>
    givenAlert(raised, alertEvent.nobody()).knowing({ onCall: undefined }).when(CallNext()).thenNothing());

  it('calls nobody who came in vain: an alert that was answered or closed is quiet', () => {
    givenAlert(...calling, alertEvent.acknowledged())
      .at(minutesIn(10))
      .when(CallNext())
      .thenNothing();
    givenAlert(...calling, alertEvent.closed())
      .at(minutesIn(10))
      .when(CallNext())
      .thenNothing();
    givenAlert().when(CallNext()).thenRefused('ON_CALL_ALERT.NOT_FOUND');
  });
});

describe('DEC-01 who may acknowledge', () => {
  const { first, second, third, stranger, supervisor, manager } = onCallPeople;

  it('whoever was called, also when the next was called meanwhile', () => {
    const later = [...calling, called('staff-2', 1, 10)];
    givenAlert(...later)
      .by(first)
      .when(Acknowledge())
      .then(alertEvent.acknowledged());
    givenAlert(...later)
      .by(first)
      .knowing({ onCall: undefined })
      .when(Acknowledge())
      .then(alertEvent.acknowledged());
  });

  it('anybody on the roster before their turn, a supervisor or manager without standing on it', () => {
    const answer = { wasCalled: false };
    givenAlert(...calling)
      .by(second)
      .when(Acknowledge())
      .then(alertEvent.acknowledged({ ...answer, by: second.id }));
    givenAlert(...bothRounds, alertEvent.unanswered())
      .by(supervisor)
      .when(Acknowledge())
      .then(alertEvent.acknowledged({ ...answer, by: supervisor.id }));
    givenAlert(raised, alertEvent.nobody())
      .knowing({ onCall: undefined })
      .by(manager)
      .when(Acknowledge())
      .then(alertEvent.acknowledged({ ...answer, by: manager.id }));
  });

  it('nobody else, not twice, and not whom the complaint is about', () => {
    givenAlert(...calling)
      .by(stranger)
      .when(Acknowledge())
      .thenRefused('ON_CALL_ALERT.NOT_ON_CALL');
    givenAlert(...calling, alertEvent.acknowledged())
      .by(second)
      .when(Acknowledge())
      .thenRefused('ON_CALL_ALERT.ALREADY_ACKNOWLEDGED');
    givenAlert(...calling, alertEvent.closed())
      .by(first)
      .when(Acknowledge())
      .thenRefused('ON_CALL_ALERT.CLOSED');
    givenAlert(at(0, alertEvent.raised({ concerned: ['staff-2'] })), called('staff-1', 1, 0))
      .by(second)
      .when(Acknowledge())
      .thenRefused('ON_CALL_ALERT.PERSON_CONCERNED');
    givenAlert().by(third).when(Acknowledge()).thenRefused('ON_CALL_ALERT.NOT_FOUND');
  });
});

describe('an alert ends with its last cause', () => {
  it('of two the first to go is noted', () => {
    const two = [...calling, alertEvent.added()];
    const over = { source: TICKET, closedFor: 'matter-ended' as const };
    givenAlert(...two)
      .when(EndCause(over))
      .then(alertEvent.causeEnded());
    givenAlert(...two, alertEvent.causeEnded())
      .when(EndCause({ source: COMPLAINT, closedFor: 'no-longer-urgent' }))
      .then(alertEvent.closed({ closedFor: 'no-longer-urgent' }));
    givenAlert(...two, alertEvent.causeEnded())
      .when(EndCause(over))
      .thenNothing();
    givenAlert(...two, alertEvent.closed())
      .when(EndCause(over))
      .thenNothing();
    givenAlert().when(EndCause(over)).thenRefused('ON_CALL_ALERT.NOT_FOUND');
  });
});

describe('whoever turns out to be complained about is taken off the calls', () => {
  const person = 'staff-1';

  it('and somebody else is called at once when it was their turn, or when they had answered', () => {
    const next = alertEvent.notified({ person: 'staff-2', acknowledgeBy: minutesIn(15) });
    for (const past of [calling, [...calling, at(3, alertEvent.acknowledged())]])
      givenAlert(...past)
        .at(minutesIn(5))
        .when(ExcludePerson({ person }))
        .then(alertEvent.excluded(), next);
  });

  it('and that is all when it was not', () => {
    givenAlert(...calling, called('staff-2', 1, 10))
      .when(ExcludePerson({ person }))
      .then(alertEvent.excluded());
    givenAlert(...calling, alertEvent.excluded())
      .when(ExcludePerson({ person }))
      .thenNothing();
    givenAlert(...calling, alertEvent.closed())
      .when(ExcludePerson({ person }))
      .thenNothing();
    givenAlert().when(ExcludePerson({ person })).thenRefused('ON_CALL_ALERT.NOT_FOUND');
  });
});

it('an alert has the id of its matter, so that a matter has one', () =>
  expect(ALERT.split('-').slice(1)).toEqual(TICKET.split('-').slice(1)));
