import { COMPLAINT, complaintCommand as complaint, complaintPeople as staff } from '../../../testing/complaint';
import { Matter } from '../../../testing/matter';
import { ALERT, alertCommand, onCallPeople, ROSTER, rosterCommand, SITE } from '../../../testing/on-call';
import { recordedAt, recordedStory, START } from '../../../testing/recorded';
import { people, TICKET, ticketCommand as ticket, ticketEvent, UNIT } from '../../../testing/ticket';
import { DAY, HOUR, MINUTE, plus, type Actor, type Command, type RecordedEvent } from '../../kernel/index';
import { onCallAlertProcess } from './on-call-alert.process';
import { onCallShifts } from './on-call-shifts.process';

const HAZARD = '插座漏电,麻手';
const acknowledged: Command = { type: 'complaint.AcknowledgeComplaint', data: { reached: true, channel: 'phone' } };

class Night extends Matter {
  must(stream: string, command: Command, actor: Actor): this {
    expect(this.tell(stream, command, actor)).toBeUndefined();
    return this;
  }
  roster(...shifts: readonly (readonly [hours: number, ...people: string[]])[]): this {
    this.must(ROSTER, rosterCommand.OpenRoster({ site: SITE, zone: 'Asia/Shanghai' }), onCallPeople.system);
    let from = this.now;
    for (const [hours, ...names] of shifts) {
      const until = plus(from, hours * HOUR);
      this.must(ROSTER, rosterCommand.PlanOnCall({ from, until, people: names }), onCallPeople.supervisor);
      from = until;
    }
    return this;
  }
  plan(people: readonly string[], hours = 12): this {
    const period = { from: this.now, until: plus(this.now, hours * HOUR) };
    return this.must(ROSTER, rosterCommand.PlanOnCall({ ...period, people: [...people] }), onCallPeople.supervisor);
  }
  hazard(words = HAZARD): this {
    return this.must(TICKET, ticket.RegisterTicket({ words, unitId: UNIT }), people.agent);
  }
  /** Without a ticket it stands alone. */
  complains(more: { readonly ticketId?: string; readonly [name: string]: unknown } = {}): this {
    const { happenedAt: _now, ticketId: _ticket, ...data } = complaint.RegisterComplaint().data;
    return this.must(COMPLAINT, { type: 'complaint.RegisterComplaint', data: { ...data, ...more } }, staff.agent);
  }
  after(minutes: number): this {
    this.wait(minutes * MINUTE);
    return this;
  }
  answer(actor: Actor): this {
    return this.must(ALERT, alertCommand.Acknowledge(), actor);
  }
  /** What the alert lived through: `PersonNotified staff-1`, … */
  story(stream = ALERT): readonly string[] {
    return this.events
      .filter((event) => event.stream === stream)
      .map(({ type, data }) => {
        const { person, by, closedFor, alertCause } = data as Record<string, string>;
        return [type.slice('on_call_alert.'.length), person ?? by ?? closedFor ?? alertCause].filter(Boolean).join(' ');
      });
  }
  minutesOf(type: string): readonly number[] {
    return this.events
      .filter((event) => event.type === `on_call_alert.${type}`)
      .map(({ metadata }) => (Date.parse(metadata.recordedAt) - Date.parse(START)) / MINUTE);
  }
}

const night = () => new Night().roster([12, 'staff-1', 'staff-2']);

describe('DEC-01, INT-25 the person on call is notified at once', () => {
  it('of a safety case; who answers in time is the last one called', () => {
    const story = night().hazard().after(9).answer(onCallPeople.first).after(600);
    expect(story.story()).toEqual(['AlertRaised safety', 'PersonNotified staff-1', 'AlertAcknowledged staff-1']);
    expect(story.minutesOf('PersonNotified')).toEqual([0]);
    const { correlationId, actor } = story.last('on_call_alert.PersonNotified').metadata;
    expect([correlationId, actor.role]).toEqual([TICKET, 'system']);
    expect(story.last('on_call_alert.AlertRaised').data).toMatchObject({ matter: TICKET, source: TICKET, site: SITE });
  });

  it('of a submission that nobody has reviewed yet', () => {
    const story = night().must(TICKET, ticket.SubmitTicket({ words: HAZARD, channel: 'wechat' }), people.channel);
    expect(story.story()).toEqual(['AlertRaised safety', 'PersonNotified staff-1']);
  });

  it('no acknowledgement in 10 minutes: the next, twice round, then the supervisors', () => {
    const story = night().hazard().after(300);
    expect(story.story()).toEqual([
      'AlertRaised safety',
      'PersonNotified staff-1',
      'PersonNotified staff-2',
      'PersonNotified staff-1',
      'PersonNotified staff-2',
      'AlertUnanswered',
    ]);
    expect(story.minutesOf('PersonNotified')).toEqual([0, 10, 20, 30]);
    expect(story.minutesOf('AlertUnanswered')).toEqual([40]);
    story.answer(onCallPeople.supervisor);
    expect(story.statusOf(ALERT)).toBe('acknowledged');
  });

  it('of nothing that can wait', () => {
    const story = night()
      .hazard('空调不制冷')
      .after(DAY / MINUTE);
    expect(story.names('on_call_alert')).toEqual([]);
    expect(story.sent.filter(({ type }) => type.startsWith('on_call_alert.'))).toEqual([]);
  });

  it('of an urgent complaint, and of one that becomes urgent later', () => {
    const story = night().complains();
    expect(story.names('on_call_alert')).toEqual([]);
    for (const command of [complaint.TakeComplaint(), acknowledged, complaint.VerifyComplaint()])
      story.must(COMPLAINT, command, staff.crm);
    story.must(COMPLAINT, complaint.AssessSeverity({ urgency: 'immediate' }), staff.crm);
    const alert = ALERT.replace(/-.*/, COMPLAINT.slice('complaint'.length));
    expect(story.story(alert)).toEqual(['AlertRaised urgent-complaint', 'PersonNotified staff-1']);
    story.must(COMPLAINT, complaint.MarkSafety(), staff.crm);
    expect(story.story(alert).slice(2)).toEqual(['CauseAdded safety']);
  });

  it('of a ticket that becomes a hazard later', () => {
    const story = night().hazard('空调不制冷').after(30).must(TICKET, ticket.MarkSafety(), people.agent);
    expect(story.minutesOf('PersonNotified')).toEqual([30]);
  });
});

describe('DEC-01 the alert looks again whether its matter still needs somebody', () => {
  it('ends when the hazard was none', () => {
    const story = night().hazard().after(5).must(TICKET, ticket.LowerSafety(), people.supervisor).after(300);
    expect(story.story().slice(2)).toEqual(['AlertClosed no-longer-urgent']);
  });

  it('ends with the ticket, and is raised again when that is reopened', () => {
    const story = night().hazard().after(15);
    story.must(TICKET, ticket.CancelTicket({ reason: 'by-customer' }), people.agent).after(30);
    expect(story.story().slice(2)).toEqual(['PersonNotified staff-2', 'AlertClosed matter-ended']);
    story.must(TICKET, ticket.ReopenTicket(), people.agent);
    expect(story.story().slice(4)).toEqual(['AlertRaised safety', 'PersonNotified staff-1']);
  });

  it('two causes of one matter are one alert: who answers sees both, and it ends with the last', () => {
    const story = night()
      .hazard()
      .complains({ ticketId: TICKET.slice(7), graveCause: 'demanding-favours' });
    expect(story.story()).toEqual(['AlertRaised safety', 'PersonNotified staff-1', 'CauseAdded urgent-complaint']);
    story.must(TICKET, ticket.LowerSafety(), people.supervisor);
    expect(story.story().slice(3)).toEqual(['CauseEnded no-longer-urgent']);
    story.must(COMPLAINT, complaint.WithdrawComplaint(), staff.agent);
    expect(story.story().slice(4)).toEqual(['AlertClosed matter-ended']);
  });

  it('a cause that comes after the answer calls again', () => {
    const story = night().hazard().after(3).answer(onCallPeople.first).after(60);
    story.complains({ ticketId: TICKET.slice(7), graveCause: 'demanding-favours' });
    expect(story.story().slice(3)).toEqual(['CauseAdded urgent-complaint', 'PersonNotified staff-1']);
  });

  it('INT-17 a hazard whose ticket becomes a complaint calls once', () => {
    const story = night().hazard(`你们师傅态度太差了,我要投诉,${HAZARD}`);
    expect(story.statusOf(TICKET)).toBe('cancelled');
    expect(story.story()).toEqual([
      'AlertRaised safety',
      'PersonNotified staff-1',
      'CauseAdded safety',
      'CauseEnded matter-ended',
    ]);
    expect(story.statusOf(ALERT)).toBe('calling');
  });

  it('CMP-01 whom the complaint is about is not called, and taken off when they turn out to be', () => {
    const story = new Night().roster([12, 'staff-2', 'staff-1']).hazard();
    story.complains({
      ticketId: TICKET.slice(7),
      graveCause: 'demanding-favours',
      staff: { id: 'staff-2', role: 'engineer' },
    });
    expect(story.story()).toEqual([
      'AlertRaised safety',
      'PersonNotified staff-2',
      'PersonExcluded',
      'PersonNotified staff-1',
      'CauseAdded urgent-complaint',
    ]);
    story.after(120);
    expect(story.story().filter((one) => one === 'PersonNotified staff-2')).toHaveLength(1);
  });
});

describe('DEC-01 the roster changes in between', () => {
  it('a shift that ends: the next call goes by the one in force then', () => {
    const story = new Night().roster([1, 'staff-1', 'staff-2'], [8, 'staff-3']);
    story.after(55).hazard().after(15);
    expect(story.story()).toEqual(['AlertRaised safety', 'PersonNotified staff-1', 'PersonNotified staff-3']);
  });

  it('without a roster it says so, and calls as soon as somebody is planned', () => {
    const story = new Night().hazard().after(90);
    expect(story.story()).toEqual(['AlertRaised safety', 'NobodyOnCall']);
    story.roster().after(5).plan(['staff-3']);
    expect(story.story().slice(2)).toEqual(['PersonNotified staff-3']);
    expect(story.minutesOf('PersonNotified')).toEqual([95]);
  });

  it('between two shifts it waits for the next one to begin', () => {
    const story = new Night().roster();
    const later = { from: plus(story.now, 2 * HOUR), until: plus(story.now, 4 * HOUR), people: ['staff-3'] };
    story.must(ROSTER, rosterCommand.PlanOnCall(later), onCallPeople.supervisor).hazard().after(180);
    expect(story.minutesOf('NobodyOnCall')).toEqual([0]);
    expect(story.minutesOf('PersonNotified')).toEqual([120, 130]);
  });

  it('after nobody answered, whoever comes on call next is called; nobody is called a third time', () => {
    const story = new Night().roster([2, 'staff-1'], [8, 'staff-1', 'staff-3']).hazard().after(600);
    expect(story.story().slice(1)).toEqual([
      'PersonNotified staff-1',
      'PersonNotified staff-1',
      'AlertUnanswered',
      'PersonNotified staff-3',
      'AlertUnanswered',
    ]);
    expect(story.minutesOf('PersonNotified')).toEqual([0, 10, 120]);
  });

  it('asks again when the plan was changed while it was found that nobody is on call', () => {
    const changed = planned(3);
    const nobody = {
      ...planned(0),
      stream: ALERT,
      type: 'on_call_alert.NobodyOnCall',
      data: { site: SITE, rosterRevision: 2 },
    };
    const context = { now: START, instance: SITE, uuid: (name: string) => name };
    const { state } = onCallShifts.react(onCallShifts.initial, { kind: 'event', event: changed }, context);
    const { commands } = onCallShifts.react(state, { kind: 'event', event: nobody }, context);
    expect(commands).toMatchObject([{ stream: ALERT, type: 'on_call_alert.CallNext' }]);
  });
});

const planned = (revision: number): RecordedEvent => ({
  ...recordedStory(ROSTER, [recordedAt(START, { type: 'on_call_roster.OnCallPlanned', data: {} })])[0]!,
  revision,
  data: { site: SITE, shift: 's', from: START, until: plus(START, HOUR), people: ['staff-1'] },
});

describe('a store that is older than the process', () => {
  const react = (events: readonly RecordedEvent[], now: string) =>
    events.reduce(
      ({ state }, event) =>
        onCallAlertProcess.react(state, { kind: 'event', event }, { now, instance: TICKET, uuid: (name) => name }),
      { state: onCallAlertProcess.initial, commands: [] } as ReturnType<typeof onCallAlertProcess.react>,
    );
  const old = recordedStory(TICKET, [ticketEvent.registered(), ticketEvent.prioritized({ safety: true })]);
  const now = plus(START, 90 * DAY);

  it('calls nobody for what is long over', () => {
    const ended = recordedStory(TICKET, [
      ticketEvent.registered(),
      ticketEvent.prioritized({ safety: true }),
      ticketEvent.cancelled(),
    ]);
    const { commands, nextWakeAt } = react(ended, now);
    expect([commands, nextWakeAt]).toEqual([[], undefined]);
  });

  it('looks again at what is still open when everything has been read', () => {
    const read = react(old, now);
    expect([read.commands, read.nextWakeAt]).toEqual([[], now]);
    const woken = onCallAlertProcess.react(
      read.state,
      { kind: 'wake', id: 'wake' },
      { now, instance: TICKET, uuid: (name) => name },
    );
    expect(woken.commands).toMatchObject([{ stream: ALERT, type: 'on_call_alert.RaiseAlert' }]);
  });
});
