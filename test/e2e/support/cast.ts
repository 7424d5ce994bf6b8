import type { Answer, Person, World } from './world';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The whole answer when it is not what was expected: a problem's code says more than a status. */
export const done = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};

/** A refusal as a person would read it: problem document, stable code, a title in words. */
export const refused = (answer: Answer, status: number, code: string): Answer => {
  expect(answer.body).toMatchObject({ status, code, type: `urn:aftercare:problem:${code.toLowerCase()}` });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.body.title).not.toBe(code);
  return answer;
};

/** An engineer who can do everything in Shanghai, with a token. */
export const hire = async (world: World, supervisor: Person, name = '李四'): Promise<Person> => {
  const { categories } = done(await supervisor.get('/policies/catalogue')).body.versions.at(-1).body;
  const hired = done(
    await supervisor.post('/engineers', {
      name,
      phone: '13900000000',
      skills: [...new Set(categories.flatMap((one: { skills: string[] }) => one.skills))],
      categories: categories.map((one: { category: string }) => one.category),
      regions: ['3101'],
      capacity: 6,
    }),
  );
  await world.settle();
  return world.person('engineer', hired.body.id);
};

export const customerOf = async (agent: Person, named: object = {}): Promise<string> =>
  done(
    await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104', tier: 'normal', ...named }),
  ).body.id as string;

/** A ticket as an agent registers it; gives its address. */
export const registered = async (agent: Person, wish: object): Promise<string> => {
  const customerId = await customerOf(agent);
  const { id } = done(await agent.post('/tickets', { customerId, channel: 'phone', ...wish })).body;
  return `/tickets/${id}`;
};

export const repairWish = {
  words: '空调不制冷,请上门维修',
  serviceType: 'on-site',
  intent: 'repair',
  impact: 'unusable',
  category: 'air-conditioner',
};

/** The conversation in which the customer said something; its id is the proof of it. */
export const call = async (staff: Person, ticket: string): Promise<string> =>
  done(
    await staff.post(`${ticket}/record-contact`, {
      direction: 'outbound',
      channel: 'phone',
      purpose: 'progress',
      reached: true,
    }),
  ).body.events[0].data.contactId as string;

export const linkOf = async (agent: Person, ticket: string): Promise<string> =>
  done(await agent.post(`${ticket}/issue-tracking-link`)).body.token as string;

/** The address of the job that is open now. */
export const openJob = async (staff: Person, ticket: string): Promise<string> => {
  const jobs = done(await staff.get(ticket)).body.openJobs;
  expect(jobs).toHaveLength(1);
  return `/work-orders/${jobs[0].id}`;
};

/** One trip that ends so, reported in one batch: nobody signs. */
export const visit = async (world: World, engineer: Person, workOrder: string, outcome = 'fixed'): Promise<void> => {
  done(await engineer.post(`${workOrder}/accept-work-order`));
  await world.settle();
  const at = (minutes: number) => new Date(Date.parse(world.clock.now()) + minutes * MINUTE).toISOString();
  const [leave, arrive, start, end] = [1, 30, 35, 90].map(at);
  await world.wait(2 * HOUR);
  const report = {
    fact: 'ServiceReportFiled',
    occurredAt: end,
    faultCode: 'E1',
    cause: 'sensor',
    remedy: 'replaced',
    parts: [],
    rating: 'satisfied',
    acceptance: 'absent',
  };
  done(
    await engineer.post(`${workOrder}/facts`, {
      facts: [
        { fact: 'TravelStarted', occurredAt: leave },
        { fact: 'ArrivalRecorded', occurredAt: arrive, badgeShown: true },
        { fact: 'WorkStarted', occurredAt: start },
        ...(outcome === 'fixed' ? [report] : []),
        { fact: 'WorkCompleted', occurredAt: end, outcome },
      ],
    }),
  );
  await world.settle();
};

/** The call within the hour, then closing. */
export const callAndClose = async (agent: Person, ticket: string): Promise<void> => {
  done(await agent.post(`${ticket}/complete-follow-up`, { followUp: 'confirmation-call', resolved: true }));
  done(await agent.decide(ticket, 'close-ticket'));
};

/** What happened, as the history tells it. */
export const typesOf = async (staff: Person, ticket: string): Promise<string[]> =>
  (done(await staff.get(`${ticket}/history`)).body.entries as { type: string }[]).map(({ type }) => type);
