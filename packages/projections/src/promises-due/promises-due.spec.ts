import {
  complaintDecider,
  complaintEvents,
  event,
  fold,
  plus,
  ticketEvents,
  workOrderEvents,
  type ComplaintEvent,
  type DomainEvent,
  type Recorded,
} from '@aftercare/domain';
import { fullFold } from '../consumer/index';
import { InvalidCursorError } from '../sql/cursor';
import { matters, Reading } from '../testing/index';
import {
  PROMISE_KINDS,
  promiseOwners,
  promisesDue,
  promisesDuePage,
  type PromiseDue,
  type PromiseFilter,
  type PromiseRow,
} from './index';

const HOUR = 3_600_000;
const START = '2026-11-02T02:00:00.000Z';
const TICKET = 'ticket-11111111-1111-5111-8111-111111111111';
const ORDER = 'work_order-22222222-2222-5222-8222-222222222222';
const COMPLAINT = 'complaint-33333333-3333-5333-8333-333333333333';
const CUSTOMER = 'customer-44444444-4444-5444-8444-444444444444';
const day = (n: number): string => plus(START, n * 24 * HOUR);
const round = 1;
const cycle = 1;

const everything = async (reading: Reading, filter: PromiseFilter = {}, limit = 50) => {
  const rows: PromiseDue[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await promisesDuePage(reading.views.read, filter, { limit, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
    more = cursor !== undefined;
  }
  return rows;
};

const registered = event(complaintEvents.ComplaintRegistered, {
  number: 'KS202611001',
  serial: 1,
  site: 'main',
  zone: 'Asia/Shanghai',
  channel: 'phone',
  receiver: { id: 'staff-1', role: 'agent' },
  complainant: 'customer',
  customer: CUSTOMER,
  complaintCategory: 'attitude',
  safetyMarked: false,
  region: '310104',
  about: { ticketId: TICKET.slice(7), staff: { id: 'eng-7', role: 'engineer' } },
  external: { body: '12315', reference: 'R-9', dueBy: day(9) },
  round,
});
const taken = event(ticketEvents.TicketRegistered, {
  number: '202611001',
  serial: 1,
  site: 'main',
  zone: 'Asia/Shanghai',
  channel: 'phone',
  customer: CUSTOMER,
  tier: 'normal',
  region: '320500',
  impact: 'degraded',
  safetyMarked: false,
  cycle,
});
const planned = event(workOrderEvents.WorkOrderPlanned, {
  ticketId: TICKET.slice(7),
  cycle,
  kind: 'visit',
  site: 'main',
  zone: 'Asia/Shanghai',
  category: 'air-conditioner',
  skills: [],
  safety: false,
  visitIndex: 1,
  visitsPlanned: { n: 1, decidedBy: 'fulfilment' },
  dueBy: day(5),
});
const committed = (commitmentId: string, expectedBy: string) =>
  event(
    complaintEvents.CommitmentGiven,
    { commitmentId, expectedBy, channel: 'phone', round },
    { personal: [{ subject: CUSTOMER, fields: { text: '周五前上门', nextSteps: '明天来电' } }] },
  );
const chased = event(complaintEvents.ComplainantContacted, {
  contactId: 'c-1',
  direction: 'inbound',
  channel: 'phone',
  purpose: 'chase',
  reached: true,
  round,
});
const agreed = event(workOrderEvents.AppointmentAgreed, { window: { from: day(2), to: plus(day(2), 2 * HOUR) } });

describe('CMP-12 the wall of promises', () => {
  let reading: Reading;
  let now: string;
  beforeEach(async () => {
    reading = new Reading();
    now = START;
    await reading.start({ models: [promisesDue, promiseOwners] });
  });
  afterEach(() => reading.end());

  const tell = async (stream: string, ...events: readonly DomainEvent[]) => {
    for (const told of events) {
      now = plus(now, 60_000);
      await reading.journal.write({ stream, events: [told], now, correlationId: TICKET });
    }
    await reading.upToDate('promises_due');
    await reading.upToDate('promise_owners');
  };
  const kinds = async (filter: PromiseFilter = {}) => (await everything(reading, filter)).map(({ kind }) => kind);

  it('shows every kind of promise, what is due first at the top, with its owner and who asked for it', async () => {
    const owner = { role: 'agent' as const, person: 'staff-8' };
    await tell(TICKET, taken, event(ticketEvents.OwnerAssigned, { ...owner, step: 'supervision', cycle }));
    await tell(TICKET, event(ticketEvents.TicketPaused, { reason: 'awaiting-parts', expectedUntil: day(3), cycle }));
    await tell(ORDER, planned, agreed);
    await tell(ORDER, event(workOrderEvents.WorkOrderAccepted, { by: { kind: 'engineer', id: 'eng-7' }, late: false }));
    await tell(COMPLAINT, registered, chased, committed('a', day(4)), committed('b', day(1)), chased);
    await tell(
      COMPLAINT,
      event(complaintEvents.HandlerAssigned, {
        handler: { id: 'staff-9', role: 'quality' },
        isSubordinateOf: [],
        round,
      }),
      event(complaintEvents.ProgressCommunicated, { channel: 'phone', expectedBy: day(7), round }),
    );
    const shown = await everything(reading, {}, 2);
    expect(shown.map(({ kind, owner: whose, number, chasers }) => [kind, whose?.person, number, chasers])).toEqual([
      ['commitment', 'staff-9', 'KS202611001', 2],
      ['appointment', 'eng-7', '202611001', 0],
      ['pause', 'staff-8', '202611001', 0],
      ['commitment', 'staff-9', 'KS202611001', 2],
      ['due-date', 'eng-7', '202611001', 0],
      ['progress', 'staff-9', 'KS202611001', 2],
      ['external', 'staff-9', 'KS202611001', 2],
    ]);
    expect(await kinds({ ownerPerson: 'eng-7' })).toEqual(['appointment', 'due-date']);
    expect(await kinds({ ownerRole: 'agent' })).toEqual(['pause']);
    expect(await kinds({ ownerRole: 'quality', kinds: ['external', 'progress'] })).toEqual(['progress', 'external']);
    expect(await kinds({ dueBefore: day(3) })).toEqual(['commitment', 'appointment']);
    expect(await kinds({ region: '32' })).toEqual(['appointment', 'pause', 'due-date']);
    expect(await kinds({ matter: COMPLAINT })).toHaveLength(4);
    expect(await kinds({ notConcerning: 'eng-7' })).toEqual(['appointment', 'pause', 'due-date']);
    await expect(promisesDuePage(reading.views.read, {}, { cursor: 'bm8' })).rejects.toThrow(InvalidCursorError);
  });

  it('takes down what was kept, and moves what was moved', async () => {
    await tell(TICKET, taken);
    await tell(ORDER, planned, agreed);
    await tell(
      ORDER,
      event(workOrderEvents.AppointmentMoved, {
        window: { from: day(6), to: day(7) },
        initiator: 'customer',
        reason: 'busy',
      }),
    );
    const [due, visit] = await everything(reading);
    expect(due).toMatchObject({ kind: 'due-date', moved: 0 });
    expect(visit).toMatchObject({ kind: 'appointment', dueBy: day(7), moved: 1 });
    await tell(ORDER, event(workOrderEvents.WorkStarted, {}));
    expect(await kinds()).toEqual(['due-date']);
    await tell(COMPLAINT, registered, committed('a', day(4)), committed('b', day(1)));
    await tell(COMPLAINT, event(complaintEvents.CommitmentKept, { commitmentId: 'b', round }));
    await tell(COMPLAINT, event(complaintEvents.ExternalReplySent, { referenceId: 'external', round }));
    expect((await everything(reading)).map(({ kind, id }) => [kind, id])).toEqual([
      ['commitment', 'a'],
      ['due-date', ''],
    ]);
  });

  it('leaves out what belongs to a matter that has ended, and shows it again when that is reopened', async () => {
    await tell(COMPLAINT, registered, committed('a', day(4)));
    await tell(
      COMPLAINT,
      event(complaintEvents.ComplaintWithdrawn, { channel: 'phone', continuedInternally: false, round }),
    );
    expect(await kinds()).toEqual([]);
    await tell(
      COMPLAINT,
      event(complaintEvents.ComplaintReopened, { foundBy: 'complainant', statusBefore: 'withdrawn', round: 2 }),
    );
    expect(await kinds()).toEqual(['commitment', 'external']);
  });

  describe('CMP-09 shows the milestones of a plan', () => {
    const proposed = (planId: string, ...list: { planStepId?: string; name: string; dueBy: string }[]) =>
      event(complaintEvents.ResolutionPlanProposed, {
        planId,
        diagnosis: { cause: 'double-booked' },
        measures: { steps: ['p1', 'p2'].map((planStepId) => ({ planStepId, measure: 'repair-again' as const })) },
        assignments: {
          list: [
            { planStepId: 'p1', role: 'supervisor' as const },
            { planStepId: 'p1', role: 'engineer' as const, person: 'eng-9' },
            { planStepId: 'p2', role: 'warehouse' as const },
          ],
        },
        milestones: { list },
        budget: { cost: { amount: 0, currency: 'CNY' } },
        round,
      });
    const approved = (planId: string) => event(complaintEvents.ResolutionPlanApproved, { planId, round });
    const done = (planStepId: string) => event(complaintEvents.PlanStepCompleted, { planStepId, round });
    const reopened = (planStepId: string) =>
      event(complaintEvents.PlanStepReopened, { planStepId, reason: 'not-done', round });
    const milestones = async (filter: PromiseFilter = {}) =>
      (await everything(reading, { ...filter, kinds: ['milestone'] })).map(({ name }) => name);

    const handled = event(complaintEvents.HandlerAssigned, {
      handler: { id: 'staff-9', role: 'quality' },
      isSubordinateOf: [],
      round,
    });
    const plan = proposed(
      'plan-1',
      { planStepId: 'p1', name: 'visited', dueBy: day(5) },
      { planStepId: 'p1', name: 'parts-there', dueBy: day(3) },
      { planStepId: 'p2', name: 'sent', dueBy: day(2) },
      { name: 'all-done', dueBy: day(8) },
    );

    it('when it is approved, each by its day, with whoever has the step, and who chased', async () => {
      await tell(COMPLAINT, registered, handled, chased, plan);
      expect(await milestones()).toEqual([]);
      await tell(COMPLAINT, approved('plan-1'));
      const shown = await everything(reading, { kinds: ['milestone'] }, 2);
      expect(
        shown.map(({ name, dueBy, owner, chasers }) => [name, dueBy, owner?.role, owner?.person, chasers]),
      ).toEqual([
        ['sent', day(2), 'warehouse', null, 1],
        ['parts-there', day(3), 'engineer', 'eng-9', 1],
        ['visited', day(5), 'engineer', 'eng-9', 1],
        ['all-done', day(8), 'quality', 'staff-9', 1],
      ]);
      expect(await milestones({ ownerPerson: 'eng-9' })).toEqual(['parts-there', 'visited']);
      expect(await milestones({ ownerRole: 'warehouse' })).toEqual(['sent']);
      expect(await milestones({ ownerPerson: 'staff-9' })).toEqual(['all-done']);
      expect(await milestones({ dueBefore: day(4), matter: COMPLAINT })).toEqual(['sent', 'parts-there']);
    });

    it('until the step is done, again when it is opened again, those of the whole plan until the outcome is told', async () => {
      await tell(COMPLAINT, registered, handled, plan, approved('plan-1'), done('p1'));
      expect(await milestones()).toEqual(['sent', 'all-done']);
      await tell(COMPLAINT, reopened('p1'), done('p2'));
      expect(await milestones()).toEqual(['parts-there', 'visited', 'all-done']);
      const outcome = { channel: 'phone' as const, reached: true, contactId: 'c-2', round };
      await tell(COMPLAINT, done('p1'), event(complaintEvents.OutcomeCommunicated, outcome));
      expect(await milestones()).toEqual([]);
    });

    it('as long as the plan is in force: another one, and another round, replace it', async () => {
      await tell(COMPLAINT, registered, handled, plan, approved('plan-1'));
      await tell(COMPLAINT, proposed('plan-2', { planStepId: 'p1', name: 'visited-again', dueBy: day(6) }));
      expect(await milestones()).toEqual([]);
      await tell(COMPLAINT, approved('plan-2'));
      expect(await milestones()).toEqual(['visited-again']);
      await tell(COMPLAINT, event(complaintEvents.SecondHandlingOpened, { round: 2 }));
      expect(await milestones()).toEqual([]);
    });

    it('exactly as the complaints themselves know them', async () => {
      await reading.journal.writeAll(matters({ seed: 22, tickets: 60 }));
      await reading.upToDate('promises_due');
      await reading.upToDate('promise_owners');
      const byStream = new Map<string, Recorded<ComplaintEvent>[]>();
      for (const one of await reading.journal.all())
        if (one.stream.startsWith('complaint-'))
          byStream.set(one.stream, [...(byStream.get(one.stream) ?? []), one as Recorded<ComplaintEvent>]);
      const expected = [...byStream.values()].flatMap(openMilestones).sort();
      expect(expected.length).toBeGreaterThan(3);
      const shown = await everything(reading, { kinds: ['milestone'] }, 3);
      expect(shown.map(({ dueBy }) => dueBy)).toEqual(expected);
    }, 60_000);
  });

  it('holds exactly the promises that a naive look at the events finds', async () => {
    await reading.journal.writeAll(matters({ seed: 21, tickets: 60 }));
    await reading.upToDate('promises_due');
    await reading.upToDate('promise_owners');
    const rows = [
      ...(fullFold(promisesDue.projector, await reading.journal.all()) as ReadonlyMap<string, PromiseRow>).values(),
    ];
    const owners = fullFold(promiseOwners.projector, await reading.journal.all()) as ReadonlyMap<
      string,
      { open: boolean }
    >;
    const expected = rows
      .filter(({ matter, plan }) => plan === null && owners.get(matter)?.open)
      .map(({ dueBy }) => dueBy);
    expect(expected.length).toBeGreaterThan(3);
    const kindsButMilestones = PROMISE_KINDS.filter((kind) => kind !== 'milestone');
    const shown = await everything(reading, { kinds: kindsButMilestones }, 3);
    expect(shown.map(({ dueBy }) => dueBy)).toEqual(expected.sort());
  }, 60_000);
});

/** Days of the milestones that a complaint still has to meet, by its own state. */
const openMilestones = (events: readonly Recorded<ComplaintEvent>[]): readonly string[] => {
  const complaint = fold(complaintDecider, events);
  if (complaint.status === 'none') return [];
  const { plan } = complaint;
  const stage = complaint.status === 'withdrawn' ? complaint.inside : complaint.status;
  if (!stage || stage === 'closed' || stage === 'dismissed' || !plan) return [];
  if (plan.status !== 'approved' && plan.status !== 'started') return [];
  const last = events.filter((one) => one.type === 'complaint.ResolutionPlanProposed').at(-1)!;
  return last.data.milestones.list
    .filter(({ planStepId }) =>
      planStepId === undefined
        ? stage !== 'pending-verdict'
        : !plan.steps.find((step) => step.planStepId === planStepId)?.done,
    )
    .map(({ dueBy }) => dueBy);
};
