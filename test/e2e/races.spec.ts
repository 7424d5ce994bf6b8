import { call, customerOf, done, hire, openJob, refused, registered, repairWish } from './support/cast';
import { World, type Answer, type Person } from './support/world';

/** How many answers had each status. */
const tally = (answers: readonly Answer[]): Readonly<Record<number, number>> =>
  answers.reduce<Record<number, number>>((all, { status }) => ({ ...all, [status]: (all[status] ?? 0) + 1 }), {});

describe('people who act at the same moment', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;
  let engineer: Person;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
    engineer = await hire(world, supervisor);
  });
  afterAll(() => world.stop());

  const dispatched = async (): Promise<{ ticket: string; workOrder: string }> => {
    const ticket = await registered(agent, repairWish);
    await world.settle();
    return { ticket, workOrder: await openJob(agent, ticket) };
  };

  it('lets an acceptance or the withdrawal of the dispatch win, never both, and tells the other why (DSP-06)', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { ticket, workOrder } = await dispatched();
      const etag = (await supervisor.get(workOrder)).headers['etag']!;
      const accept = () => engineer.post(`${workOrder}/accept-work-order`);
      const withdraw = () =>
        supervisor.post(`${workOrder}/withdraw-dispatch`, { reason: 'replanned' }, { ifMatch: etag });
      const [first, second] = await Promise.all(round % 2 ? [accept(), withdraw()] : [withdraw(), accept()]);
      const [accepted, withdrawn] = round % 2 ? [first, second] : [second, first];
      expect([accepted.status, withdrawn.status].filter((status) => status === 200)).toHaveLength(1);
      if (withdrawn.status === 200) expect(accepted.body.code).toMatch(/^WORK_ORDER\./);
      else {
        refused(withdrawn, 412, 'PRECONDITION.FAILED');
        expect(withdrawn.headers['etag']).toBe(accepted.headers['etag']);
      }
      await world.settle();
      const { body } = await supervisor.get(workOrder);
      expect(body.status).toBe(withdrawn.status === 200 ? 'planned' : 'accepted');
      expect((await agent.get(ticket)).body.status).toBe(withdrawn.status === 200 ? 'pending-dispatch' : 'in-progress');
      done(await supervisor.decide(workOrder, 'cancel-work-order', { reason: 'mistake', tripMade: false }));
    }
  });

  it('closes once when 64 close what they saw; 63 are told that it changed and what it is now (architecture §5)', async () => {
    const ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
    done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch' }));
    const contactId = await call(agent, ticket);
    done(await agent.post(`${ticket}/confirm-resolution`, { channel: 'phone', contactId }));
    await world.settle();
    done(await agent.post(`${ticket}/complete-follow-up`, { followUp: 'confirmation-call', resolved: true }));
    await world.settle();
    const ifMatch = (await agent.get(ticket)).headers['etag']!;
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => agent.post(`${ticket}/close-ticket`, {}, { ifMatch })),
    );
    expect(tally(answers)).toEqual({ 200: 1, 412: 63 });
    const now = (await agent.get(ticket)).body;
    for (const answer of answers.filter(({ status }) => status === 412)) refused(answer, 412, 'PRECONDITION.FAILED');
    const closings = done(await agent.get(`${ticket}/history`)).body.entries.filter(
      ({ type }: { type: string }) => type === 'ticket.TicketClosed',
    );
    expect(closings).toHaveLength(1);
    expect(now.status).toBe('completed');
  });

  it('does a request once that was sent 16 times with one key at the same moment (architecture §5)', async () => {
    const customerId = await customerOf(agent);
    const body = { customerId, channel: 'phone', words: '请问怎么除霜' };
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => agent.post('/tickets', body, { key: 'impatient' })),
    );
    expect(new Set(answers.map(({ body: { id, number } }) => `${id} ${number}`)).size).toBe(1);
    expect(tally(answers)).toEqual({ 201: 16 });
    expect(answers.filter((answer) => !answer.body.repeated)).toHaveLength(1);
  });

  it('takes the customer’s yes and no by link at the same moment as one verdict (CLO-03)', async () => {
    const nobody = world.nobody();
    for (let round = 0; round < 3; round += 1) {
      const ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
      done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch' }));
      const link = done(await agent.post(`${ticket}/issue-tracking-link`)).body.token;
      const answers = await Promise.all([
        nobody.post(`/track/${link}/confirm-resolution`),
        nobody.post(`/track/${link}/reject-resolution`, { reason: 'other' }),
      ]);
      expect(tally(answers)).toEqual({ 200: 1, 409: 1 });
      refused(
        answers.find(({ status }) => status === 409)!,
        409,
        'TICKET.NOT_AWAITING_CONFIRMATION',
      );
    }
  });
});
