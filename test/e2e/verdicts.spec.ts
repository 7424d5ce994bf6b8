import {
  call,
  callAndClose,
  DAY,
  done,
  hire,
  HOUR,
  linkOf,
  openJob,
  refused,
  registered,
  repairWish,
  typesOf,
  visit,
} from './support/cast';
import { World, type Person } from './support/world';

describe('what the customer says about it, and what follows', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;
  let nobody: Person;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
    await hire(world, supervisor);
    nobody = world.nobody();
  });
  afterAll(() => world.stop());

  const ticketOf = async (ticket: string) => done(await agent.get(ticket)).body as Record<string, unknown>;
  /** Who was sent. */
  const assigneeOf = async (workOrder: string): Promise<Person> =>
    world.person('engineer', done(await supervisor.get(workOrder)).body.assignee.id);
  const solvedByVisit = async (wish: object = repairWish): Promise<string> => {
    const ticket = await registered(agent, wish);
    await world.settle();
    const workOrder = await openJob(agent, ticket);
    await visit(world, await assigneeOf(workOrder), workOrder);
    return ticket;
  };
  const confirmed = async (ticket: string): Promise<void> => {
    const contactId = await call(agent, ticket);
    done(await agent.post(`${ticket}/confirm-resolution`, { channel: 'phone', contactId }));
    await world.settle();
  };
  const closed = async (): Promise<string> => {
    const ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
    done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch' }));
    await confirmed(ticket);
    await callAndClose(agent, ticket);
    return ticket;
  };

  describe('a solution that costs money', () => {
    const solution = {
      options: ['replace-part'],
      cost: { amount: 32_000, currency: 'CNY' },
      leadTimeDays: 3,
      unitLeavesCustomer: false,
    };
    const proposed = async (): Promise<{ ticket: string; link: string }> => {
      const ticket = await registered(agent, repairWish);
      await world.settle();
      const workOrder = await openJob(agent, ticket);
      done(await (await assigneeOf(workOrder)).post(`${workOrder}/accept-work-order`));
      await world.settle();
      done(await agent.decide(ticket, 'propose-solution', solution));
      return { ticket, link: await linkOf(agent, ticket) };
    };

    it('waits for consent, which the customer gives by link, and work goes on where it stood (WAR-03)', async () => {
      const { ticket, link } = await proposed();
      expect(await ticketOf(ticket)).toMatchObject({ status: 'awaiting-consent' });
      const seen = (await nobody.get(`/track/${link}`)).body;
      expect(seen).toMatchObject({ can: ['accept-solution', 'decline-solution'], solution: { cost: solution.cost } });
      refused(await nobody.post(`/track/${link}/confirm-resolution`), 409, 'TICKET.NOT_AWAITING_CONFIRMATION');
      expect(done(await nobody.post(`/track/${link}/accept-solution`)).body.status).toBe('in-progress');
      refused(await nobody.post(`/track/${link}/decline-solution`, {}), 400, 'REQUEST.INVALID');
      refused(await nobody.post(`/track/${link}/accept-solution`), 409, 'TICKET.NOT_AWAITING_CONSENT');
      expect((await agent.get(`${ticket}/history`)).body.entries.at(-2)).toMatchObject({
        type: 'ticket.SolutionAccepted',
        by: { role: 'customer' },
      });
    });

    it('is declined by link, and closes unresolved only for that reason (WAR-03)', async () => {
      const { ticket, link } = await proposed();
      refused(await agent.decide(ticket, 'close-unresolved', { reason: 'quote-declined' }), 409, 'TICKET.NOT_DECLINED');
      done(await nobody.post(`/track/${link}/decline-solution`, { reason: 'price', words: '太贵了' }));
      expect(JSON.stringify((await nobody.get(`/track/${link}`)).body)).not.toContain('太贵了');
      refused(await agent.decide(ticket, 'close-unresolved', { reason: 'unreachable' }), 409, 'TICKET.NOBODY_TRIED');
      done(await agent.decide(ticket, 'close-unresolved', { reason: 'quote-declined' }));
      await world.settle();
      expect(await ticketOf(ticket)).toMatchObject({ status: 'closed-unresolved', openJobs: [] });
      expect(await typesOf(agent, ticket)).toContain('work_order.WorkOrderCancelled');
    });
  });

  it('gives a rejected repair back to the same engineer after a new diagnosis (CLO-04)', async () => {
    const ticket = await registered(agent, repairWish);
    await world.settle();
    const first = await openJob(agent, ticket);
    const engineer = await assigneeOf(first);
    await visit(world, engineer, first);
    const link = await linkOf(agent, ticket);
    refused(await nobody.post(`/track/${link}/reject-resolution`, {}), 400, 'REQUEST.INVALID');
    done(await nobody.post(`/track/${link}/reject-resolution`, { reason: 'fault-still-there', words: '还是不制冷' }));
    await world.settle();
    expect(await ticketOf(ticket)).toMatchObject({ status: 'in-progress', openJobs: [] });
    refused(await agent.decide(ticket, 'propose-resolution', { by: 'hand' }), 409, 'TICKET.NEEDS_NEW_DIAGNOSIS');
    await hire(world, supervisor, '王五');
    done(await engineer.post(`${ticket}/record-diagnosis`, { faultCode: 'E2', findings: '压缩机' }));
    await world.settle();
    const second = await openJob(agent, ticket);
    expect((await supervisor.get(second)).body).toMatchObject({ visitIndex: 2, assignee: { id: engineer.id } });
    await visit(world, engineer, second);
    expect(await ticketOf(ticket)).toMatchObject({ status: 'pending-confirmation' });
  });

  it('asks the expert after the second rejection (CLO-04)', async () => {
    const ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
    const link = await linkOf(agent, ticket);
    done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch' }));
    done(await nobody.post(`/track/${link}/reject-resolution`, { reason: 'other' }));
    done(await agent.post(`${ticket}/record-diagnosis`, { cause: 'second-look' }));
    done(await agent.decide(ticket, 'propose-resolution', { by: 'hand' }));
    done(await nobody.post(`/track/${link}/reject-resolution`, { reason: 'other' }));
    expect(await ticketOf(ticket)).toMatchObject({ owner: { role: 'expert' } });
  });

  it('reminds after 24 and 48 hours and accepts by silence after 72 (DEC-05)', async () => {
    const ticket = await solvedByVisit();
    const reminded = async () => (await typesOf(agent, ticket)).filter((type) => /Reminded$/.test(type)).length;
    await world.wait(23 * HOUR);
    expect(await reminded()).toBe(0);
    await world.wait(2 * HOUR);
    expect(await reminded()).toBe(1);
    await world.wait(24 * HOUR);
    expect(await reminded()).toBe(2);
    expect(await ticketOf(ticket)).toMatchObject({ status: 'pending-confirmation' });
    await world.wait(22 * HOUR);
    expect(await ticketOf(ticket)).toMatchObject({ status: 'pending-confirmation' });
    await world.wait(2 * HOUR);
    expect(await ticketOf(ticket)).toMatchObject({ status: 'confirmed' });
    expect(await typesOf(agent, ticket)).toContain('ticket.ResolutionAcceptedBySilence');
    refused(await agent.decide(ticket, 'close-ticket'), 409, 'TICKET.FOLLOW_UP_MISSING');
    const attempt = { followUp: 'confirmation-call', channel: 'phone', reached: false };
    done(await agent.post(`${ticket}/attempt-follow-up`, attempt));
    done(await agent.decide(ticket, 'close-ticket'));
  });

  it('never accepts a safety case by silence (DEC-05)', async () => {
    const ticket = await solvedByVisit({ ...repairWish, words: '空调漏电,外壳麻手' });
    await world.wait(10 * DAY);
    expect(await ticketOf(ticket)).toMatchObject({ status: 'pending-confirmation', safety: true });
  });

  it('reopens within 7 days as a second cycle with a route of its own (DEC-05)', async () => {
    const ticket = await closed();
    await world.wait(7 * DAY - HOUR);
    done(await agent.post(`${ticket}/reopen-ticket`, { foundBy: 'customer', words: '又不会用了' }));
    const again = await ticketOf(ticket);
    expect(again).toMatchObject({ status: 'pending-dispatch', cycle: 2, route: 'first-touch' });
    expect(JSON.stringify(again)).not.toContain('又不会用了');
  });

  it('refuses to reopen after 7 days and says what to do instead (DEC-05)', async () => {
    const ticket = await closed();
    await world.wait(7 * DAY + HOUR);
    const reopen = (language: string) =>
      agent.post(`${ticket}/reopen-ticket`, { foundBy: 'customer' }, { headers: { 'accept-language': language } });
    expect(refused(await reopen('zh'), 409, 'TICKET.REOPEN_TOO_LATE').body.title).toContain('新建工单');
    expect((await reopen('en')).body.title).toContain('repeat-of');
    const next = await registered(agent, { words: '请问遥控器怎么设置定时' });
    const ticketId = ticket.slice('/tickets/'.length);
    done(await agent.post(`${next}/link-ticket`, { relation: 'repeat-of', ticketId }));
    expect((await ticketOf(next)).linked).toEqual([`repeat-of ${ticketId}`]);
  });

  it('is reopened by the call that finds the fault back (FUP-02)', async () => {
    const ticket = await closed();
    await world.wait(2 * DAY);
    done(await agent.post(`${ticket}/complete-follow-up`, { followUp: 'after-closing', resolved: false }));
    expect(await ticketOf(ticket)).toMatchObject({ status: 'pending-dispatch', cycle: 2 });
  });

  it('closes unresolved for an unreachable customer only after somebody tried', async () => {
    const ticket = await registered(agent, repairWish);
    await world.settle();
    done(
      await agent.post(`${ticket}/record-contact`, {
        direction: 'outbound',
        channel: 'phone',
        purpose: 'appointment',
        reached: false,
      }),
    );
    done(await agent.decide(ticket, 'close-unresolved', { reason: 'unreachable' }));
    await world.settle();
    expect(await ticketOf(ticket)).toMatchObject({ status: 'closed-unresolved', openJobs: [] });
    refused(
      await agent.decide(ticket, 'close-unresolved', { reason: 'out-of-scope' }),
      409,
      'TICKET.NOT_BEING_HANDLED',
    );
  });
});
