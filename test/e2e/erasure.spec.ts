import type { SimulatedClock } from '@aftercare/event-store';
import { World, type Answer, type Person } from './support/world';

const DAY = 24 * 60 * 60_000;

jest.setTimeout(60_000);

describe('forgetting a person (DEC-15)', () => {
  let world: World;
  let agent: Person;
  let manager: Person;
  let auditor: Person;
  let customer: string;
  let ticket: string;

  const done = (answer: Answer): Answer => {
    expect([200, 201]).toContain(answer.status);
    return answer;
  };
  const refused = (answer: Answer, code: string) => expect([answer.status, answer.body.code]).toEqual([409, code]);
  const pass = async (millis: number) => {
    await (world.clock as SimulatedClock).advance(millis);
    await world.platform.reading.settle();
  };
  const status = async () => done(await manager.get(customer)).body.erasure?.status as string | undefined;

  beforeAll(async () => {
    world = await World.start();
    [agent, manager, auditor] = await Promise.all([
      world.person('agent'),
      world.person('manager'),
      world.person('auditor'),
    ]);
    const registered = done(await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104' }));
    customer = `/customers/${registered.body.id}`;
    const words = '请问遥控器怎么设置定时';
    const created = done(await agent.post('/tickets', { customerId: registered.body.id, channel: 'phone', words }));
    ticket = `/tickets/${created.body.id}`;
    await world.platform.reading.settle();
  });
  afterAll(() => world.stop());

  const request = { asker: 'customer', channel: 'phone', openComplaints: 'wait' };

  it('starts with what is open, and stops using the data at once', async () => {
    const asked = done(await agent.post(`${customer}/erasure-requests`, request)).body.events[0];
    expect(asked.data.findings.openTickets).toEqual([`ticket-${ticket.slice('/tickets/'.length)}`]);
    expect(await status()).toBe('requested');
    expect(done(await agent.get(customer)).body.personal).toEqual({});
    refused(await agent.post(`${customer}/unmask`, { reason: '回拨', fields: ['phone'] }), 'CUSTOMER.RESTRICTED');
    const wish = { customerId: customer.slice('/customers/'.length), channel: 'phone', words: '空调不制冷' };
    await (world.clock as SimulatedClock).advance(10_000);
    refused(await agent.post('/tickets', wish), 'TICKET.CUSTOMER_RESTRICTED');
    await world.platform.reading.settle();
    const found = done(await agent.post('/customers/search', { phone: '13800000000' })).body.customers;
    expect(found).toMatchObject([{ restricted: true, personal: {} }]);
  });

  it('reaches the person for what is still open', async () => {
    const { body } = done(await agent.post(`${ticket}/unmask`, { reason: '回拨客户', fields: ['phone'] }));
    expect(body.fields).toEqual({ phone: '13800000000' });
  });

  it('opens nothing of theirs for a file of the case, which goes on masked', async () => {
    const file = `/cases/${ticket.slice('/tickets/'.length)}/file`;
    refused(await auditor.post(file, { reason: '应诉', unmask: true }), 'CUSTOMER.RESTRICTED');
    expect((await auditor.post(file, { reason: '应诉' })).status).toBe(200);
  });

  it('says what is wrong with a request, and takes one at a time', async () => {
    refused(await agent.post(`${customer}/erasure-requests`, request), 'CUSTOMER.ERASURE_UNDER_WAY');
    const bad = await agent.post(`${customer}/erasure-requests`, { ...request, openComplaints: 'forget' });
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, '/openComplaints']);
    const unknown = '/customers/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
    expect((await agent.post(`${unknown}/erasure-requests`, request)).status).toBe(404);
    expect((await (await world.person('engineer')).post(`${customer}/erasure-requests`, request)).status).toBe(403);
  });

  it('takes a second person', async () => {
    expect((await agent.decide(customer, 'approve-erasure')).status).toBe(403);
    expect((await manager.post(`${customer}/approve-erasure`)).status).toBe(428);
    const approved = done(await manager.decide(customer, 'approve-erasure')).body.events[0];
    expect(approved.type).toBe('customer.ErasureApproved');
    expect(await status()).toBe('approved');
  });

  it('waits while something is open, day by day', async () => {
    await pass(3 * DAY + 60_000);
    expect(await status()).toBe('approved');
    const events = done(
      await auditor.get(`/audit/events?stream=customer-${customer.slice('/customers/'.length)}`),
    ).body;
    expect(events.entries[0]).toMatchObject({ type: 'customer.ErasurePostponed' });
    expect((await manager.get(`${customer}/erasure-certificate`)).status).toBe(404);
  });

  it('is carried out when nothing is open any more: the history goes on, without the person', async () => {
    const before = done(await auditor.get(`${ticket}/history`)).body;
    done(await agent.decide(ticket, 'cancel-ticket', { reason: 'by-customer' }));
    await pass(DAY + 60_000);
    expect(await status()).toBe('erased');
    const { streams, entries } = done(await auditor.get(`${ticket}/history`)).body;
    expect(entries[0]).toMatchObject({ type: 'ticket.TicketRegistered', erased: true });
    expect(entries[0]).not.toHaveProperty('personal');
    expect(entries.slice(0, before.entries.length).map(({ hash }: { hash: string }) => hash)).toEqual(
      before.entries.map(({ hash }: { hash: string }) => hash),
    );
    expect(streams[0].state.status).toBe('cancelled');
    expect(done(await agent.post('/customers/search', { phone: '13800000000' })).body.customers).toEqual([]);
    refused(await agent.post(`${customer}/unmask`, { reason: '回拨', fields: ['phone'] }), 'CUSTOMER.ERASED');
  });

  it('leaves a certificate with who did what, and what the key store says now', async () => {
    const { body } = done(await manager.get(`${customer}/erasure-certificate`));
    expect(body.steps.map(({ step }: { step: string }) => step)).toEqual([
      'customer.ErasureRequested',
      'customer.ErasureApproved',
      'customer.ErasurePostponed',
      'customer.CustomerErased',
    ]);
    expect(body.subjects).toEqual([{ subject: body.customer, keyDestroyed: true }]);
    expect(body.event.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(body)).not.toMatch(/张三|13800000000/);
  });
});
