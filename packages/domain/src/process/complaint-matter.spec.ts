import { COMPLAINT, complaintCommand as complaint, complaintPeople as staff, TICKET_ID } from '../../testing/complaint';
import { Matter } from '../../testing/matter';
import { ENGINEER, people, TICKET, ticketCommand as ticket, UNIT } from '../../testing/ticket';
import { fieldPeople, workOrderCommand as order } from '../../testing/work-order';
import { DAY, HOUR, idOf, MINUTE, type Actor, type Command } from '../kernel/index';

const WORDS = '你们师傅态度太差了,还跟我吵,我要投诉';

/** The example of a command without the members named: it is about something else, or happens now. */
const without = ({ type, data }: Command, ...names: readonly string[]): Command => ({
  type,
  data: Object.fromEntries(Object.entries(data as object).filter(([name]) => !names.includes(name))),
});

/** A story in the words of its people. */
class Story extends Matter {
  must(stream: string, command: Command, actor: Actor): this {
    expect(this.tell(stream, command, actor)).toBeUndefined();
    return this;
  }
  /** Something about the latest work order, by its engineer. */
  does(command: Command, actor: Actor = fieldPeople.engineer): this {
    return this.must(`work_order-${this.workOrders().at(-1)}`, without(command, 'occurredAt'), actor);
  }
  repaired(): this {
    this.does(order.AcceptWorkOrder()).does(order.RecordArrival()).does(order.StartWork());
    this.wait(40 * MINUTE);
    return this.does(order.FileServiceReport()).does(order.CompleteWork());
  }
  /** A complaint about the ticket, with the engineer named in it or not. */
  complained(about: object = { staff: { id: ENGINEER, role: 'engineer' } }): this {
    const register = complaint.RegisterComplaint({ ...about });
    return this.must(COMPLAINT, without(register, 'happenedAt'), staff.agent);
  }
  case(command: Command, actor: Actor = staff.crm): this {
    return this.must(COMPLAINT, without(command, 'occurredAt'), actor);
  }
  /** Up to a plan that is being executed. */
  executing(): this {
    this.case(complaint.TakeComplaint()).case(complaint.AcknowledgeComplaint()).case(complaint.VerifyComplaint());
    this.case(complaint.ProposeResponsibility());
    this.case(complaint.ConfirmResponsibility({ proposalId: this.id('ResponsibilityProposed') }), staff.quality);
    this.case(complaint.ProposePlan());
    this.case(complaint.ApprovePlan({ planId: this.id('ResolutionPlanProposed', 'planId') }), staff.supervisor);
    return this.case(complaint.StartPlan());
  }
  id(type: string, name = 'proposalId'): string {
    return (this.last(`complaint.${type}`).data as Record<string, string>)[name] as string;
  }
  rework(): string {
    this.case(without(complaint.OpenReworkTicket({ category: 'air-conditioner' })));
    return `ticket-${this.id('ReworkTicketOpened', 'ticketId')}`;
  }
}

const repairing = (): Story =>
  new Story().must(TICKET, ticket.RegisterTicket({ unitId: UNIT }), people.agent).repaired();

describe('INT-17 a ticket that turns out to be a complaint becomes one', () => {
  it('at registration: with its safety, its receiver and the time it reached us; its words stay with it', () => {
    const story = new Story().must(TICKET, ticket.RegisterTicket({ words: WORDS }), people.agent);
    const { stream, data, metadata } = story.last('complaint.ComplaintRegistered');
    expect(data).toMatchObject({
      fromTicket: TICKET_ID,
      about: { ticketId: TICKET_ID, category: 'air-conditioner' },
      complaintCategory: 'attitude',
      channel: 'phone',
      receiver: { id: 'agent-1', role: 'agent' },
    });
    expect(metadata.correlationId).toBe(TICKET);
    expect(story.statusOf(TICKET)).toBe('cancelled');
    expect(story.last('ticket.TicketCancelled').data).toMatchObject({
      reason: 'became-complaint',
      complaintId: idOf(stream),
    });
    expect(story.last('ticket.ComplaintOpened').data).toMatchObject({ complaintId: idOf(stream) });
  });

  it('a hazard makes it urgent', () => {
    const words = `${WORDS},插座还漏电`;
    const story = new Story().must(TICKET, ticket.SubmitTicket({ words, channel: 'wechat' }), people.channel);
    expect(story.last('complaint.SeverityAssessed').data).toMatchObject({ severity: 'urgent', safety: true });
    expect(story.last('complaint.ComplaintRegistered').data).toMatchObject({ receiver: { role: 'channel' } });
  });

  it('later, by a person’s word: its jobs are cancelled', () => {
    const story = new Story()
      .must(TICKET, ticket.RegisterTicket({ unitId: UNIT }), people.agent)
      .must(TICKET, ticket.ClassifyTicket({ type: 'complaint', reason: '客户只想投诉' }), people.supervisor);
    expect(story.statusOf(TICKET)).toBe('cancelled');
    expect(story.statusOf(`work_order-${story.workOrders()[0]}`)).toBe('cancelled');
    expect(story.names('complaint').filter((name) => name === 'ComplaintRegistered')).toHaveLength(1);
  });

  it('one that is about a ticket leaves the ticket alone', () =>
    expect(repairing().complained({}).statusOf(TICKET)).toBe('pending-confirmation'));
});

describe('CLO-04 an engineer named in an open complaint isn’t sent back', () => {
  it('a rejection goes to the supervisor, and nobody is dispatched by rule', () => {
    const story = repairing().complained();
    expect(story.last('ticket.ComplaintOpened').data).toMatchObject({ engineerId: ENGINEER });
    story.must(TICKET, ticket.RejectResolution(), people.customer);
    expect(story.last('ticket.OwnerAssigned').data).toMatchObject({
      role: 'supervisor',
      reason: 'named-in-complaint',
    });
    story.must(TICKET, ticket.RecordDiagnosis(), people.expert);
    expect(story.workOrders()).toHaveLength(1);
    story.must(TICKET, ticket.RouteTicket({ route: 'visit' }), people.supervisor);
    expect(story.workOrders()).toHaveLength(2);
    expect(story.names('work_order').filter((name) => name === 'WorkOrderDispatched')).toHaveLength(1);
  });

  it('it goes back to them when nobody is named, or when the complaint has ended', () => {
    const unnamed = repairing().complained({}).must(TICKET, ticket.RejectResolution(), people.customer);
    expect(unnamed.last('ticket.OwnerAssigned').data).toMatchObject({ role: 'engineer', person: ENGINEER });
    const ended = repairing().complained().case(complaint.WithdrawComplaint(), staff.agent);
    expect(ended.names('ticket')).toContain('ComplaintEnded');
    ended
      .must(TICKET, ticket.RejectResolution(), people.customer)
      .must(TICKET, ticket.RecordDiagnosis(), people.expert);
    expect(ended.last('work_order.WorkOrderDispatched').data).toMatchObject({ to: { id: ENGINEER } });
    expect(ended.workOrders()).toHaveLength(2);
  });

  it('also when they are named only later, and again after a reopening', () => {
    const story = repairing().complained({});
    story.case(complaint.TakeComplaint()).case(complaint.IdentifySubject({ handlerIsSubordinateOf: [] }));
    expect(story.last('ticket.ComplaintOpened').data).toMatchObject({ engineerId: ENGINEER });
    story.case(complaint.WithdrawComplaint()).case(complaint.ReopenComplaint());
    expect(story.names('ticket').slice(-2)).toEqual(['ComplaintEnded', 'ComplaintOpened']);
  });

  it('CLO-05 an open complaint doesn’t block closing', () => {
    const story = repairing().complained();
    story.must(TICKET, without(ticket.ConfirmResolution()), people.customer);
    story.must(TICKET, without(ticket.CompleteFollowUp()), people.agent);
    story.must(TICKET, ticket.CloseTicket(), people.agent);
    expect(story.statusOf(TICKET)).toBe('completed');
  });
});

describe('the ticket of a complaint that stood alone, or named another one', () => {
  it('is told when it becomes known; the one named by mistake is told that it is over', () => {
    const other = '7d9f1c52-0000-4000-8000-000000000009';
    const story = repairing().complained({ ticketId: other });
    expect(story.sent.filter(({ type }) => type === 'ticket.NoteComplaint')).toMatchObject([
      { stream: `ticket-${other}`, refused: 'TICKET.NOT_FOUND' },
    ]);
    story.case(complaint.IdentifySubject({ ticketId: TICKET_ID, handlerIsSubordinateOf: [] }));
    expect(
      story.sent.filter(({ type }) => type.endsWith('Complaint')).map(({ type, stream }) => [type, stream]),
    ).toEqual([
      ['ticket.NoteComplaint', `ticket-${other}`],
      ['ticket.EndComplaint', `ticket-${other}`],
      ['ticket.NoteComplaint', TICKET],
    ]);
  });
});

describe('CMP-09, CMP-11 a rework ticket does a step of the plan', () => {
  it('is opened by the process as a repeat, routed and dispatched; its completion completes the step', () => {
    const story = repairing().complained({}).executing();
    const rework = story.rework();
    const own = story.events.filter(({ stream }) => stream === rework);
    expect(own.map(({ type }) => type.slice(7))).toEqual(
      expect.arrayContaining(['TicketRegistered', 'ReworkOrdered', 'TicketLinked', 'HandlingRouted', 'JobOpened']),
    );
    expect(own.every(({ metadata }) => metadata.correlationId === rework)).toBe(true);
    expect(own.find(({ type }) => type === 'ticket.TicketLinked')?.data).toMatchObject({ relation: 'repeat-of' });
    expect(own.find(({ type }) => type === 'ticket.TicketClassified')?.data).toMatchObject({
      type: 'repair',
      decided: { by: 'person' },
    });
    story.repaired().must(rework, without(ticket.ConfirmResolution()), people.customer);
    story.must(rework, without(ticket.CompleteFollowUp()), people.agent);
    expect(story.names('complaint')).not.toContain('PlanStepCompleted');
    story.must(rework, ticket.CloseTicket(), people.agent);
    expect(story.last('complaint.PlanStepCompleted').data).toMatchObject({ planStepId: 'p1', ticketId: idOf(rework) });
    story.must(rework, ticket.ReopenTicket(), people.agent);
    expect(story.last('complaint.PlanStepReopened').data).toMatchObject({ reason: 'rework-reopened' });
  });

  it('CLO-04 isn’t done by the engineer complained about: a person dispatches it, until the complaint has ended', () => {
    const story = repairing().complained();
    const dispatched = () => story.names('work_order').filter((name) => name === 'WorkOrderDispatched').length;
    const before = dispatched();
    story.executing();
    const rework = story.rework();
    const own = story.events.filter(({ stream }) => stream === rework);
    expect(own.find(({ type }) => type === 'ticket.ComplaintOpened')?.data).toMatchObject({ engineerId: ENGINEER });
    expect(own.at(-1)?.data).toMatchObject({ role: 'supervisor', reason: 'named-in-complaint' });
    expect(story.workOrders()).toHaveLength(2);
    expect(dispatched()).toBe(before);
    story.case(complaint.WithdrawComplaint(), staff.agent);
    expect(story.events.filter(({ stream }) => stream === rework).map(({ type }) => type)).toContain(
      'ticket.ComplaintEnded',
    );
  });

  it('CLO-04 learns of an engineer who is named while it is under way', () => {
    const story = repairing().complained({}).executing();
    const rework = story.rework();
    story.case(complaint.IdentifySubject({ handlerIsSubordinateOf: [] }));
    const told = story.events.filter(({ stream, type }) => stream === rework && type === 'ticket.ComplaintOpened');
    expect(told).toMatchObject([{ data: { engineerId: ENGINEER } }]);
  });

  it('one that ends unsolved leaves the step open', () => {
    const story = repairing().complained({}).executing();
    const rework = story.rework();
    story.must(rework, ticket.CancelTicket({ reason: 'mistake' }), people.agent);
    expect(story.last('complaint.ReworkTicketFailed').data).toMatchObject({ reason: 'cancelled' });
    const again = story.rework();
    story.must(again, ticket.CloseUnresolved({ reason: 'out-of-scope' }), people.agent);
    expect(story.last('complaint.ReworkTicketFailed').data).toMatchObject({ reason: 'unresolved' });
    story.case(complaint.CompletePlanStep()).case(complaint.CommunicateOutcome());
    expect(story.statusOf(COMPLAINT)).toBe('pending-verdict');
  });
});

describe('DEC-09 responsibility becomes final by itself', () => {
  it('when the five working days have passed without an appeal, also of a closed complaint', () => {
    const story = repairing().complained({}).executing().case(complaint.NotifyResponsibility());
    const { appealBy } = story.last('complaint.ResponsibilityNotified').data as { appealBy: string };
    story.wait(30 * DAY);
    const { metadata } = story.last('complaint.ResponsibilityBecameFinal');
    expect(metadata.recordedAt > appealBy).toBe(true);
    expect(metadata.actor.role).toBe('system');
  });

  it('not while an appeal is open; then with the decision', () => {
    const story = repairing().complained({}).executing().case(complaint.NotifyResponsibility());
    story.wait(HOUR);
    story.case(complaint.AppealResponsibility(), staff.engineer).wait(30 * DAY);
    expect(story.names('complaint')).not.toContain('ResponsibilityBecameFinal');
    story.case(complaint.DecideAppeal({ appealId: story.id('ResponsibilityAppealed', 'appealId') }), staff.hr);
    expect(story.last('complaint.AppealDecided').data).toMatchObject({ final: true });
  });
});

describe('SLA-09 the clocks of a complaint run through its life', () => {
  it('remind and escalate what nobody did', () => {
    const story = new Story().must(COMPLAINT, without(complaint.RegisterComplaint(), 'happenedAt'), staff.agent);
    story.wait(30 * DAY);
    const missed = story.events.filter(({ type }) => type === 'complaint.ControlPointMissed');
    expect(missed.map(({ data }) => (data as { point: string }).point)).toEqual(
      expect.arrayContaining(['acknowledge', 'responsibility', 'plan']),
    );
    expect(story.sent.filter(({ refused, type }) => type.startsWith('complaint.') && refused)).toEqual([]);
  });
});
