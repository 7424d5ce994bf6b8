import { Matter } from '../../testing/matter';
import { minutesIn } from '../../testing/recorded';
import { ENGINEER, people, TICKET, ticketCommand, UNIT } from '../../testing/ticket';
import {
  candidate,
  fieldPeople,
  SECOND_ENGINEER,
  SIGNATURE,
  workOrderCommand as order,
} from '../../testing/work-order';
import { DAY, HOUR, MINUTE, type Actor, type Command } from '../kernel/index';

const { engineer, second, supervisor } = fieldPeople;
/** The example of a command without its time: it happens now. */
const without = ({ type, data }: Command): Command => {
  const { occurredAt: _occurredAt, ...rest } = data as { occurredAt?: string };
  return { type, data: rest };
};

/** A story in the words of its people. */
class Story extends Matter {
  registered(changes: Parameters<typeof ticketCommand.RegisterTicket>[0] = {}): this {
    return this.must(TICKET, ticketCommand.RegisterTicket({ unitId: UNIT, ...changes }), people.agent);
  }
  must(stream: string, command: Command, actor: Actor): this {
    expect(this.tell(stream, command, actor)).toBeUndefined();
    return this;
  }
  /** Something about the latest work order. */
  does(command: Command, actor: Actor = engineer): this {
    return this.must(`work_order-${this.workOrders().at(-1)}`, without(command), actor);
  }
  customer(command: Command, actor: Actor = people.customer): this {
    return this.must(TICKET, command, actor);
  }
  visits(outcome: string, more: object = {}, actor: Actor = engineer): this {
    this.does(order.AcceptWorkOrder(), actor).does(order.RecordArrival(), actor).does(order.StartWork(), actor);
    this.wait(40 * MINUTE);
    if (outcome === 'fixed') this.does(order.FileServiceReport(), actor);
    return this.does({ type: 'work_order.CompleteWork', data: { outcome, ...more } }, actor);
  }
  ticketStatus(): string {
    return this.statusOf(TICKET);
  }
  commands(type: string): readonly unknown[] {
    return this.sent.filter((one) => one.type === type).map(({ data }) => data);
  }
  refusals(): readonly string[] {
    return this.sent.flatMap(({ type, refused }) =>
      refused === undefined || refused === 'ignored' ? [] : [`${type}: ${refused}`],
    );
  }
}

const story = (changes: Parameters<Story['registered']>[0] = {}): Story => new Story().registered(changes);

describe('from the first call to closing', () => {
  it('plans, dispatches, starts the handling on acceptance, proposes and confirms by signature', () => {
    const matter = story();
    expect(matter.names('work_order')).toEqual(['WorkOrderPlanned', 'WorkOrderDispatched']);
    expect(matter.last('work_order.WorkOrderPlanned').data).toMatchObject({
      kind: 'visit',
      skills: ['refrigeration'],
      region: '310104',
      visitIndex: 1,
    });
    expect(matter.names('ticket')).toContain('JobOpened');
    matter.does(order.AcceptWorkOrder());
    expect(matter.ticketStatus()).toBe('in-progress');
    expect(matter.last('ticket.HandlingStarted').data).toMatchObject({ role: 'engineer', person: ENGINEER });
    matter.does(order.RecordArrival()).does(order.StartWork()).does(order.FitPart());
    matter.wait(40 * MINUTE);
    matter.does(order.FileServiceReport({ acceptance: 'signed', signature: SIGNATURE })).does(order.CompleteWork());
    expect(matter.ticketStatus()).toBe('confirmed');
    expect(matter.last('ticket.JobEnded').data).toMatchObject({
      outcome: 'fixed',
      workMinutes: 40,
      parts: [{ partNo: 'KFR-35-CAP', quantity: 1, unit: 'piece' }],
    });
    expect(matter.last('ticket.ResolutionProposed').data).toMatchObject({ by: 'visit', faultCode: 'E4' });
    expect(matter.last('ticket.ResolutionConfirmed').data).toMatchObject({ channel: 'signature' });
    expect(matter.last('ticket.FollowUpScheduled').data).toMatchObject({ followUp: 'confirmation-call' });
    expect(matter.refusals()).toEqual([]);
  });

  it('WAR-07 enters the repair in the unit’s history', () =>
    expect(story().visits('fixed').commands('product_unit.RecordRepair')).toMatchObject([
      { faultCode: 'E4', from: minutesIn(0), to: minutesIn(40) },
    ]));

  it('resolves a remote job as remote', () => {
    const matter = story();
    matter.must(TICKET, ticketCommand.RouteTicket({ route: 'remote' }), people.agent);
    expect(matter.names('work_order').filter((name) => name === 'WorkOrderCancelled')).toHaveLength(1);
    expect(matter.last('work_order.WorkOrderPlanned').data).toMatchObject({ kind: 'remote' });
    matter
      .does(order.AcceptWorkOrder())
      .does(order.StartWork())
      .does(order.FileServiceReport())
      .does(order.CompleteWork());
    expect(matter.last('ticket.ResolutionProposed').data).toMatchObject({ by: 'remote' });
    expect(matter.ticketStatus()).toBe('pending-confirmation');
  });

  it('waits for the report of a fixed job', () => {
    const matter = story().does(order.AcceptWorkOrder()).does(order.StartWork()).does(order.CompleteWork());
    expect(matter.ticketStatus()).toBe('in-progress');
    matter.does(order.FileServiceReport({ acceptance: 'signed', signature: SIGNATURE }));
    expect(matter.ticketStatus()).toBe('confirmed');
    expect(matter.refusals()).toEqual([]);
  });

  it('plans nothing for what no work order solves', () => {
    const { serviceType: _serviceType, ...rest } = ticketCommand.RegisterTicket().data;
    const enquiry = { ...rest, words: '请问怎么清洗滤网', impact: 'none', intent: 'enquiry' };
    const matter = new Story().must(TICKET, { type: 'ticket.RegisterTicket', data: enquiry }, people.agent);
    expect(matter.last('ticket.HandlingRouted').data).toMatchObject({ route: 'first-touch' });
    expect(matter.workOrders()).toEqual([]);
  });

  it('asks for the category and plans once the unit is known', () => {
    const { category: _category, model: _model, ...rest } = ticketCommand.RegisterTicket().data;
    const matter = new Story().must(
      TICKET,
      { type: 'ticket.RegisterTicket', data: { ...rest, intent: 'repair' } },
      people.agent,
    );
    expect(matter.workOrders()).toEqual([]);
    expect(matter.last('ticket.OwnerAssigned').data).toMatchObject({ role: 'supervisor', reason: 'category-unknown' });
    matter.must(TICKET, ticketCommand.IdentifyProductUnit({ unitId: UNIT }), people.agent);
    expect(matter.workOrders()).toHaveLength(1);
  });
});

describe('DSP-06 acceptance', () => {
  it('is reminded of after 20 minutes and lapses after 30, then the next is asked, then the supervisor', () => {
    const matter = story();
    matter.wait(20 * MINUTE);
    expect(matter.last('work_order.AcceptanceReminded').metadata.recordedAt).toBe(minutesIn(20));
    matter.wait(10 * MINUTE);
    expect(matter.last('work_order.AcceptanceLapsed').metadata.recordedAt).toBe(minutesIn(30));
    expect(matter.last('work_order.WorkOrderDispatched').data).toMatchObject({ to: { id: SECOND_ENGINEER } });
    matter.wait(30 * MINUTE);
    expect(matter.last('work_order.DispatchFailed').data).toMatchObject({ reason: 'declined-twice' });
    expect(matter.last('ticket.OwnerAssigned').data).toMatchObject({ step: 'supervision', role: 'supervisor' });
    matter.wait(DAY);
    expect(matter.names('work_order').at(-1)).toBe('DispatchFailed');
    matter.does(order.DispatchWorkOrder({ to: { kind: 'engineer', id: ENGINEER } }), supervisor);
    matter.does(order.AcceptWorkOrder());
    expect(matter.ticketStatus()).toBe('in-progress');
  });

  it('stops its timer', () => {
    const matter = story().does(order.AcceptWorkOrder());
    matter.wait(DAY);
    expect(matter.names('work_order')).not.toContain('AcceptanceReminded');
    expect(matter.names('work_order')).not.toContain('AcceptanceLapsed');
  });

  it('given back leaves the ticket in progress and asks the next', () => {
    const matter = story().does(order.AcceptWorkOrder()).does(order.ReleaseWorkOrder());
    expect(matter.ticketStatus()).toBe('in-progress');
    expect(matter.last('work_order.WorkOrderDispatched').data).toMatchObject({ to: { id: SECOND_ENGINEER } });
    matter.does(order.AcceptWorkOrder(), second);
    expect(matter.last('ticket.HandlingStarted').data).toMatchObject({ person: SECOND_ENGINEER });
    expect(matter.refusals()).toEqual([]);
  });

  it('asks a person when nobody fits', () => {
    const matter = new Story();
    matter.facts = { candidates: [candidate({ active: false })] };
    matter.registered();
    expect(matter.last('ticket.OwnerAssigned').data).toMatchObject({ role: 'supervisor', reason: 'nobody-left' });
  });
});

describe('a job that waits', () => {
  it('pauses its ticket and resumes it', () => {
    const matter = story()
      .does(order.AcceptWorkOrder())
      .does(order.StartWork())
      .does(order.SuspendWork())
      .does(order.ResumeWork());
    expect(matter.names('ticket').slice(-2)).toEqual(['TicketPaused', 'TicketResumed']);
    expect(matter.refusals()).toEqual([]);
  });
});

describe('what follows from each outcome', () => {
  it('a missing part: the same engineer again, after the parts have come', () => {
    const matter = story().visits('further-visit-needed', { reason: 'part-missing' });
    expect(matter.workOrders()).toHaveLength(1);
    matter.must(TICKET, ticketCommand.ReportProgress({ milestone: 'parts-received' }), people.warehouse);
    expect(matter.workOrders()).toHaveLength(2);
    expect(matter.last('work_order.WorkOrderPlanned').data).toMatchObject({
      visitIndex: 2,
      previousWorkOrderId: matter.workOrders()[0],
      preferred: { kind: 'engineer', id: ENGINEER },
    });
    expect(matter.visits('fixed').ticketStatus()).toBe('pending-confirmation');
    expect(matter.refusals()).toEqual([]);
  });
  it('any other further visit: planned at once', () => {
    const matter = story();
    matter.facts = { ...matter.facts, candidates: [candidate({ openJobs: 5 }), candidate({ id: SECOND_ENGINEER })] };
    matter.does(order.DispatchWorkOrder({ to: { kind: 'engineer', id: ENGINEER } }), supervisor);
    matter.visits('further-visit-needed', { reason: 'time' });
    expect(matter.last('work_order.WorkOrderDispatched').data).toMatchObject({ to: { id: ENGINEER } });
  });
  it('not fixed: an expert diagnoses', () =>
    expect(story().visits('not-fixed').last('ticket.OwnerAssigned').data).toMatchObject({
      step: 'diagnosis',
      role: 'expert',
    }));
  it('no access: the agent makes a new appointment, the second time the supervisor decides', () => {
    const matter = story().visits('no-access');
    expect(matter.last('ticket.OwnerAssigned').data).toMatchObject({ role: 'agent', reason: 'no-access' });
    expect(matter.workOrders()).toHaveLength(2);
    matter.visits('no-access');
    expect(matter.last('ticket.OwnerAssigned').data).toMatchObject({ role: 'supervisor', reason: 'no-access-twice' });
    expect(matter.workOrders()).toHaveLength(2);
  });
  it('the customer declines: the ticket knows', () => {
    const matter = story().visits('customer-declined');
    expect(matter.last('ticket.SolutionDeclined').data).toMatchObject({ workOrderId: matter.workOrders()[0] });
  });
  it.each(['taken-to-depot', 'replace-unit'])('%s: the supervisor decides', (outcome) =>
    expect(story().visits(outcome).last('ticket.OwnerAssigned').data).toMatchObject({
      role: 'supervisor',
      reason: outcome,
    }),
  );
  it('no fault found: proposed without a report', () =>
    expect(story().visits('no-fault-found').ticketStatus()).toBe('pending-confirmation'));
  it('cancelled: back to dispatch', () => {
    const matter = story().does(order.AcceptWorkOrder()).does(order.CancelWorkOrder(), supervisor);
    expect(matter.ticketStatus()).toBe('pending-dispatch');
    expect(matter.refusals()).toEqual([]);
  });
  it('counts for nothing when somebody reports it whom the order was taken from', () => {
    const matter = story().does(order.AcceptWorkOrder());
    matter.does(order.DispatchWorkOrder({ to: { kind: 'engineer', id: SECOND_ENGINEER } }), supervisor);
    matter.does(order.FileServiceReport()).does(order.CompleteWork());
    expect(matter.names('work_order')).toContain('FieldConflictRaised');
    expect(matter.names('ticket')).not.toContain('JobEnded');
    matter.visits('fixed', {}, second);
    expect(matter.ticketStatus()).toBe('pending-confirmation');
  });
});

describe('CLO-04 the customer’s verdict', () => {
  const rejected = ticketCommand.RejectResolution();
  it('gives a rejected repair to the same engineer after a new diagnosis, the second time to an expert', () => {
    const matter = story().visits('fixed').customer(rejected);
    expect(matter.workOrders()).toHaveLength(1);
    matter.must(TICKET, ticketCommand.RecordDiagnosis(), engineer);
    expect(matter.last('work_order.WorkOrderPlanned').data).toMatchObject({
      visitIndex: 2,
      preferred: { id: ENGINEER },
    });
    matter.visits('fixed').customer(rejected);
    matter.must(TICKET, ticketCommand.RecordDiagnosis(), people.expert);
    expect(matter.workOrders()).toHaveLength(2);
    expect(matter.refusals()).toEqual([]);
  });
  it('plans anew when it is reopened and routed again, in a cycle of its own', () => {
    const matter = story().visits('fixed').customer(ticketCommand.ConfirmResolution());
    matter.must(TICKET, ticketCommand.ReopenTicket(), people.agent);
    expect(matter.workOrders()).toHaveLength(2);
    expect(matter.last('work_order.WorkOrderPlanned').data).toMatchObject({ cycle: 2, visitIndex: 1 });
    expect(matter.visits('fixed').ticketStatus()).toBe('pending-confirmation');
  });
  it('cancels an order that a person planned for a ticket that takes no job any more', () => {
    const matter = story().visits('fixed');
    const id = '5a0e0000-0000-4000-8000-00000000000f';
    matter.must(`work_order-${id}`, order.PlanWorkOrder({ ticketId: TICKET.slice('ticket-'.length) }), supervisor);
    expect(matter.statusOf(`work_order-${id}`)).toBe('cancelled');
  });
  it('ends the jobs of a ticket that is cancelled', () => {
    const matter = story().does(order.AcceptWorkOrder());
    matter.must(TICKET, ticketCommand.CancelTicket(), people.agent);
    expect(matter.last('work_order.WorkOrderCancelled').data).toMatchObject({ reason: 'customer' });
    expect(matter.names('ticket').at(-1)).toBe('JobEnded');
  });
});

describe('DEC-05 silence', () => {
  /** A week without holidays. */
  const silent = (changes: Parameters<Story['registered']>[0] = {}) => {
    const matter = new Story();
    matter.now = '2026-11-02T02:00:00.000Z';
    return matter.registered(changes).visits('fixed');
  };
  it('reminds after one and two days, puts the ticket on the call list and then accepts', () => {
    const matter = silent();
    const proposed = matter.now;
    matter.wait(71 * HOUR);
    expect(matter.commands('ticket.RemindConfirmation')).toEqual([
      { count: 1, onCallList: false },
      { count: 2, onCallList: true },
    ]);
    expect(matter.ticketStatus()).toBe('pending-confirmation');
    matter.wait(HOUR);
    expect(matter.ticketStatus()).toBe('confirmed');
    expect(matter.last('ticket.ResolutionAcceptedBySilence').data).toMatchObject({ waitedSince: proposed });
  });
  it('leaves statutory holidays out', () => {
    const matter = new Story().registered().visits('fixed');
    matter.wait(4 * DAY);
    expect(matter.ticketStatus()).toBe('pending-confirmation');
    expect(matter.commands('ticket.RemindConfirmation')).toEqual([]);
  });
  it('never decides about a safety case', () => {
    const matter = silent({ safetyMarked: true });
    matter.wait(30 * DAY);
    expect(matter.ticketStatus()).toBe('pending-confirmation');
    expect(matter.commands('ticket.RemindConfirmation')).toEqual([]);
  });
  it('ends with an answer', () => {
    const matter = silent().customer(ticketCommand.ConfirmResolution());
    matter.wait(10 * DAY);
    expect(matter.names('ticket')).not.toContain('ResolutionAcceptedBySilence');
  });
});

describe('DEC-06 follow-ups', () => {
  const confirmed = () => story().visits('fixed').customer(ticketCommand.ConfirmResolution());
  it('SLA-04 calls within an hour, on the reachable hours, and says when that was missed', () => {
    const matter = confirmed();
    expect(matter.last('ticket.FollowUpScheduled').data).toMatchObject({
      followUp: 'confirmation-call',
      from: minutesIn(40),
      dueBy: minutesIn(100),
    });
    matter.wait(HOUR);
    expect(matter.names('ticket').at(-1)).toBe('FollowUpMissed');
  });
  it('misses nothing that was done, nor what was attempted three times', () => {
    const done = confirmed().customer(ticketCommand.CompleteFollowUp(), people.agent);
    done.wait(DAY);
    expect(done.names('ticket')).not.toContain('FollowUpMissed');
    const tried = confirmed();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      tried.customer(ticketCommand.AttemptFollowUp(), people.agent);
      tried.wait(15 * MINUTE);
    }
    tried.wait(DAY);
    expect(tried.names('ticket')).not.toContain('FollowUpMissed');
  });
  it('is content with one attempt after silence', () => {
    const matter = new Story();
    matter.now = '2026-11-02T02:00:00.000Z';
    matter
      .registered()
      .visits('fixed')
      .wait(3 * DAY);
    matter.customer(ticketCommand.AttemptFollowUp(), people.agent).wait(DAY);
    expect(matter.names('ticket')).not.toContain('FollowUpMissed');
  });
  it('SLA-05 follows up one to three days after closing', () => {
    const matter = confirmed().customer(ticketCommand.CompleteFollowUp(), people.agent);
    matter.customer(ticketCommand.CloseTicket(), people.agent);
    expect(matter.last('ticket.FollowUpScheduled').data).toMatchObject({
      followUp: 'after-closing',
      from: minutesIn(40 + 24 * 60),
      dueBy: minutesIn(40 + 72 * 60),
    });
    matter.wait(3 * DAY);
    expect(matter.last('ticket.FollowUpMissed').data).toMatchObject({ followUp: 'after-closing' });
  });
});
