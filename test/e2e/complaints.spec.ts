import {
  callAndClose,
  call,
  customerOf,
  DAY,
  done,
  hire,
  openJob,
  refused,
  registered,
  repairWish,
  typesOf,
  visit,
} from './support/cast';
import { World, type Person } from './support/world';

const wish = { channel: 'phone', words: '约好的时间没人来,打电话还顶撞我', complaintCategory: 'repair-delay' };

/** CMP-01 … CMP-19 through the real server, the real store and the real processes. */
describe('a complaint over HTTP', () => {
  let world: World;
  let agent: Person;
  let crm: Person;
  let quality: Person;
  let supervisor: Person;
  let manager: Person;
  let engineer: Person;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    crm = await world.person('crm');
    quality = await world.person('quality');
    supervisor = await world.person('supervisor');
    manager = await world.person('manager');
    engineer = await hire(world, supervisor);
  }, 60_000);
  afterAll(() => world.stop());

  const complaintOf = async (more: object = {}): Promise<string> => {
    const customerId = await customerOf(agent);
    const { id } = done(await agent.post('/complaints', { ...wish, customerId, ...more })).body;
    return `/complaints/${id}`;
  };
  const eventOf = (answer: { body: { events: { type: string; data: Record<string, string> }[] } }, type: string) =>
    answer.body.events.find((one) => one.type === `complaint.${type}`)!.data;

  /** Acknowledged, verified, blamed by four eyes. */
  const blamed = async (complaint: string): Promise<void> => {
    done(await crm.decide(complaint, 'take-complaint', { isSubordinateOf: [] }));
    done(await agent.post(`${complaint}/acknowledge-complaint`, { reached: true, channel: 'phone' }));
    done(await crm.decide(complaint, 'verify-complaint', { genuine: 'yes', complete: true, findings: '录音属实' }));
    const meant = { kind: 'engineer', id: engineer.id };
    const shares = [{ party: 'company', percent: 100, role: 'engineer', kind: 'person', meant }];
    const proposed = done(
      await crm.decide(complaint, 'propose-responsibility', { result: 'attributed', shares, grounds: '两次爽约' }),
    );
    const { proposalId } = eventOf(proposed, 'ResponsibilityProposed');
    done(await quality.decide(complaint, 'confirm-responsibility', { proposalId }));
  };

  const executing = async (complaint: string): Promise<void> => {
    const plan = {
      diagnosis: { cause: 'double-booked' },
      measures: { steps: [{ planStepId: 'p1', measure: 'repair-again', what: '改派高级工程师' }] },
      assignments: { list: [{ planStepId: 'p1', role: 'supervisor' }] },
      milestones: { list: [], none: '当天完成' },
      budget: { cost: { amount: 0, currency: 'CNY' } },
    };
    const { planId } = eventOf(done(await crm.decide(complaint, 'propose-plan', plan)), 'ResolutionPlanProposed');
    refused(await crm.decide(complaint, 'start-plan'), 409, 'COMPLAINT.NOT_PLANNED');
    done(await supervisor.decide(complaint, 'approve-plan', { planId }));
    done(await crm.decide(complaint, 'start-plan'));
  };

  it('CMP-04 is registered under a KS number of its own, once per key', async () => {
    const customerId = await customerOf(agent);
    const first = done(await agent.post('/complaints', { ...wish, customerId }, { key: 'one-complaint' }));
    expect(first.status).toBe(201);
    expect(first.body.number).toMatch(/^KS\d{6}\d{3,}$/);
    expect(first.headers['location']).toBe(`/complaints/${first.body.id}`);
    expect(first.body.events.map(({ type }: { type: string }) => type)).toEqual([
      'complaint.ComplaintRegistered',
      'complaint.SeverityAssessed',
      'complaint.ComplainantContacted',
    ]);
    expect(JSON.stringify(first.body)).not.toContain('顶撞');
    const again = done(await agent.post('/complaints', { ...wish, customerId }, { key: 'one-complaint' }));
    expect(again.body).toMatchObject({ id: first.body.id, number: first.body.number, repeated: true });
  });

  it('refuses what is malformed, not allowed or not on record', async () => {
    const malformed = refused(
      await agent.post('/complaints', { channel: 'pigeon', words: '', extra: true }),
      400,
      'REQUEST.INVALID',
    );
    expect(malformed.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/channel', '/words', '/extra']),
    );
    refused(await engineer.post('/complaints', wish), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(
      await agent.post('/complaints', { ...wish, customerId: '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001' }),
      409,
      'COMPLAINT.UNKNOWN_CUSTOMER',
    );
    const ticketId = '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002';
    refused(await agent.post('/complaints', { ...wish, ticketId }), 409, 'COMPLAINT.TICKET_UNKNOWN');
    refused(await agent.post('/complaints', { ...wish, workOrderId: ticketId }), 409, 'COMPLAINT.WORK_ORDER_UNKNOWN');
    refused(await agent.post('/complaints/nothing/record-contact', {}), 400, 'REQUEST.INVALID');
    refused(
      await crm.post('/complaints/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0002/mark-safety', { reason: '漏电' }),
      404,
      'RESOURCE.NOT_FOUND',
    );
  });

  it('CMP-01 is submitted by a machine, and may be anonymous', async () => {
    const channel = await world.person('channel');
    const submitted = done(await channel.post('/complaint-submissions', { ...wish, channel: 'wechat' }));
    expect(submitted.body.number).toMatch(/^KS/);
    expect(submitted.body.events[0].data).toMatchObject({ complainant: 'anonymous', receiver: { role: 'channel' } });
  });

  it('INT-17 a ticket that is a grievance becomes one, which knows its ticket', async () => {
    const ticket = await registered(agent, { words: '你们的师傅态度太差,我要投诉' });
    await world.settle();
    const { body } = done(await agent.get(ticket));
    expect(body).toMatchObject({ status: 'cancelled', complaints: [{ open: true }] });
    const complaint = `/complaints/${body.complaints[0].complaintId}`;
    done(await crm.post(`${complaint}/acknowledge-complaint`, { reached: true, channel: 'phone' }));
  });

  it('CMP-06 … CMP-14 goes from registration to the file, with a rework ticket that comes back', async () => {
    const ticket = await registered(agent, repairWish);
    await world.settle();
    await visit(world, engineer, await openJob(agent, ticket));
    const complaint = await complaintOf({
      ticketId: ticket.slice('/tickets/'.length),
      category: 'air-conditioner',
      region: '310104',
    });
    await world.settle();
    expect((await agent.get(ticket)).body.complaints).toMatchObject([{ open: true }]);
    await blamed(complaint);
    await executing(complaint);
    const { ticketId } = eventOf(
      done(await crm.decide(complaint, 'open-rework-ticket', { planStepId: 'p1', serviceType: 'on-site' })),
      'ReworkTicketOpened',
    );
    await world.settle();
    const rework = `/tickets/${ticketId}`;
    expect(done(await agent.get(rework)).body).toMatchObject({ type: 'repair', reworkFor: { planStepId: 'p1' } });
    await visit(world, engineer, await openJob(agent, rework));
    done(await agent.post(`${rework}/confirm-resolution`, { channel: 'phone', contactId: await call(agent, rework) }));
    await world.settle();
    await callAndClose(agent, rework);
    await world.settle();
    const told = done(
      await crm.decide(complaint, 'communicate-outcome', { channel: 'phone', reached: true, text: '已修好' }),
    );
    const { contactId } = eventOf(told, 'OutcomeCommunicated');
    refused(await crm.decide(complaint, 'close-complaint', { outcome: 'satisfied' }), 409, 'COMPLAINT.VERDICT_MISSING');
    const verdict = { verdict: 'satisfied', channel: 'phone', contactId };
    refused(await crm.post(`${complaint}/record-verdict`, verdict), 409, 'COMPLAINT.EVALUATION_MISSING');
    const evaluation = { fairness: 'satisfied', timeliness: 'neutral', attitude: 'satisfied', result: 'satisfied' };
    done(await crm.post(`${complaint}/record-verdict`, { ...verdict, evaluation }));
    done(await crm.decide(complaint, 'close-complaint', { outcome: 'satisfied' }));
    await world.settle();
    expect((await agent.get(ticket)).body.complaints).toMatchObject([{ open: false }]);
    expect(await typesOf(agent, ticket)).toEqual(
      expect.arrayContaining(['ticket.ComplaintOpened', 'ticket.ComplaintEnded']),
    );
  });

  it('CLO-04 tells whoever dispatches that the engineer complained about has to stay out of it, and asks why they are sent', async () => {
    const ticket = await registered(agent, repairWish);
    await world.settle();
    const job = await openJob(agent, ticket);
    const ticketId = ticket.slice('/tickets/'.length);
    done(await supervisor.decide(job, 'withdraw-dispatch', { reason: '有投诉' }));
    await complaintOf({ ticketId, staff: { id: engineer.id, role: 'engineer' } });
    await world.settle();
    const { tickets } = done(await supervisor.get('/unassigned?limit=200')).body;
    const { jobs } = tickets.find(({ id }: { id: string }) => id === ticketId);
    expect(jobs[0].ranking.excluded).toContainEqual(
      expect.objectContaining({ id: engineer.id, excluded: ['recused'] }),
    );
    const to = { kind: 'engineer', id: engineer.id };
    refused(await supervisor.decide(job, 'dispatch-work-order', { to }), 409, 'WORK_ORDER.REASON_NEEDED');
    const sent = done(await supervisor.decide(job, 'dispatch-work-order', { to, reason: '客户同意由其上门' }));
    expect(sent.body.events[0].data).toMatchObject({ overrides: ['recused'] });
    expect(JSON.stringify((await agent.get(`${ticket}/history`)).body)).not.toContain('recused');
  });

  it('DEC-09 is appealed by the engineer who is held responsible, who sees no other; becomes final by itself', async () => {
    const complaint = await complaintOf();
    refused(
      await engineer.post(`${complaint}/appeal-responsibility`, { shareId: 's1', grounds: '无' }),
      404,
      'RESOURCE.NOT_FOUND',
    );
    await blamed(complaint);
    refused(
      await crm.decide(complaint, 'confirm-responsibility', { proposalId: 'another' }),
      403,
      'AUTH.ROLE_NOT_ALLOWED',
    );
    done(await quality.post(`${complaint}/notify-responsibility`, { shareId: 's1', channel: 'email' }));
    const appealed = done(
      await engineer.post(`${complaint}/appeal-responsibility`, { shareId: 's1', grounds: '当天系统未派单' }),
    );
    const { appealId } = eventOf(appealed, 'ResponsibilityAppealed');
    const decision = { appealId, decision: 'upheld', grounds: '派单记录属实' };
    refused(await quality.decide(complaint, 'decide-appeal', decision), 409, 'COMPLAINT.APPEAL_FOUR_EYES');
    const decided = done(await manager.decide(complaint, 'decide-appeal', decision));
    expect(decided.body.events[0].data).toMatchObject({ decision: 'upheld', final: true });
    const quiet = await complaintOf();
    await blamed(quiet);
    done(await quality.post(`${quiet}/notify-responsibility`, { shareId: 's1', channel: 'email' }));
    await world.wait(20 * DAY);
    await world.settle();
    expect(await typesOf(await world.person('auditor'), quiet)).toEqual(
      expect.arrayContaining(['complaint.ControlPointMissed', 'complaint.ResponsibilityBecameFinal']),
    );
    refused(
      await engineer.post(`${quiet}/appeal-responsibility`, { shareId: 's1', grounds: '迟了' }),
      409,
      'COMPLAINT.RESPONSIBILITY_NOT_CONFIRMED',
    );
  });
});
