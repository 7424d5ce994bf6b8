import { World, type Person } from './support/world';

describe('a first-touch ticket over HTTP', () => {
  let world: World;
  let agent: Person;
  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
  });
  afterAll(() => world.stop());

  it('is registered, found again and solved in the first conversation', async () => {
    const customer = await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104' });
    expect(customer.status).toBe(201);
    const registered = await agent.post('/tickets', {
      customerId: customer.body.id,
      channel: 'phone',
      words: '请问遥控器怎么设置定时',
    });
    expect(registered.body).toMatchObject({ number: '202610001', repeated: false });
    expect(registered.status).toBe(201);
    const path = `/tickets/${registered.body.id}`;
    expect(registered.headers['location']).toBe(path);
    const ticket = await agent.get(path);
    expect(ticket.body).toMatchObject({ status: 'pending-dispatch', type: 'enquiry', number: '202610001' });
    expect(ticket.headers['etag']).toBe(`"${registered.body.revision}"`);
  });

  it('tells browsers with every answer, refusals included, not to guess, frame or load from elsewhere', async () => {
    for (const { headers } of [
      await agent.get('/tickets'),
      await agent.get('/nowhere'),
      await world.nobody().get('/tickets'),
    ])
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'self'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'strict-transport-security': expect.stringContaining('max-age='),
      });
  });
});
