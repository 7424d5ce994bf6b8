import {
  event,
  plus,
  ticketEvents,
  ticketDecider,
  workOrderEvents,
  type DomainEvent,
  type Recorded,
  type Ticket,
  type TicketEvent,
} from '@aftercare/domain';
import { InvalidCursorError } from '../sql/cursor';
import { generated } from '../testing/generated';
import { Reading } from '../testing/index';
import { ticketQueue } from '../ticket-queue/index';
import { callList, callListPage, type CallKind, type CallListEntry, type CallListFilter } from './index';

const MINUTE = 60_000;
const START = '2027-03-01T02:00:00.000Z';
const TICKET = 'ticket-11111111-1111-5111-8111-111111111111';
const ORDER = 'work_order-22222222-2222-5222-8222-222222222222';
const NEXT = 'work_order-33333333-3333-5333-8333-333333333333';
const cycle = 1;

const everything = async (reading: Reading, now: string, filter: CallListFilter = {}, limit = 50) => {
  const rows: CallListEntry[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await callListPage(reading.views.read, now, filter, { limit, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
    more = cursor !== undefined;
  }
  return rows;
};

describe('the list of customers to be called, event by event', () => {
  let reading: Reading;
  let now: string;
  beforeEach(async () => {
    reading = new Reading();
    now = START;
    await reading.start({ models: [callList, ticketQueue] });
  });
  afterEach(() => reading.end());

  const tell = async (stream: string, ...events: readonly DomainEvent[]) => {
    for (const told of events) {
      now = plus(now, MINUTE);
      await reading.journal.write({ stream, events: [told], now, correlationId: TICKET });
    }
    await reading.upToDate('call_list');
  };
  const entry = async (kind: CallKind, at = now) =>
    (await everything(reading, at, { kinds: [kind], ticket: TICKET }))[0];
  const remind = (count: number, onCallList: boolean) =>
    event(ticketEvents.ConfirmationReminded, { count, onCallList, cycle });
  const contact = (
    purpose: 'chase' | 'appointment' | 'progress',
    reached: boolean,
    direction: 'inbound' | 'outbound',
  ) => event(ticketEvents.CustomerContacted, { contactId: 'c1', direction, channel: 'phone', purpose, reached, cycle });

  it('lists a silent customer from the reminder that says so, until they are reached (DEC-05)', async () => {
    await tell(TICKET, remind(1, false));
    expect(await entry('silence')).toBeUndefined();
    await tell(TICKET, remind(2, true));
    expect(await entry('silence')).toMatchObject({ dueBy: now, attempts: 0 });
    await tell(TICKET, contact('progress', false, 'outbound'));
    expect(await entry('silence')).toMatchObject({ attempts: 1, lastAttemptAt: now });
    await tell(TICKET, contact('chase', true, 'inbound'));
    expect(await entry('silence')).toMatchObject({ attempts: 1 });
    await tell(TICKET, contact('progress', true, 'outbound'));
    expect(await entry('silence')).toBeUndefined();
  });

  it.each([
    event(ticketEvents.ResolutionConfirmed, { channel: 'phone', cycle }),
    event(ticketEvents.ResolutionRejected, { channel: 'phone', reason: 'not-done', cycle }),
    event(ticketEvents.ResolutionAcceptedBySilence, { policyVersion: 1, waitedSince: START, cycle }),
    event(ticketEvents.ResolutionReturnedBySilence, { policyVersion: 1, waitedSince: START, cycle }),
    event(ticketEvents.TicketClosedUnresolved, { reason: 'unreachable', cycle }),
    event(ticketEvents.TicketReopened, { foundBy: 'customer', statusBefore: 'confirmed', cycle: 2 }),
  ])('no longer lists a silent customer after $type', async (told) => {
    await tell(TICKET, remind(2, true), told);
    expect(await entry('silence')).toBeUndefined();
  });

  const schedule = (followUp: 'confirmation-call' | 'after-closing', from: string, dueBy: string) =>
    event(ticketEvents.FollowUpScheduled, { followUp, from, dueBy, policyVersion: 1, cycle });
  const attempt = (followUp: 'confirmation-call' | 'after-closing') =>
    event(ticketEvents.FollowUpAttempted, { followUp, channel: 'phone', contactId: 'c2', reached: false, cycle });
  const complete = (followUp: 'confirmation-call' | 'after-closing') =>
    event(ticketEvents.FollowUpCompleted, { followUp, resolved: true, scaleVersion: 1, cycle });

  it('owes the call after the confirmation, with its attempts, until it is made or the ticket closed (SLA-04)', async () => {
    const dueBy = plus(START, 60 * MINUTE);
    await tell(TICKET, schedule('confirmation-call', START, dueBy), attempt('confirmation-call'));
    expect(await entry('confirmation-call')).toMatchObject({ dueBy, attempts: 1, lastAttemptAt: now, missed: false });
    await tell(TICKET, event(ticketEvents.FollowUpMissed, { followUp: 'confirmation-call', cycle }));
    expect(await entry('confirmation-call')).toMatchObject({ attempts: 1, missed: true });
    await tell(TICKET, complete('confirmation-call'));
    expect(await entry('confirmation-call')).toBeUndefined();
    await tell(TICKET, schedule('confirmation-call', START, dueBy));
    await tell(TICKET, event(ticketEvents.TicketClosed, { workMinutes: 0, parts: [], cycle }));
    expect(await entry('confirmation-call')).toBeUndefined();
  });

  it('asks after closing only between one and three days (SLA-05)', async () => {
    const from = plus(START, 24 * 60 * MINUTE);
    const dueBy = plus(START, 72 * 60 * MINUTE);
    await tell(TICKET, schedule('after-closing', from, dueBy));
    const callable = { kinds: ['after-closing'], callable: true } as const;
    expect(await entry('after-closing')).toMatchObject({ from, dueBy });
    expect(await everything(reading, plus(from, -1), callable)).toHaveLength(0);
    expect(await everything(reading, from, callable)).toHaveLength(1);
    expect(await everything(reading, dueBy, callable)).toHaveLength(0);
    await tell(TICKET, complete('after-closing'));
    expect(await entry('after-closing')).toBeUndefined();
  });

  const window = { from: plus(START, 60 * MINUTE), to: plus(START, 120 * MINUTE) };
  const noAccess = event(workOrderEvents.WorkCompleted, {
    outcome: 'no-access',
    workMinutes: 0,
    reportFiled: false,
    tripMade: true,
  });
  const plan = event(workOrderEvents.WorkOrderPlanned, {
    ticketId: 't',
    cycle,
    kind: 'visit',
    site: 'main',
    zone: 'Asia/Shanghai',
    category: 'air-conditioner',
    skills: [],
    safety: false,
    visitIndex: 2,
    visitsPlanned: { n: 2, decidedBy: 'fulfilment' },
  });

  it('wants an appointment after a trip without access, for the work order that was planned (DSP-08)', async () => {
    await tell(ORDER, noAccess);
    expect(await entry('appointment')).toMatchObject({ dueBy: now, workOrderId: null, attempts: 0 });
    await tell(NEXT, plan);
    await tell(TICKET, contact('appointment', true, 'outbound'));
    expect(await entry('appointment')).toMatchObject({ workOrderId: NEXT.slice('work_order-'.length), attempts: 1 });
    await tell(NEXT, event(workOrderEvents.AppointmentAgreed, { window }));
    expect(await entry('appointment')).toBeUndefined();
  });

  it('wants none any more when somebody was let in after all, or the matter ended', async () => {
    await tell(ORDER, noAccess);
    await tell(NEXT, plan, event(workOrderEvents.ArrivalRecorded, { badgeShown: true }));
    expect(await entry('appointment')).toBeUndefined();
    await tell(NEXT, noAccess);
    await tell(TICKET, event(ticketEvents.TicketCancelled, { reason: 'by-customer', cycle }));
    expect(await entry('appointment')).toBeUndefined();
  });
});

describe('the list of customers to be called, over histories', () => {
  let reading: Reading;
  let end: string;
  beforeAll(async () => {
    reading = new Reading();
    const entries = generated({ seed: 21, tickets: 40 });
    // Cut where plenty is under way.
    const cut = entries.slice(0, Math.floor(entries.length * 0.7));
    end = cut.at(-1)!.now;
    await reading.journal.writeAll(cut);
    await reading.start({ models: [callList, ticketQueue] });
    await reading.upToDate('call_list');
    await reading.upToDate('ticket_queue');
  });
  afterAll(() => reading.end());

  it('owes exactly the follow-ups that the tickets themselves still expect', async () => {
    const states = new Map<string, Ticket>();
    for (const told of (await reading.journal.all()) as readonly Recorded<TicketEvent>[])
      if (told.stream.startsWith('ticket-'))
        states.set(told.stream, ticketDecider.evolve(states.get(told.stream) ?? ticketDecider.initial, told));
    const expected = [...states].flatMap(([ticket, state]) => {
      if (state.status !== 'confirmed' && state.status !== 'completed') return [];
      const wanted = state.status === 'confirmed' ? 'confirmation-call' : 'after-closing';
      return state.followUps
        .filter(({ followUp, scheduled, done }) => followUp === wanted && scheduled && !done)
        .filter(({ missed }) => wanted === 'confirmation-call' || !missed)
        .map(({ followUp, attempts }) => `${ticket} ${followUp} ${attempts.length}`);
    });
    expect(expected.length).toBeGreaterThan(3);
    // From the beginning: nothing is too late yet.
    const shown = await everything(reading, START.replace('2027', '2020'), {
      kinds: ['confirmation-call', 'after-closing'],
    });
    expect(shown.map(({ ticket, kind, attempts }) => `${ticket} ${kind} ${attempts}`).sort()).toEqual(expected.sort());
  });

  it('shows what is due first at the top, each call once, with its ticket', async () => {
    const shown = await everything(reading, end, {}, 2);
    const whole = await everything(reading, end);
    expect(shown).toEqual(whole);
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.map(({ dueBy }) => dueBy)).toEqual(shown.map(({ dueBy }) => dueBy).sort());
    expect(shown.every(({ number, customer }) => number !== null && customer !== null)).toBe(true);
  });

  it('narrows to a region and an owner', async () => {
    const whole = await everything(reading, end);
    const inRegion = await everything(reading, end, { region: '31' });
    expect(inRegion).toEqual(whole.filter(({ region }) => region?.startsWith('31')));
    const { ownerRole, ownerPerson } = whole.find((one) => one.ownerPerson !== null)!;
    const owned = await everything(reading, end, { ownerRole: ownerRole!, ownerPerson: ownerPerson! });
    expect(owned).toEqual(whole.filter((one) => one.ownerPerson === ownerPerson && one.ownerRole === ownerRole));
  });

  it('refuses a cursor that it did not give', async () => {
    await expect(callListPage(reading.views.read, end, {}, { cursor: 'bm90aGluZw' })).rejects.toThrow(
      InvalidCursorError,
    );
  });
});
