import { policiesV1 } from '@aftercare/domain';
import { World, type Answer, type Person } from './support/world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ENGINEER = 'e0000000-0000-4000-8000-000000000001';

const complaint = {
  channel: 'phone',
  words: '约好的时间没人来,打电话还顶撞我',
  complaintCategory: 'response-speed',
  region: '310104',
  model: 'KFR-35GW',
};

const code = ({ status, body }: Answer) => [status, body.code as string];

describe('complaints over HTTP: the queue, the clocks, the file, the promises', () => {
  let world: World;
  let agent: Person;
  let quality: Person;
  let supervisor: Person;
  let manager: Person;
  let auditor: Person;
  let customerId: string;

  beforeAll(async () => {
    // A Monday after the holidays, 10:00 in Shanghai.
    world = await World.start();
    agent = await world.person('agent');
    quality = await world.person('quality');
    supervisor = await world.person('supervisor');
    manager = await world.person('manager');
    auditor = await world.person('auditor');
    const customer = await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104' });
    expect([customer.status, customer.body.code]).toEqual([201, undefined]);
    customerId = customer.body.id as string;
  }, 60_000);
  afterAll(() => world.stop());

  const register = async (more: object = {}): Promise<string> => {
    const answer = await agent.post('/complaints', { ...complaint, customerId, ...more });
    expect([answer.status, answer.body.code]).toEqual([201, undefined]);
    await world.settle();
    return answer.body.id as string;
  };
  const points = async (id: string, by: 'asJudgedThen' | 'underTodaysPolicy' = 'asJudgedThen') => {
    const { body } = await agent.get(`/complaints/${id}/control-points`);
    return Object.fromEntries(body[by].map((one: { point: string }) => [one.point, one])) as Record<
      string,
      { dueBy?: string; state: string; late: boolean; policyVersion: number; calendar: string; missedAt?: string }
    >;
  };
  const queue = async (person: Person, query = '') => {
    const answer = await person.get(`/complaints${query}`);
    expect(answer.status).toBe(200);
    return answer.body.complaints as { id: string; number: string; due: { point: string; dueBy: string } | null }[];
  };

  const chapter = async (person: Person, id: string, name: string) => {
    const { body } = await person.get(`/complaints/${id}/file`);
    const chapters = body.chapters as {
      chapter: string;
      entries: { type: string; data: Record<string, unknown>; by: { role: string } }[];
    }[];
    return chapters.find((one) => one.chapter === name)!.entries;
  };

  it('SLA-09, DEC-03 sets the control points of a new complaint and sorts the queue by time to breach', async () => {
    const general = await register();
    const grave = await register({ graveCause: 'demanding-favours', complaintCategory: 'attitude' });
    expect(await points(general)).toMatchObject({
      acknowledge: { dueBy: '2026-10-13T02:00:00.000Z', calendar: 'always', policyVersion: 1 },
      responsibility: { dueBy: '2026-10-14T02:00:00.000Z', calendar: 'office', state: 'running' },
      plan: { dueBy: '2026-10-15T02:00:00.000Z', calendar: 'office' },
    });
    expect((await points(grave))['acknowledge']).toMatchObject({ dueBy: '2026-10-12T02:30:00.000Z' });
    const shown = await queue(agent);
    expect(shown.map(({ id }) => id)).toEqual([grave, general]);
    expect(shown[0]).toMatchObject({
      number: 'KS202610002',
      state: 'registered',
      severity: 'urgent',
      severityName: { zh: '紧急' },
      due: { point: 'acknowledge', dueBy: '2026-10-12T02:30:00.000Z', provisional: false },
      late: false,
      personal: { words: complaint.words },
    });
    const first = await agent.get('/complaints?limit=1');
    expect(first.body.complaints).toHaveLength(1);
    const rest = await agent.get(`/complaints?limit=1&cursor=${first.body.next as string}`);
    expect(rest.body.complaints[0].id).toBe(general);
    expect(await queue(agent, '?severity=urgent')).toHaveLength(1);
    expect(await queue(agent, `?model=KFR-35GW&customerId=${customerId}&open=true`)).toHaveLength(2);
    expect(await queue(agent, '?model=other')).toEqual([]);
  });

  it('SLA-13 reminds and escalates by events, and meets no point twice', async () => {
    const { id } = (await queue(agent, '?severity=urgent'))[0]!;
    await world.wait(23 * MINUTE);
    const handling = async () =>
      (await chapter(auditor, id, 'handling')).map(({ type, data }) => `${type} ${data['point'] as string}`);
    expect(await handling()).toEqual(['complaint.ControlPointReminded acknowledge']);
    await world.wait(10 * MINUTE);
    expect(await handling()).toEqual([
      'complaint.ControlPointReminded acknowledge',
      'complaint.ControlPointMissed acknowledge',
    ]);
    const missed = (await chapter(auditor, id, 'handling')).at(-1);
    expect(missed).toMatchObject({
      data: { dueBy: '2026-10-12T02:30:00.000Z', escalatedTo: 'manager', policyVersion: 1, severity: 'urgent' },
      by: { role: 'system' },
    });
    expect((await queue(agent, '?late=true')).map((row) => row.id)).toEqual([id]);
    expect(
      (await agent.post(`/complaints/${id}/acknowledge-complaint`, { channel: 'phone', reached: true })).status,
    ).toBe(200);
    await world.wait(HOUR);
    expect((await points(id))['acknowledge']).toMatchObject({ state: 'met', late: true });
    expect(await handling()).toHaveLength(2);
  });

  it('DEC-02 stands still while information is awaited, and goes on behind it', async () => {
    const id = await register();
    const before = await points(id);
    const asked = await quality.post(`/complaints/${id}/request-information`, {
      from: 'complainant',
      question: '请提供发票照片',
      expectedBy: '2026-10-20T18:00:00+08:00',
    });
    expect([asked.status, asked.body.code]).toEqual([200, undefined]);
    await world.settle();
    expect((await points(id))['plan']).toMatchObject({ state: 'paused' });
    expect((await points(id))['plan']!.dueBy).toBeUndefined();
    expect((await points(id))['acknowledge']!.dueBy).toBe(before['acknowledge']!.dueBy);
    expect((await queue(agent, '?paused=true')).map((row) => row.id)).toEqual([id]);
    const { requests } = (await quality.get(`/complaints/${id}`)).body as { requests: { requestId: string }[] };
    await world.wait(24 * HOUR);
    const answered = { requestId: requests[0]!.requestId, complete: true, answer: '见附件' };
    expect((await agent.post(`/complaints/${id}/receive-information`, answered)).status).toBe(200);
    await world.settle();
    // A working day later than before.
    expect((await points(id))['plan']).toMatchObject({ state: 'running' });
    expect(Date.parse((await points(id))['plan']!.dueBy!) - Date.parse(before['plan']!.dueBy!)).toBe(24 * HOUR);
  });

  it('DEC-02, CLS-06 shows each clock as judged then and under the policy of today, and what a change would have done', async () => {
    const id = await register();
    const path = '/policies/service-level';
    const stricter = {
      ...policiesV1['service-level'].body,
      bySeverity: policiesV1['service-level'].body.bySeverity.map((rule) => ({
        ...rule,
        limits: { ...rule.limits, acknowledge: { amount: 5, unit: 'minute' } },
      })),
    };
    const effectiveFrom = new Date(Date.parse(world.clock.now()) + 2 * MINUTE).toISOString();
    const draft = { kind: 'service-level', effectiveFrom, body: stricter, reason: '压缩响应时间' };
    const trial = (await supervisor.post(`${path}/dry-run`, { body: stricter })).body;
    expect(trial).toMatchObject({ comparable: true, complete: true, cases: 4, checked: 4 });
    expect(trial.different).toMatchObject([{ number: 'KS202610003', before: 'in time', after: 'late: acknowledge' }]);
    expect((await supervisor.post(`${path}/draft-policy`, draft)).status).toBe(200);
    const [{ draftId }] = (await supervisor.get(path)).body.drafts;
    expect(code(await supervisor.decide(path, 'publish-policy', { draftId }))).toEqual([409, 'POLICY.NOT_APPROVED']);
    expect((await manager.decide(path, 'approve-policy', { draftId })).status).toBe(200);
    expect((await supervisor.decide(path, 'publish-policy', { draftId })).status).toBe(200);
    await world.wait(10 * MINUTE);
    expect((await points(id))['acknowledge']).toMatchObject({ policyVersion: 1, late: false });
    expect((await points(id, 'underTodaysPolicy'))['acknowledge']).toMatchObject({ policyVersion: 2, late: true });
    const next = await register();
    expect((await points(next))['acknowledge']).toMatchObject({ policyVersion: 2 });
    const row = (await queue(agent, `?number=${(await agent.get(`/complaints/${next}`)).body.number as string}`))[0]!;
    expect(row.due).toEqual({
      point: 'acknowledge',
      dueBy: (await points(next))['acknowledge']!.dueBy,
      provisional: false,
    });
  });

  it('CMP-12 lists every promise by when it is due, with its owner and who chased it', async () => {
    const id = await register({ external: { body: '12315', reference: 'R-1', dueBy: '2026-11-01T00:00:00+08:00' } });
    await supervisor.decide(`/complaints/${id}`, 'assign-handler', {
      handler: { id: 'staff-quality', role: 'quality' },
    });
    const commitment = {
      text: '周五前上门',
      nextSteps: '明天来电',
      expectedBy: '2026-10-16T18:00:00+08:00',
      channel: 'phone',
    };
    expect((await quality.post(`/complaints/${id}/give-commitment`, commitment)).status).toBe(200);
    await agent.post(`/complaints/${id}/record-contact`, {
      direction: 'inbound',
      channel: 'phone',
      purpose: 'chase',
      reached: true,
    });
    await world.settle();
    const { body } = await agent.get(`/promises-due?complaintId=${id}`);
    expect(body.promises).toMatchObject([
      {
        kind: 'commitment',
        kindName: { zh: '承诺' },
        dueBy: '2026-10-16T10:00:00.000Z',
        owner: { role: 'quality', person: 'staff-quality' },
        chasers: 1,
        late: false,
        personal: { text: '周五前上门' },
      },
      { kind: 'external', dueBy: '2026-10-31T16:00:00.000Z', chasers: 1 },
    ]);
    const [{ commitmentId }] = (await agent.get(`/complaints/${id}`)).body.commitments;
    expect((await quality.post(`/complaints/${id}/keep-commitment`, { commitmentId })).status).toBe(200);
    await world.settle();
    const left = (await agent.get(`/promises-due?complaintId=${id}`)).body.promises;
    expect(left.map(({ kind }: { kind: string }) => kind)).toEqual(['external']);
    expect((await agent.get('/promises-due?late=true')).body.promises).toEqual([]);
  });

  it('CMP-09 lists the milestones of an approved plan until their step is done', async () => {
    const id = await register({ graveCause: 'demanding-favours', complaintCategory: 'attitude' });
    const address = `/complaints/${id}`;
    const decided = async (person: Person, command: string, body: object = {}) => {
      const answer = await person.decide(address, command, body);
      expect([answer.status, answer.body.code]).toEqual([200, undefined]);
      return answer.body.events as { type: string; data: { planId: string } }[];
    };
    await decided(quality, 'take-complaint', { isSubordinateOf: [] });
    await agent.post(`${address}/acknowledge-complaint`, { reached: true, channel: 'phone' });
    await decided(quality, 'verify-complaint', { genuine: 'yes', complete: true, findings: '录音属实' });
    const [proposed] = await decided(quality, 'propose-plan', {
      diagnosis: { cause: 'training' },
      measures: { steps: [{ planStepId: 'p1', measure: 'training', what: '服务礼仪培训' }] },
      assignments: { list: [{ planStepId: 'p1', role: 'supervisor', person: 'staff-supervisor' }] },
      milestones: { list: [{ planStepId: 'p1', name: 'trained', dueBy: '2026-10-20T18:00:00+08:00' }] },
      budget: { cost: { amount: 0, currency: 'CNY' } },
    });
    const wall = async (query = '') =>
      (await agent.get(`/promises-due?kind=milestone&complaintId=${id}${query}`)).body.promises as object[];
    await world.settle();
    expect(await wall()).toEqual([]);
    await decided(supervisor, 'approve-plan', { planId: proposed!.data.planId });
    await decided(quality, 'start-plan');
    await world.settle();
    expect(await wall()).toMatchObject([
      {
        kind: 'milestone',
        kindName: { zh: '方案节点' },
        name: 'trained',
        dueBy: '2026-10-20T10:00:00.000Z',
        owner: { role: 'supervisor', person: 'staff-supervisor' },
        chasers: 0,
        late: false,
      },
    ]);
    expect(await wall('&ownerPerson=staff-quality')).toEqual([]);
    expect(await wall('&ownerPerson=staff-supervisor')).toHaveLength(1);
    await decided(quality, 'complete-plan-step', { planStepId: 'p1' });
    await world.settle();
    expect(await wall()).toEqual([]);
  });

  it('CMP-07, DEC-09 counts by model and by responsibility, and names staff to the entitled circle only', async () => {
    const id = await register({
      complaintCategory: 'attitude',
      staff: { id: ENGINEER, role: 'engineer' },
      personNamed: '李师傅',
      model: 'X-7',
    });
    const proposed = await quality.decide(`/complaints/${id}`, 'propose-responsibility', {
      result: 'attributed',
      shares: [
        {
          shareId: 's1',
          party: 'company',
          percent: 80,
          role: 'engineer',
          kind: 'person',
          meant: { kind: 'engineer', id: ENGINEER },
        },
        { shareId: 's2', party: 'customer', percent: 20, kind: 'organisation' },
      ],
      grounds: '录音证实',
      evidence: [],
    });
    expect([proposed.status, proposed.body.code]).toEqual([200, undefined]);
    const { proposalId } = (await chapter(auditor, id, 'responsibility'))[0]!.data;
    expect((await manager.decide(`/complaints/${id}`, 'confirm-responsibility', { proposalId })).status).toBe(200);
    await world.settle();

    const byModel = (await quality.get('/complaint-counts?by=model')).body.counts;
    expect(byModel.find(({ value }: { value: string }) => value === 'X-7')).toMatchObject({ complaints: 1, open: 1 });
    const byParty = (await quality.get('/complaint-counts?by=party&model=X-7')).body.counts;
    expect(byParty).toMatchObject([{ value: 'company', name: { zh: '公司内部' }, complaints: 1 }]);

    const open = JSON.stringify((await quality.get(`/complaints/${id}/file`)).body);
    expect(open).toContain(ENGINEER);
    expect(open).toContain('李师傅');
    const readings = ['', '/file', '/history', '/diff?from=0&to=4'].map((part) => `/complaints/${id}${part}`);
    for (const path of [...readings, `/cases/${id}/history`, '/complaints?model=X-7']) {
      const seen = JSON.stringify((await agent.get(path)).body);
      expect(seen).not.toContain(ENGINEER);
      expect(seen).not.toContain('李师傅');
    }
  });

  it('keeps a complaint from whom it is about: the same 404, and no row', async () => {
    const self = await world.person('agent', 'staff-impolite');
    const id = await register({ complaintCategory: 'attitude', staff: { id: 'staff-impolite', role: 'agent' } });
    expect((await self.get(`/complaints/${id}`)).status).toBe(404);
    expect((await self.get(`/complaints/${id}/file`)).status).toBe(404);
    expect((await self.get(`/complaints/${id}/control-points`)).status).toBe(404);
    expect((await self.get(`/complaints/${id}/history`)).status).toBe(404);
    expect((await self.get(`/cases/${id}/history`)).status).toBe(404);
    expect((await agent.get(`/complaints/${id}/history`)).status).toBe(200);
    const words = '空调滤网多久洗一次';
    const ticketId = (await agent.post('/tickets', { customerId, channel: 'phone', words })).body.id as string;
    await register({ ticketId, complaintCategory: 'attitude', staff: { id: 'staff-impolite', role: 'agent' } });
    expect((await self.get(`/cases/${ticketId}/history`)).status).toBe(404);
    expect((await agent.get(`/cases/${ticketId}/history`)).status).toBe(200);
    expect((await queue(self)).map((row) => row.id)).not.toContain(id);
    expect((await queue(agent)).map((row) => row.id)).toContain(id);
  });

  it('SEC-03 is closed to strangers and to roles without complaints, and refuses what it does not know', async () => {
    const { id } = (await queue(agent))[0]!;
    const paths = [
      '/complaints',
      `/complaints/${id}`,
      `/complaints/${id}/file`,
      '/promises-due',
      '/complaint-counts?by=model',
    ];
    const engineer = await world.person('engineer', ENGINEER);
    const analyst = await world.person('analyst');
    for (const path of paths) {
      expect((await world.nobody().get(path)).status).toBe(401);
      for (const person of [engineer, analyst]) expect((await person.get(path)).status).toBe(403);
    }
    const hr = await world.person('hr');
    expect([(await hr.get('/complaints')).status, (await hr.get('/promises-due')).status]).toEqual([200, 403]);
    expect(code(await agent.get('/complaints?severity=terrible'))).toEqual([400, 'REQUEST.INVALID']);
    expect(code(await agent.get('/complaints?surprise=1'))).toEqual([400, 'REQUEST.INVALID']);
    expect(code(await agent.get('/complaints?cursor=bm8'))).toEqual([400, 'REQUEST.INVALID']);
    expect(code(await agent.get('/complaints?receivedFrom=2026-02-31'))).toEqual([400, 'REQUEST.INVALID']);
    expect(code(await agent.get('/complaint-counts'))).toEqual([400, 'REQUEST.INVALID']);
    expect(code(await agent.get('/complaint-counts?by=name'))).toEqual([400, 'REQUEST.INVALID']);
    expect(code(await agent.get('/promises-due?kind=wish'))).toEqual([400, 'REQUEST.INVALID']);
    expect((await agent.get('/complaints/not-a-uuid')).status).toBe(404);
    expect((await agent.get(`/complaints/${customerId}/file`)).status).toBe(404);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await agent.get(`/complaints/${nobody}/control-points`)).status).toBe(404);
  });
});
