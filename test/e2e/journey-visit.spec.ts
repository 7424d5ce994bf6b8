import { World, type Person } from './support/world';

const HOUR = 3_600_000;
const MINUTE = 60_000;

describe('a repair with a visit, from the call to closing', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;
  let engineer: Person;
  let ticket: string;
  let workOrder: string;
  let trackToken: string;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
    const hired = await supervisor.post('/engineers', {
      name: '李四',
      phone: '13900000000',
      skills: [],
      categories: [],
      regions: ['3101'],
      capacity: 6,
    });
    expect(hired.status).toBe(201);
    const catalogue = (await supervisor.get('/policies/catalogue')).body.versions.at(-1).body;
    const repairable = catalogue.categories[0];
    engineer = await world.person('engineer', hired.body.id);
    const profile = await supervisor.decide(`/engineers/${hired.body.id}`, 'change-engineer-profile', {
      skills: [...new Set(catalogue.categories.flatMap((one: { skills: string[] }) => one.skills))],
      categories: catalogue.categories.map((one: { category: string }) => one.category),
      regions: ['3101'],
      capacity: 6,
    });
    expect(profile.body).toMatchObject({ repeated: false });
    await world.settle();
    const customer = await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104' });
    const registered = await agent.post('/tickets', {
      customerId: customer.body.id,
      channel: 'phone',
      words: '机器坏了,完全不能用,请上门维修',
      serviceType: 'on-site',
      intent: 'repair',
      impact: 'unusable',
      category: repairable.category,
      contactPhone: '13800000000',
    });
    expect(registered.status).toBe(201);
    ticket = `/tickets/${registered.body.id}`;
    await world.settle();
  });
  afterAll(() => world.stop());

  it('is dispatched by itself to the engineer who fits (DSP-02)', async () => {
    const shown = await agent.get(ticket);
    expect(shown.body.openJobs).toHaveLength(1);
    workOrder = `/work-orders/${shown.body.openJobs[0].id}`;
    const order = await supervisor.get(workOrder);
    expect(order.body).toMatchObject({ status: 'dispatched', assignee: { kind: 'engineer', id: engineer.id } });
  });

  it('shows the engineer the job, masked, and nobody else’s (SEC-01)', async () => {
    const jobs = await engineer.get(`/engineers/${engineer.id}/jobs`);
    expect(jobs.body.jobs).toHaveLength(1);
    expect(jobs.body.jobs[0].ticket.personal.contactPhone).toBe('138****0000');
    expect((await engineer.get(ticket)).status).toBe(200);
    const stranger = await world.person('engineer', '00000000-0000-4000-8000-000000000009');
    expect((await stranger.get(workOrder)).status).toBe(404);
    expect((await stranger.get(`/engineers/${engineer.id}/jobs`)).status).toBe(404);
  });

  it('stands in the queue with its owner after the wait for one’s own change', async () => {
    const accepted = await engineer.post(`${workOrder}/accept-work-order`);
    expect(accepted.status).toBe(200);
    await world.settle();
    const queue = await agent.get('/tickets?state=in-progress&counts=true', {
      'aftercare-min-position': accepted.headers['aftercare-position']!,
    });
    expect(queue.headers['aftercare-stale']).toBeUndefined();
    expect(queue.body.tickets).toHaveLength(1);
    expect(queue.body.tickets[0]).toMatchObject({ assignee: { id: engineer.id, accepted: true } });
    expect(queue.body.counts).toEqual({ 'in-progress': 1 });
  });

  it('takes facts from the field in a batch, hours late, and refuses a malformed one whole (DEC-17)', async () => {
    const at = (minutes: number) => new Date(Date.parse(world.clock.now()) + minutes * MINUTE).toISOString();
    const wrong = await engineer.post(`${workOrder}/facts`, {
      facts: [
        { fact: 'TravelStarted', occurredAt: at(0) },
        { fact: 'ArrivalRecorded', occurredAt: 'yesterday', badgeShown: true },
      ],
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(['/facts/1/occurredAt']);
    const times = [5, 30, 35, 90].map(at);
    await world.wait(3 * HOUR);
    const facts = await engineer.post(`${workOrder}/facts`, {
      facts: [
        { fact: 'TravelStarted', occurredAt: times[0] },
        { fact: 'ArrivalRecorded', occurredAt: times[1], badgeShown: true },
        { fact: 'WorkStarted', occurredAt: times[2] },
        {
          fact: 'ServiceReportFiled',
          occurredAt: times[3],
          faultCode: 'E1',
          cause: 'sensor',
          remedy: 'replaced',
          parts: [],
          rating: 'satisfied',
          acceptance: 'signed',
          signature: Buffer.from('\x89PNG\r\n\x1a\n a signature', 'latin1').toString('base64'),
        },
        { fact: 'WorkCompleted', occurredAt: times[3], outcome: 'fixed' },
      ],
    });
    expect(facts.body.code).toBeUndefined();
    expect(facts.status).toBe(200);
    await world.settle();
    expect((await agent.get(ticket)).body.status).toBe('confirmed');
  });

  it('can be closed once the call was made (FUP-01)', async () => {
    await world.wait(10 * MINUTE);
    const call = await agent.post(`${ticket}/complete-follow-up`, {
      followUp: 'confirmation-call',
      resolved: true,
      answers: {
        responseSpeed: 'satisfied',
        expertise: 'satisfied',
        attitude: 'satisfied',
        problemSolved: 'satisfied',
      },
    });
    expect(call.status).toBe(200);
    const closed = await agent.decide(ticket, 'close-ticket');
    expect(closed.status).toBe(200);
    expect((await agent.get(ticket)).body.status).toBe('completed');
    await world.settle();
    const listed = async (query: string) => {
      const { tickets } = (await agent.get(`/tickets${query}`)).body as { tickets: readonly { id: string }[] };
      return tickets.map(({ id }) => `/tickets/${id}`);
    };
    // The queue is what is left to do; who wants more says so.
    expect(await listed('')).not.toContain(ticket);
    expect(await listed('?state=all')).toContain(ticket);
    expect(await listed('?state=completed')).toContain(ticket);
    expect(await listed(`?number=${(await agent.get(ticket)).body.number}`)).toContain(ticket);
  });

  it('tells its whole history: who, in which role, why, three times and what caused it', async () => {
    const auditor = await world.person('auditor');
    const { body } = await auditor.get(`${ticket}/history`);
    expect(body.streams).toHaveLength(2);
    const types = body.entries.map((entry: { type: string }) => entry.type);
    expect(types[0]).toBe('ticket.TicketRegistered');
    expect(types).toContain('work_order.WorkOrderDispatched');
    const opened = body.entries.find((entry: { type: string }) => entry.type === 'ticket.JobOpened');
    expect(opened.causedBy.eventType).toBe('work_order.WorkOrderPlanned');
    const arrival = body.entries.find((entry: { type: string }) => entry.type === 'work_order.ArrivalRecorded');
    expect(arrival).toMatchObject({ byStatement: true, by: { role: 'engineer', roleName: { zh: '服务工程师' } } });
    for (const entry of body.entries) expect(entry.says.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(JSON.stringify(body)).not.toContain('13800000000');
  });

  it('shows what was known at an instant, at a revision, and what had happened by then (DEC-17)', async () => {
    const auditor = await world.person('auditor');
    const whole = (await auditor.get(`${ticket}/history`)).body.entries;
    const travel = whole.find((entry: { type: string }) => entry.type === 'work_order.TravelStarted');
    const known = (await auditor.get(`${ticket}/history?asOf=${travel.occurredAt}`)).body;
    expect(known.status).toBe('in-progress');
    expect(known.entries.map((entry: { type: string }) => entry.type)).not.toContain('work_order.TravelStarted');
    const happened = (await auditor.get(`${ticket}/history?occurredBy=${travel.occurredAt}`)).body;
    expect(happened.entries.at(-1).type).toBe('work_order.TravelStarted');
    const first = (await auditor.get(`${ticket}/history?asOfRevision=0`)).body;
    expect(first.entries).toHaveLength(1);
    expect((await auditor.get(`${ticket}/history?asOf=yesterday`)).status).toBe(400);
  });

  it('lets the customer follow it by number and last four digits, and by a link that can be revoked', async () => {
    const nobody = world.nobody();
    const number = (await agent.get(ticket)).body.number;
    const found = await nobody.post('/track', { number, lastFour: '0000' });
    expect(found.body).toMatchObject({ number, status: 'completed' });
    expect(JSON.stringify(found.body)).not.toMatch(/张三|138/);
    expect((await nobody.post('/track', { number, lastFour: '1234' })).status).toBe(404);
    const issued = await agent.post(`${ticket}/issue-tracking-link`);
    trackToken = issued.body.token;
    expect((await nobody.get(`/track/${trackToken}`)).body.number).toBe(number);
    expect((await nobody.get(`/track/${trackToken.slice(0, -2)}xx`)).status).toBe(404);
    const linkId = issued.body.events[0].data.linkId;
    expect((await agent.post(`${ticket}/revoke-tracking-link`, { linkId })).status).toBe(200);
    expect((await nobody.get(`/track/${trackToken}`)).status).toBe(404);
  });

  it('limits guessing of the four digits', async () => {
    const nobody = world.nobody();
    const tries = [];
    for (let digits = 0; digits < 20; digits += 1)
      tries.push(await nobody.post('/track', { number: '209901001', lastFour: String(digits).padStart(4, '0') }));
    expect(tries.at(-1)!.status).toBe(429);
    expect(Number(tries.at(-1)!.headers['retry-after'])).toBeGreaterThan(60);
  });

  it('shows a phone unmasked only for a reason, which is recorded', async () => {
    const before = await world.platform.stores.store.head();
    expect((await agent.post(`${ticket}/unmask`, { fields: ['contactPhone'] })).status).toBe(400);
    const shown = await agent.post(`${ticket}/unmask`, { fields: ['contactPhone'], reason: '联系客户' });
    expect(shown.body.fields).toEqual({ contactPhone: '13800000000' });
    const { events } = await world.platform.stores.store.readAll({ after: before! });
    expect(events.map(({ type }) => type)).toEqual(['access_log.PersonalDataShown']);
    expect(events[0]!.data).not.toContain('联系客户');
    const analyst = await world.person('analyst');
    expect((await analyst.post(`${ticket}/unmask`, { fields: ['contactPhone'], reason: 'x' })).status).toBe(403);
  });
});
