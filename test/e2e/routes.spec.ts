import {
  call,
  callAndClose,
  DAY,
  done,
  hire,
  HOUR,
  linkOf,
  MINUTE,
  openJob,
  refused,
  registered,
  typesOf,
} from './support/cast';
import { World, type Person } from './support/world';

describe('the routes that need no visit, whole', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;
  let engineer: Person;
  let warehouse: Person;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
    warehouse = await world.person('warehouse');
    engineer = await hire(world, supervisor);
  });
  afterAll(() => world.stop());

  const statusOf = async (ticket: string): Promise<string> => done(await agent.get(ticket)).body.status as string;

  describe('first touch (INT-16, CLO-02, FUP-01)', () => {
    let ticket: string;

    it('is solved in the first conversation, which is no handling by anybody', async () => {
      ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
      expect((await agent.get(ticket)).body).toMatchObject({ type: 'enquiry', route: 'first-touch', openJobs: [] });
      refused(await agent.decide(ticket, 'propose-resolution', { by: 'hand' }), 409, 'TICKET.FIRST_TOUCH_ONLY');
      done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch', remedy: 'explained' }));
      expect(await statusOf(ticket)).toBe('pending-confirmation');
    });

    it('takes an agent’s word for the customer’s only with a call that reached them (CLO-03)', async () => {
      const confirm = (proof: object) => agent.post(`${ticket}/confirm-resolution`, { channel: 'phone', ...proof });
      refused(await confirm({}), 409, 'TICKET.NO_PROOF_OF_CONFIRMATION');
      refused(await confirm({ contactId: 'no-such-call' }), 409, 'TICKET.CONTACT_UNKNOWN');
      const missed = done(
        await agent.post(`${ticket}/record-contact`, {
          direction: 'outbound',
          channel: 'phone',
          purpose: 'progress',
          reached: false,
        }),
      );
      refused(await confirm({ contactId: missed.body.events[0].data.contactId }), 409, 'TICKET.CONTACT_UNKNOWN');
      done(await confirm({ contactId: await call(agent, ticket) }));
      await world.settle();
    });

    it('owes a call within the hour and is not closed before it (DEC-06)', async () => {
      const owed = done(await agent.get('/call-list')).body;
      expect(JSON.stringify(owed)).toContain(ticket.slice('/tickets/'.length));
      const early = refused(await agent.decide(ticket, 'close-ticket'), 409, 'TICKET.FOLLOW_UP_MISSING');
      expect(early.body.details).toEqual({ attemptsNeeded: 3 });
      await world.wait(10 * MINUTE);
      await callAndClose(agent, ticket);
      expect(await statusOf(ticket)).toBe('completed');
    });

    it('has the call one to three days after closing planned, and says so when nobody made it (SLA-05)', async () => {
      await world.settle();
      const planned = async () => (await agent.get(ticket)).body.followUps as unknown[];
      expect(await planned()).toContainEqual(expect.objectContaining({ followUp: 'after-closing', missed: false }));
      const { entries } = done(await agent.get(`${ticket}/history`)).body;
      const { data, recordedAt } = entries.findLast(
        (entry: { type: string }) => entry.type === 'ticket.FollowUpScheduled',
      );
      const hoursAfter = (instant: string) => (Date.parse(instant) - Date.parse(recordedAt)) / HOUR;
      expect([data.from, data.dueBy].map((instant) => Math.round(hoursAfter(instant)))).toEqual([24, 72]);
      await world.wait(4 * DAY);
      expect(await typesOf(agent, ticket)).toContain('ticket.FollowUpMissed');
    });
  });

  describe('remote (INT-16)', () => {
    it('goes from a dispatched remote job over support and report to the customer’s yes by link', async () => {
      const ticket = await registered(agent, { words: '电视连不上网', intent: 'repair', category: 'television' });
      done(await supervisor.decide(ticket, 'route-ticket', { route: 'remote', reason: '可远程指导' }));
      await world.settle();
      const workOrder = await openJob(agent, ticket);
      expect((await supervisor.get(workOrder)).body).toMatchObject({ kind: 'remote', status: 'dispatched' });
      done(await engineer.post(`${workOrder}/accept-work-order`));
      await world.settle();
      expect(await statusOf(ticket)).toBe('in-progress');
      done(await engineer.post(`${workOrder}/start-work`));
      const workOrderId = workOrder.slice('/work-orders/'.length);
      done(await engineer.post(`${ticket}/give-remote-support`, { minutes: 20, steps: '恢复出厂设置', workOrderId }));
      done(
        await engineer.post(`${workOrder}/file-service-report`, {
          faultCode: 'SW-SETTING',
          cause: 'wrong-setting',
          remedy: 'reset',
          parts: [],
          rating: 'satisfied',
          acceptance: 'absent',
        }),
      );
      done(await engineer.post(`${workOrder}/complete-work`, { outcome: 'fixed' }));
      await world.settle();
      expect(await statusOf(ticket)).toBe('pending-confirmation');
      const link = await linkOf(agent, ticket);
      const nobody = world.nobody();
      expect((await nobody.get(`/track/${link}`)).body.can).toEqual(['confirm-resolution', 'reject-resolution']);
      const seen = done(await nobody.post(`/track/${link}/confirm-resolution`));
      expect(seen.body).toMatchObject({ status: 'confirmed', can: [] });
      await world.settle();
      await callAndClose(agent, ticket);
      expect(await statusOf(ticket)).toBe('completed');
    });

    it('refuses a confirmation by the engineer who did the job (CLO-03)', async () => {
      const ticket = await registered(agent, { words: '电视连不上网', intent: 'repair', category: 'television' });
      done(await supervisor.decide(ticket, 'route-ticket', { route: 'remote', reason: '可远程指导' }));
      await world.settle();
      const workOrder = await openJob(agent, ticket);
      done(await engineer.post(`${workOrder}/accept-work-order`));
      done(await engineer.post(`${workOrder}/start-work`));
      await world.settle();
      const both = await world.person(['agent', 'engineer'], engineer.id);
      done(
        await engineer.post(`${workOrder}/file-service-report`, {
          faultCode: 'SW-SETTING',
          cause: 'wrong-setting',
          remedy: 'reset',
          parts: [],
          rating: 'satisfied',
          acceptance: 'absent',
        }),
      );
      done(await engineer.post(`${workOrder}/complete-work`, { outcome: 'fixed' }));
      await world.settle();
      const contactId = await call(agent, ticket);
      refused(await both.post(`${ticket}/confirm-resolution`, { channel: 'phone', contactId }), 409, 'TICKET.OWN_JOB');
    });
  });

  describe('a return and a missing part, by hand', () => {
    it('is taken by the agent for herself, worked on and resolved by hand (INT-17)', async () => {
      const ticket = await registered(agent, { words: '买错了型号,要退货' });
      await world.settle();
      expect((await agent.get(ticket)).body).toMatchObject({ type: 'return-exchange', openJobs: [] });
      const take = (body: object) => agent.decide(ticket, 'start-handling', { route: 'return-exchange', ...body });
      refused(await take({ role: 'agent', person: 'staff-else' }), 409, 'TICKET.TAKEN_FOR_OTHERS');
      done(await take({ role: 'agent' }));
      refused(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch' }), 409, 'TICKET.NOT_FIRST_TOUCH');
      done(await agent.decide(ticket, 'propose-resolution', { by: 'hand', remedy: 'returned', summary: '已退货' }));
      const contactId = await call(agent, ticket);
      done(await agent.post(`${ticket}/confirm-resolution`, { channel: 'phone', contactId }));
      await world.settle();
      await callAndClose(agent, ticket);
      expect(await statusOf(ticket)).toBe('completed');
    });

    it('is sent by the warehouse, paused while the part is on its way', async () => {
      const ticket = await registered(agent, { words: '箱子里少了一个遥控器' });
      expect((await agent.get(ticket)).body).toMatchObject({ type: 'parts-missing', route: 'parts-shipment' });
      done(await warehouse.decide(ticket, 'start-handling', { route: 'parts-shipment', role: 'warehouse' }));
      const until = (millis: number) => new Date(Date.parse(world.clock.now()) + millis).toISOString();
      const pause = (expectedUntil: string) =>
        warehouse.decide(ticket, 'pause-ticket', { reason: 'awaiting-parts', expectedUntil });
      refused(await pause(until(-HOUR)), 409, 'TICKET.ENDS_IN_PAST');
      done(await pause(until(2 * DAY)));
      refused(await pause(until(2 * DAY)), 409, 'TICKET.ALREADY_PAUSED');
      done(await warehouse.post(`${ticket}/report-progress`, { milestone: 'parts-received' }));
      done(await warehouse.decide(ticket, 'resume-ticket'));
      done(await warehouse.decide(ticket, 'propose-resolution', { by: 'hand', remedy: 'parts-sent' }));
      expect(await statusOf(ticket)).toBe('pending-confirmation');
    });
  });

  describe('a grievance (CMP-17)', () => {
    it('becomes a complaint with a number of its own; the ticket gets no route and no job', async () => {
      const ticket = await registered(agent, { words: '你们的师傅态度太差,我要投诉' });
      await world.settle();
      const { body } = await agent.get(ticket);
      expect(body).toMatchObject({ type: 'complaint', status: 'cancelled', openJobs: [] });
      expect(body.route).toBeUndefined();
      expect(body.complaints).toMatchObject([{ open: true }]);
      refused(
        await supervisor.decide(ticket, 'route-ticket', { route: 'visit', reason: '上门看看' }),
        409,
        'TICKET.NOT_DISPATCHABLE',
      );
    });
  });
});
