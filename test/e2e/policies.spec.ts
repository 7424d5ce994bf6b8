import { HOUR, policiesV1 } from '@aftercare/domain';
import { World, type Answer, type Person } from './support/world';

const problem = (answer: Answer, status: number, code: string) => {
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
};
const pointers = (answer: Answer): string[] =>
  (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort();

/** Version of the priority policy that a registration recorded. */
const versionIn = ({ body }: Answer): number => {
  const events = body.events as { type: string; data: { decided: { policyVersion: number } } }[];
  return events.find(({ type }) => type === 'ticket.TicketPrioritized')!.data.decided.policyVersion;
};

/** Every degraded function is urgent: differs from version 1 for whoever said `degraded`. */
const strict = {
  ...policiesV1.priority.body,
  byImpact: policiesV1.priority.body.byImpact.map((row) =>
    row.impact === 'degraded' ? { ...row, priority: 'P1' } : row,
  ),
};
const soon = (world: World, millis = HOUR) => new Date(Date.parse(world.clock.now()) + millis).toISOString();

describe('policies over HTTP', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;
  let manager: Person;
  let customerId: string;

  const register = (words: string, impact?: string, more: object = {}) =>
    agent.post('/tickets', { customerId, channel: 'phone', words, ...(impact ? { impact } : {}), ...more });

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
    manager = await world.person('manager');
    customerId = (await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104' })).body.id;
  });
  afterAll(() => world.stop());

  describe('reading', () => {
    it('lists every kind with the version in force and no drafts in a new store', async () => {
      const { status, body } = await agent.get('/policies');
      expect(status).toBe(200);
      expect(body.policies.map(({ kind }: { kind: string }) => kind)).toEqual(Object.keys(policiesV1));
      for (const policy of body.policies)
        expect(policy).toMatchObject({ inForce: { version: 1 }, versions: 1, drafts: [] });
      const second = body.policies.filter(({ needsSecondPerson }: { needsSecondPerson: boolean }) => needsSecondPerson);
      expect(second.map(({ kind }: { kind: string }) => kind)).toEqual(['warranty', 'closing', 'service-level']);
    });

    it('shows all versions of a kind with their bodies, and a tag to decide with', async () => {
      const { body, headers } = await agent.get('/policies/warranty');
      expect(body).toMatchObject({ kind: 'warranty', inForce: 1, needsSecondPerson: true, drafts: [], revision: 0 });
      expect(body.versions).toMatchObject([{ version: 1, published: { by: { role: 'system' } } }]);
      expect(body.versions[0].body).toEqual(policiesV1.warranty.body);
      expect(headers['etag']).toBe('"0"');
      expect(headers['aftercare-position']).toBeDefined();
      const short = await agent.get('/policies/type?bodies=false');
      expect(short.body.versions[0]).not.toHaveProperty('body');
      const one = await agent.get('/policies/warranty/1');
      expect(one.body).toMatchObject({ kind: 'warranty', version: 1, inForce: true, body: policiesV1.warranty.body });
    });

    it('answers the same 404 for an unknown kind and an unknown version', async () => {
      const answers = await Promise.all(
        ['/policies/weather', '/policies/warranty/2', '/policies/warranty/latest', '/policies/warranty/0'].map((path) =>
          agent.get(path),
        ),
      );
      answers.forEach((answer) => problem(answer, 404, 'RESOURCE.NOT_FOUND'));
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    });

    it('is closed to strangers, customers and machines, and refuses parameters that it does not know', async () => {
      problem(await world.nobody().get('/policies/type'), 401, 'AUTH.TOKEN_MISSING');
      problem(await (await world.person('channel')).get('/policies'), 403, 'AUTH.ROLE_NOT_ALLOWED');
      const asked = await agent.get('/policies/type?bodies=perhaps&page=2');
      problem(asked, 400, 'REQUEST.INVALID');
      expect(pointers(asked)).toEqual(['/bodies', '/page']);
    });
  });

  describe('CLS-06 a dry run', () => {
    const dryRun = (kind: string, body: unknown, person = supervisor) =>
      person.post(`/policies/${kind}/dry-run`, { body }, { key: false });
    let degraded: string;

    beforeAll(async () => {
      degraded = (await register('冰箱制冷效果变差', 'degraded')).body.id;
      await register('空调完全不转', 'unusable');
    });

    it('names the tickets that would have come out differently, and nothing that a customer said', async () => {
      const { status, body } = await dryRun('priority', strict);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        kind: 'priority',
        comparable: true,
        complete: true,
        cases: 2,
        checked: 2,
        differing: 1,
      });
      expect(body.different).toEqual([{ ticketId: degraded, number: '202610001', before: 'P2', after: 'P1' }]);
      expect(body.changes).toEqual([{ before: 'P2', after: 'P1', count: 1 }]);
      expect(Date.parse(body.to) - Date.parse(body.from)).toBe(30 * 24 * HOUR);
      expect(JSON.stringify(body)).not.toMatch(/冰箱|空调|张三|13800000000/);
    });

    it('reads the words again for type and safety lists', async () => {
      const types = await dryRun('type', { lists: [{ type: 'enquiry', rank: 1, entries: [{ phrases: ['冰箱'] }] }] });
      expect(types.body.differing).toBe(2);
      const fridge = types.body.different.find(({ ticketId }: { ticketId: string }) => ticketId === degraded);
      expect(fridge).toMatchObject({ before: 'repair', after: 'enquiry' });
      const safety = await dryRun('safety', { entries: [{ phrases: ['制冷效果变差'] }], advice: [] });
      expect(safety.body.different).toEqual([
        { ticketId: degraded, number: '202610001', before: 'no-safety', after: 'safety' },
      ]);
    });

    it('leaves out what a person decided', async () => {
      const byHand = (await register('洗衣机噪音大', 'degraded')).body.id as string;
      const done = await supervisor.decide(`/tickets/${byHand}`, 'prioritize-ticket', {
        priority: 'P3',
        reason: '客户不急',
      });
      expect(done.status).toBe(200);
      const { body } = await dryRun('priority', strict);
      expect(body).toMatchObject({ cases: 3, checked: 2, differing: 1 });
    });

    it('judges cover by the version of the day the warranty started', async () => {
      const unit = { category: 'refrigerator', model: 'BCD-200', serial: 'SN0001', soldOn: '2026-09-01' };
      expect((await agent.post('/product-units', unit)).status).toBe(201);
      const { category, model, serial } = unit;
      const known = await register('冰箱漏水', 'degraded', { category, model, serial });
      const none = { ...policiesV1.warranty.body, months: 0, byCategory: [] };
      const { body } = await dryRun('warranty', none);
      expect(body.different).toEqual([
        { ticketId: known.body.id, number: known.body.number, before: 'in-warranty', after: 'not-covered' },
      ]);
    });

    it('compares what silence would have decided from when the customer was asked', async () => {
      const asked = await register('请问遥控器怎么设置定时');
      const path = `/tickets/${asked.body.id as string}`;
      const solved = { by: 'first-touch', remedy: 'explained', summary: '已指导设置' };
      expect((await agent.decide(path, 'propose-resolution', solved)).status).toBe(200);
      const since = Date.parse(world.clock.now());
      const patient = {
        ...policiesV1.silence.body,
        standard: { ...policiesV1.silence.body.standard, decideAfterHours: 96 },
      };
      const { body } = await dryRun('silence', { ...patient, skipHolidays: false });
      expect(body).toMatchObject({ checked: 1, differing: 1 });
      expect(body.different[0].after).toBe(`accept ${new Date(since + 96 * HOUR).toISOString()}`);
    });

    it('leaves out hazards that a person saw, and words that were forgotten', async () => {
      const seen = (await register('插座旁有点潮')).body.id as string;
      const mark = await agent.post(`/tickets/${seen}/mark-safety`, { reason: '客户称外壳麻手' });
      expect(mark.status).toBe(200);
      const everything = { entries: [{ phrases: ['插座'] }], advice: [] };
      expect((await dryRun('safety', everything)).body.differing).toBe(0);

      const other = (await agent.post('/customers', { name: '李四', phone: '13800000001' })).body.id as string;
      const forgotten = await agent.post('/tickets', { customerId: other, channel: 'phone', words: '插座松了' });
      expect((await dryRun('safety', everything)).body.different).toMatchObject([{ ticketId: forgotten.body.id }]);
      await world.platform.stores.keys.erase(`customer-${other}`);
      expect((await dryRun('safety', everything)).body.differing).toBe(0);
    });

    it('says plainly that dispatch and closing cannot be judged again', async () => {
      const { body } = await dryRun('dispatch', policiesV1.dispatch.body);
      expect(body).toMatchObject({ comparable: false, checked: 0, different: [] });
    });

    it('names every pointer of a body that is none of its kind', async () => {
      const body = { ...policiesV1.dispatch.body, engineerCapacity: 0, calendar: 'never', surprise: 1 };
      const answer = await dryRun('dispatch', body);
      problem(answer, 400, 'REQUEST.INVALID');
      expect(pointers(answer)).toEqual(['/body/calendar', '/body/engineerCapacity', '/body/surprise']);
      problem(await dryRun('dispatch', 'text'), 400, 'REQUEST.INVALID');
      problem(await supervisor.post('/policies/dispatch/dry-run', {}), 400, 'REQUEST.INVALID');
      problem(await dryRun('weather', strict), 404, 'RESOURCE.NOT_FOUND');
      problem(await dryRun('priority', strict, agent), 403, 'AUTH.ROLE_NOT_ALLOWED');
    });

    it('leaves nothing behind', async () => {
      const before = (await supervisor.get('/policies/priority')).body;
      await dryRun('priority', strict);
      expect((await supervisor.get('/policies/priority')).body).toEqual(before);
    });
  });

  describe('the next version', () => {
    it('refuses a draft whose body is wrong with every pointer, and one without notice', async () => {
      const draft = (body: unknown, effectiveFrom = soon(world)) =>
        supervisor.post('/policies/dispatch/draft-policy', { kind: 'dispatch', effectiveFrom, body, reason: '旺季' });
      const wrong = await draft({ ...policiesV1.dispatch.body, acceptMinutes: 0, extra: true });
      problem(wrong, 400, 'POLICY.BODY_INVALID');
      expect(pointers(wrong)).toEqual(['/acceptMinutes', '/extra']);
      const senseless = await draft({ ...policiesV1.dispatch.body, acceptMinutes: 10, remindMinutes: 20 });
      expect(pointers(senseless)).toEqual(['/remindMinutes']);
      problem(await draft(policiesV1.dispatch.body, soon(world, 30_000)), 409, 'POLICY.EFFECTIVE_TOO_SOON');
      const other = { kind: 'priority', effectiveFrom: soon(world), body: strict, reason: '试错' };
      problem(await supervisor.post('/policies/dispatch/draft-policy', other), 409, 'POLICY.OTHER_KIND');
      problem(await agent.post('/policies/priority/draft-policy', other), 403, 'AUTH.ROLE_NOT_ALLOWED');
      expect((await supervisor.get('/policies/dispatch')).body.drafts).toEqual([]);
    });

    it('is published by one person where nothing is owed, applies from its day on, and old decisions keep theirs', async () => {
      const old = await register('风扇转速慢', 'degraded');
      const effectiveFrom = soon(world);
      const drafted = await supervisor.post('/policies/priority/draft-policy', {
        kind: 'priority',
        effectiveFrom,
        body: strict,
        reason: '功能下降一律紧急',
      });
      expect(drafted.status).toBe(200);
      const seen = await supervisor.get('/policies/priority');
      expect(seen.body.drafts).toMatchObject([
        {
          effectiveFrom,
          reason: '功能下降一律紧急',
          drafted: { by: { id: 'staff-supervisor', role: 'supervisor' } },
          body: strict,
        },
      ]);
      const [{ draftId }] = seen.body.drafts;
      const publish = { draftId };
      problem(await supervisor.post('/policies/priority/publish-policy', publish), 428, 'PRECONDITION.REQUIRED');
      const stale = await supervisor.post('/policies/priority/publish-policy', publish, { ifMatch: '"0"' });
      problem(stale, 412, 'PRECONDITION.FAILED');
      const published = await supervisor.decide('/policies/priority', 'publish-policy', publish);
      expect(published.status).toBe(200);

      const before = (await agent.get('/policies/priority')).body;
      expect(before).toMatchObject({ inForce: 1, upcoming: [2], drafts: [] });
      expect(before.versions[1]).toMatchObject({ version: 2, draftId, published: { by: { id: 'staff-supervisor' } } });
      const early = await register('电扇摇头不灵', 'degraded');
      await world.wait(2 * HOUR);
      expect((await agent.get('/policies/priority')).body).toMatchObject({ inForce: 2, upcoming: [] });
      expect((await agent.get('/policies/priority/1')).body).toMatchObject({
        inForce: false,
        body: policiesV1.priority.body,
      });
      const late = await register('电扇摇头不灵', 'degraded');

      const judged = [old, early, late];
      const shown = await Promise.all(judged.map(({ body }) => agent.get(`/tickets/${body.id as string}`)));
      expect(shown.map(({ body }) => body.priority as string)).toEqual(['P2', 'P2', 'P1']);
      expect(judged.map(versionIn)).toEqual([1, 1, 2]);
      // Judged by version 2 already: the same body changes nothing about the late one.
      const again = await supervisor.post('/policies/priority/dry-run', { body: strict });
      const ids = again.body.different.map(({ ticketId }: { ticketId: string }) => ticketId);
      expect(ids).toEqual(expect.arrayContaining([old.body.id, early.body.id]));
      expect(ids).not.toContain(late.body.id);
    });

    const others = { warranty: { months: 24 }, closing: { attempts: 5 }, 'service-level': { remindAtPercent: 80 } };

    it.each(['warranty', 'closing', 'service-level'] as const)('needs a second person for %s', async (kind) => {
      const path = `/policies/${kind}`;
      const changed = { ...policiesV1[kind].body, ...others[kind] };
      const draft = { kind, effectiveFrom: soon(world), body: changed, reason: '新政' };
      expect((await supervisor.post(`${path}/draft-policy`, draft)).status).toBe(200);
      const [{ draftId }] = (await supervisor.get(path)).body.drafts;
      problem(await supervisor.decide(path, 'publish-policy', { draftId }), 409, 'POLICY.NOT_APPROVED');
      problem(await supervisor.decide(path, 'approve-policy', { draftId }), 409, 'POLICY.APPROVER_IS_DRAFTER');
      expect((await manager.decide(path, 'approve-policy', { draftId })).status).toBe(200);
      problem(await manager.decide(path, 'approve-policy', { draftId }), 409, 'POLICY.ALREADY_APPROVED');
      expect((await supervisor.get(path)).body.drafts[0].approved.by).toEqual({ id: 'staff-manager', role: 'manager' });
      expect((await supervisor.decide(path, 'publish-policy', { draftId })).status).toBe(200);
      const { body } = await agent.get(`${path}/2`);
      expect(body).toMatchObject({
        version: 2,
        drafted: { by: { id: 'staff-supervisor' } },
        approved: { by: { id: 'staff-manager' } },
        published: { by: { id: 'staff-supervisor' } },
        body: changed,
      });
      problem(await supervisor.decide(path, 'publish-policy', { draftId }), 409, 'POLICY.NO_SUCH_DRAFT');
    });

    it('looks back 30 days and no further', async () => {
      const before = (await supervisor.post('/policies/priority/dry-run', { body: strict })).body.cases as number;
      expect(before).toBeGreaterThan(5);
      await world.wait(31 * 24 * HOUR);
      await register('电扇不转', 'unusable');
      const { body } = await supervisor.post('/policies/priority/dry-run', { body: strict });
      expect(body).toMatchObject({ cases: 1, checked: 1, differing: 0, complete: true });
    });

    it('forgets a draft that was rejected, and keeps who rejected it in the log', async () => {
      const path = '/policies/silence';
      const body = policiesV1.silence.body;
      await supervisor.post(`${path}/draft-policy`, {
        kind: 'silence',
        effectiveFrom: soon(world),
        body,
        reason: '试试',
      });
      const [{ draftId }] = (await supervisor.get(path)).body.drafts;
      expect((await manager.decide(path, 'reject-policy', { draftId, reason: '没有必要' })).status).toBe(200);
      expect((await supervisor.get(path)).body).toMatchObject({ drafts: [], inForce: 1 });
    });
  });
});
