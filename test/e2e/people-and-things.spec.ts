import { DAY, HOUR } from '@aftercare/domain';
import { World, type Answer, type Person } from './support/world';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

const problem = (answer: Answer, status: number, code: string) => {
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
};
const pointers = (answer: Answer): string[] =>
  (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort();
const ids = (rows: unknown): string[] => (rows as { id: string }[]).map(({ id }) => id);
/** Asks for a list that shows at least what `seen` recorded. */
const after = (seen: Answer) => ({ 'aftercare-min-position': seen.headers['aftercare-position']! });

describe('customers, people and product units over HTTP', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
  });
  afterAll(() => world.stop());

  describe('INT-11, SEC-01 a customer', () => {
    let path: string;
    let id: string;
    beforeAll(async () => {
      const contact = { name: '张三', phone: '13800000000', address: '示例路100号1室', region: '310104' };
      id = (await agent.post('/customers', contact)).body.id;
      path = `/customers/${id}`;
    });
    const search = (body: object, person = agent) => person.post('/customers/search', body, { key: false });

    it('is shown from the stream with the contact masked', async () => {
      const { status, body, headers } = await agent.get(path);
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, tier: 'normal', region: '310104', consents: [], revision: 0 });
      expect(body.personal).toEqual({ name: '张*', phone: '138****0000', address: '示例路100***' });
      expect(headers['etag']).toBe('"0"');
    });

    it('shows the tier, the region and the consents as said last', async () => {
      const consent = (given: boolean) => agent.post(`${path}/record-consent`, { purpose: 'follow-up', given });
      await consent(true);
      await consent(false);
      await agent.post(`${path}/correct-customer-contact`, { phone: '13800000001', region: '310105' });
      expect(
        (await supervisor.decide(path, 'change-customer-tier', { tier: 'vip', reason: 'key-account' })).status,
      ).toBe(200);
      const { body } = await agent.get(path);
      expect(body).toMatchObject({ tier: 'vip', region: '310105', revision: 4 });
      expect(body.consents).toMatchObject([{ purpose: 'follow-up', given: false }]);
      expect(body.personal).toMatchObject({ name: '张*', phone: '138****0001' });
    });

    it('is found by phone or name however it is written, masked, with recent tickets', async () => {
      const ticket = await agent.post('/tickets', { customerId: id, channel: 'phone', words: '空调不制冷' });
      await world.settle();
      for (const asked of [
        { phone: '+86 138 0000 0001' },
        { name: ' 张三 ' },
        { name: '张三', phone: '13800000001' },
      ]) {
        const { status, body } = await search(asked);
        expect(status).toBe(200);
        expect(ids(body.customers)).toEqual([id]);
        expect(body.customers[0]).toMatchObject({ tier: 'vip', personal: { name: '张*', phone: '138****0001' } });
        expect(body.customers[0].tickets).toMatchObject([{ id: ticket.body.id, number: ticket.body.number }]);
        expect(JSON.stringify(body)).not.toMatch(/13800000001|张三|空调/);
      }
      expect((await search({ phone: '13800000000' })).body).toEqual({ customers: [] });
      const channel = await search({ name: '张三' }, await world.person('channel'));
      expect(channel.body.customers[0]).not.toHaveProperty('tickets');
    });

    it('pages through namesakes, and refuses a cursor that is none', async () => {
      const others: Answer[] = [];
      for (let n = 2; n < 5; n += 1)
        others.push(await agent.post('/customers', { name: '李四', phone: `1380000000${n}` }));
      await world.settle();
      const first = await search({ name: '李四', limit: 2 });
      const second = await search({ name: '李四', limit: 2, cursor: first.body.next as string });
      expect(second.body).not.toHaveProperty('next');
      const found = [...ids(first.body.customers), ...ids(second.body.customers)];
      expect(found.sort()).toEqual(others.map(({ body }) => body.id as string).sort());
      const broken = await search({ name: '李四', cursor: 'nonsense' });
      problem(broken, 400, 'REQUEST.INVALID');
      expect(pointers(broken)).toEqual(['/cursor']);
    });

    it('refuses a search for nothing, for too much, or by nobody in particular', async () => {
      const nothing = await search({});
      problem(nothing, 400, 'REQUEST.INVALID');
      expect(pointers(nothing)).toEqual(['/name', '/phone']);
      const odd = await search({ phone: 1, name: '', email: 'x', limit: 0 });
      expect(pointers(odd)).toEqual(['/email', '/limit', '/name', '/phone']);
      problem(await search({ name: '张三' }, await world.person('engineer')), 403, 'AUTH.ROLE_NOT_ALLOWED');
      problem(await search({ name: '张三' }, world.nobody()), 401, 'AUTH.TOKEN_MISSING');
    });

    it('is unmasked with a reason that is recorded first', async () => {
      const asked = { reason: '回拨确认上门时间', fields: ['phone', 'wechat'] };
      const { status, body } = await agent.post(`${path}/unmask`, asked);
      expect(status).toBe(200);
      expect(body).toEqual({ customerId: id, fields: { phone: '13800000001' } });
      const page = await world.platform.stores.store.readAll({ types: ['access_log.PersonalDataShown'], limit: 10 });
      expect(page.events).toHaveLength(1);
      expect(page.events[0]!.data).toContain(`customer-${id}`);
      expect(page.events[0]!.data).toContain('"fields":["phone","wechat"]');
      expect(page.events[0]!.data).not.toContain('回拨');
    });

    it('is not unmasked without a reason, a role, or a record', async () => {
      const asked = { reason: '核对', fields: ['phone'] };
      const bare = await agent.post(`${path}/unmask`, { fields: [] });
      problem(bare, 400, 'REQUEST.INVALID');
      expect(pointers(bare)).toEqual(['/fields', '/reason']);
      problem(await (await world.person('manager')).post(`${path}/unmask`, asked), 403, 'AUTH.ROLE_NOT_ALLOWED');
      problem(await agent.post(`/customers/${UNKNOWN}/unmask`, asked), 404, 'RESOURCE.NOT_FOUND');
      const append = jest.spyOn(world.platform.stores.store, 'append').mockRejectedValue(new Error('disk full'));
      const failed = await agent.post(`${path}/unmask`, asked);
      append.mockRestore();
      problem(failed, 503, 'ACCESS.NOT_RECORDED');
      expect(JSON.stringify(failed.body)).not.toContain('13800000001');
      expect((await agent.get(path)).status).toBe(200);
    });

    it('answers the same 404 for an unknown id and an id that is none', async () => {
      const answers = await Promise.all([agent.get(`/customers/${UNKNOWN}`), agent.get('/customers/4711')]);
      answers.forEach((answer) => problem(answer, 404, 'RESOURCE.NOT_FOUND'));
      expect(answers[0].body).toEqual(answers[1].body);
      problem(await (await world.person('engineer', UNKNOWN)).get(path), 403, 'AUTH.ROLE_NOT_ALLOWED');
    });
  });

  describe('DSP-02 engineers and outlets', () => {
    const profile = { skills: ['refrigeration'], categories: ['refrigerator'], regions: ['3101'], capacity: 6 };
    let outlet: string;
    let engineers: string[];
    let last: Answer;

    beforeAll(async () => {
      const phone = '13800000000';
      outlet = (await supervisor.post('/outlets', { ...profile, name: '示例服务网点', phone })).body.id;
      engineers = [];
      for (const more of [{ outletId: outlet }, {}, {}]) {
        last = await supervisor.post('/engineers', { ...profile, ...more, name: '张三', phone });
        engineers.push(last.body.id as string);
      }
    });

    it('are listed page by page with profile, activity and open jobs', async () => {
      await world.settle();
      const first = await supervisor.get('/engineers?limit=2', after(last));
      expect(first.status).toBe(200);
      expect(first.headers).not.toHaveProperty('aftercare-stale');
      expect(first.body.engineers[0]).toMatchObject({
        ...profile,
        active: true,
        openJobs: 0,
        personal: { name: '张*', phone: '138****0000' },
      });
      const second = await supervisor.get(`/engineers?limit=2&cursor=${first.body.next as string}`);
      expect([...ids(first.body.engineers), ...ids(second.body.engineers)].sort()).toEqual([...engineers].sort());
      expect(second.body).not.toHaveProperty('next');
      const ofOutlet = await supervisor.get(`/engineers?outletId=${outlet}`);
      expect(ids(ofOutlet.body.engineers)).toEqual([engineers[0]]);
      const outlets = await supervisor.get('/outlets?active=true');
      expect(outlets.body.outlets).toMatchObject([
        { id: outlet, name: '示例服务网点', personal: { phone: '138****0000' } },
      ]);
      expect((await supervisor.get('/outlets?active=false')).body).toEqual({ outlets: [] });
      problem(await supervisor.get(`/outlets?cursor=${first.body.next as string}`), 400, 'REQUEST.INVALID');
      const odd = await supervisor.get('/engineers?limit=0&cursor=%20&active=yes&name=x');
      problem(odd, 400, 'REQUEST.INVALID');
      expect(pointers(odd)).toEqual(['/active', '/limit', '/name']);
    });

    it('count the jobs that were given to them', async () => {
      const customerId = (await agent.post('/customers', { name: '王五', phone: '13800000009', region: '310104' })).body
        .id;
      const matter = {
        customerId,
        channel: 'phone',
        words: '冰箱不制冷',
        serviceType: 'on-site',
        category: 'refrigerator',
      };
      expect((await agent.post('/tickets', { ...matter, model: 'BCD-200' })).status).toBe(201);
      await world.settle();
      const { body } = await supervisor.get('/engineers');
      const open = (body.engineers as { openJobs: number }[]).map(({ openJobs }) => openJobs);
      const { body: atOutlet } = await supervisor.get('/outlets');
      open.push((atOutlet.outlets as { openJobs: number }[])[0]!.openJobs);
      expect(open.reduce((sum, jobs) => sum + jobs, 0)).toBe(1);
    });

    it('are changed on what was seen', async () => {
      const path = `/engineers/${engineers[1]!}`;
      const seen = await supervisor.get(path);
      expect(seen.body).toMatchObject({ id: engineers[1], ...profile, active: true, personal: { name: '张*' } });
      const changed = { ...profile, capacity: 8 };
      const command = `${path}/change-engineer-profile`;
      problem(await supervisor.post(command, changed), 428, 'PRECONDITION.REQUIRED');
      const ifMatch = seen.headers['etag']!;
      expect((await supervisor.post(command, changed, { ifMatch })).status).toBe(200);
      problem(await supervisor.post(command, changed, { ifMatch }), 412, 'PRECONDITION.FAILED');
      expect((await supervisor.get(path)).body).toMatchObject({ capacity: 8, revision: 1 });
      expect((await supervisor.decide(path, 'deactivate-engineer', { reason: 'left' })).status).toBe(200);
      expect((await supervisor.get(path)).body).toMatchObject({ active: false, inactiveFor: 'left' });
      await world.settle();
      expect(ids((await supervisor.get('/engineers?active=false')).body.engineers)).toEqual([engineers[1]]);
    });

    it('show duty and absences, old ones only when asked for', async () => {
      const path = `/engineers/${engineers[2]!}`;
      const at = (millis: number) => new Date(Date.parse(world.clock.now()) + millis).toISOString();
      const shifts = [{ from: at(DAY), to: at(DAY + 8 * HOUR) }];
      const plan = { from: at(0), to: at(7 * DAY), shifts };
      expect((await supervisor.decide(path, 'plan-duty', plan)).status).toBe(200);
      const again = { from: at(DAY), to: at(2 * DAY), shifts: [{ from: at(DAY + HOUR), to: at(DAY + 9 * HOUR) }] };
      expect((await supervisor.decide(path, 'plan-duty', again)).status).toBe(200);
      const away = { from: at(3 * DAY), to: at(4 * DAY), reason: 'illness' };
      const himself = await world.person('engineer', engineers[2]);
      expect((await himself.post(`${path}/record-absence`, away)).status).toBe(200);
      const { body } = await himself.get(path);
      expect(body.duty.shifts).toEqual(again.shifts);
      expect(body.duty.planned).toHaveLength(2);
      expect(body.absences).toEqual([away]);
      const later = encodeURIComponent(at(30 * DAY));
      expect((await supervisor.get(`${path}?since=${later}`)).body).toMatchObject({
        duty: { shifts: [] },
        absences: [],
      });
      problem(await supervisor.get(`${path}?since=yesterday`), 400, 'REQUEST.INVALID');
    });

    it('see themselves and nobody else; unknown and foreign look the same', async () => {
      const himself = await world.person('engineer', engineers[2]);
      const theirs = await world.person('outlet', outlet);
      const answers = [
        await himself.get(`/engineers/${engineers[0]!}`),
        await theirs.get(`/outlets/${UNKNOWN}`),
        await supervisor.get(`/engineers/${UNKNOWN}`),
        await supervisor.get('/engineers/4711'),
      ];
      answers.forEach((answer) => problem(answer, 404, 'RESOURCE.NOT_FOUND'));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      const own = await theirs.get(`/outlets/${outlet}`);
      expect(own.body).toMatchObject({
        id: outlet,
        name: '示例服务网点',
        active: true,
        personal: { phone: '138****0000' },
      });
      problem(await himself.get('/engineers'), 403, 'AUTH.ROLE_NOT_ALLOWED');
      problem(await agent.get(`/engineers/${engineers[0]!}`), 403, 'AUTH.ROLE_NOT_ALLOWED');
    });
  });

  describe('DEC-20 a product unit', () => {
    const unit = { category: 'refrigerator', model: 'BCD-200', serial: 'sn0002', soldOn: '2026-09-01', batch: 'B7' };
    let path: string;
    let id: string;
    beforeAll(async () => {
      id = (await agent.post('/product-units', unit)).body.id;
      path = `/product-units/${id}`;
    });

    it('shows its details, its cover now and the start of its warranty once determined', async () => {
      const seen = await agent.get(path);
      expect(seen.body).toMatchObject({
        id,
        ...unit,
        cover: { coverage: 'in-warranty', policyVersion: 1, basis: 'invoice' },
        repairs: 0,
      });
      expect(seen.body).not.toHaveProperty('warrantyStart');
      const corrected = { soldOn: '2026-09-02', reason: '发票日期与登记不符' };
      expect((await agent.post(`${path}/correct-product-unit-details`, corrected)).status).toBe(200);
      const stale = await agent.post(`${path}/determine-warranty-start`, {}, { ifMatch: seen.headers['etag']! });
      problem(stale, 412, 'PRECONDITION.FAILED');
      expect((await agent.decide(path, 'determine-warranty-start')).status).toBe(200);
      const { body } = await agent.get(path);
      expect(body).toMatchObject({ soldOn: '2026-09-02', warrantyStart: { startsOn: '2026-09-02', basis: 'invoice' } });
      expect(body.corrections).toMatchObject([{ soldOn: '2026-09-02', by: { role: 'agent' } }]);
    });

    it('shows its tickets and repairs, and raises the flag for 30 days after a repair (EXE-11)', async () => {
      const customerId = (await agent.post('/customers', { name: '张三', phone: '13800000000' })).body.id;
      const { category, model, serial } = unit;
      const matter = { customerId, channel: 'phone', words: '冰箱不制冷', category, model, serial };
      const ticket = await agent.post('/tickets', matter);
      await repair(id, ticket.body.id as string);
      await world.settle();
      const { status, body } = await agent.get(`${path}/history`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ unitId: id, ticketsTotal: 1, repairsCounted: 1, repairedRecently: true });
      expect(body.tickets).toMatchObject([{ number: ticket.body.number }]);
      expect(body.repairs).toMatchObject([{ ticketId: ticket.body.id, counts: true }]);
      expect(body.statutory.rules.length).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toMatch(/张三|13800000000|不制冷/);
      expect((await agent.get(path)).body.repairs).toBe(1);
      // A ticket's own repair is no reason to be suspicious; the next ticket of the unit has one.
      const again = await agent.post('/tickets', { ...matter, words: '冰箱又不制冷了' });
      const flagOf = async (response: { body: { id: string } }) =>
        (await agent.get(`/tickets/${response.body.id}`)).body.repairedLately as boolean;
      expect([await flagOf(ticket), await flagOf(again)]).toEqual([false, true]);
      await world.wait(31 * DAY);
      expect(await flagOf(again)).toBe(false);
      expect((await agent.get(`${path}/history`)).body).toMatchObject({ repairsCounted: 1, repairedRecently: false });
    });

    it('answers the same 404 for what does not exist, and 403 and 401 before that', async () => {
      const answers = await Promise.all(
        [`/product-units/${UNKNOWN}`, '/product-units/4711', `/product-units/${UNKNOWN}/history`].map((one) =>
          agent.get(one),
        ),
      );
      answers.forEach((answer) => problem(answer, 404, 'RESOURCE.NOT_FOUND'));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      problem(await agent.get(`${path}/history?limit=0`), 400, 'REQUEST.INVALID');
      problem(await (await world.person('marketing')).get(path), 403, 'AUTH.ROLE_NOT_ALLOWED');
      problem(await world.nobody().get(path), 401, 'AUTH.TOKEN_MISSING');
    });

    /** As the ticket's process records it after a completed work order. */
    const repair = async (unitId: string, ticketId: string) => {
      const at = world.clock.now();
      const outcome = await world.platform.gate.sendFromProcess({
        command: {
          type: 'product_unit.RecordRepair',
          data: { ticketId, workOrderId: UNKNOWN, from: at, to: at, counts: true },
        },
        stream: `product_unit-${unitId}`,
        commandId: UNKNOWN,
        actor: { id: 'ticket-fulfilment', role: 'system' },
        correlationId: `ticket-${ticketId}`,
      });
      expect(outcome.status).toBe('done');
    };
  });
});
