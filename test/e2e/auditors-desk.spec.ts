import type { SimulatedClock } from '@aftercare/event-store';
import { World, type Answer, type Person } from './support/world';

interface Told {
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly depth: number;
  readonly says: { readonly zh: string };
}

jest.setTimeout(60_000);

describe('the auditor’s desk', () => {
  let world: World;
  let agent: Person;
  let auditor: Person;
  let ticket: string;
  let number: string;

  const done = (answer: Answer): Answer => {
    expect([200, 201]).toContain(answer.status);
    return answer;
  };
  const entries = (answer: Answer): readonly Told[] => (done(answer).body as { entries: readonly Told[] }).entries;

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    auditor = await world.person('auditor');
    const customer = done(await agent.post('/customers', { name: '张三', phone: '13800000000', region: '310104' }));
    const registered = done(
      await agent.post('/tickets', { customerId: customer.body.id, channel: 'phone', words: '请问遥控器怎么设置定时' }),
    );
    ticket = registered.body.id;
    number = registered.body.number;
    await (world.clock as SimulatedClock).advance(60_000);
    done(await agent.decide(`/tickets/${ticket}`, 'start-handling', { route: 'first-touch', role: 'agent' }));
    await (world.clock as SimulatedClock).advance(60_000);
    done(await agent.decide(`/tickets/${ticket}`, 'prioritize-ticket', { priority: 'P2', reason: '客户家有老人' }));
  });
  afterAll(() => world.stop());

  it('shows the state and the policies in force beside every cut of a history (DEC-17)', async () => {
    const whole = done(await auditor.get(`/tickets/${ticket}/history`)).body;
    expect(whole).toMatchObject({ id: ticket, number, status: whole.streams[0].state.status });
    expect(whole.statusName).toEqual({ zh: '处理中', en: 'in progress' });
    expect(whole.policies).toContainEqual({ kind: 'priority', version: 1, effectiveFrom: expect.any(String) });
    const first = done(await auditor.get(`/tickets/${ticket}/history?asOfRevision=0`)).body;
    expect(first.streams).toHaveLength(1);
    expect(first.streams[0].state.status).toBe('pending-dispatch');
    expect(first.streams[0].hash).toBe(first.entries[0].hash);
  });

  it('tells what changed between two points by field, with the events that did it', async () => {
    const { changes, events } = done(await auditor.get(`/tickets/${ticket}/diff?from=0&to=1000`)).body;
    const priority = changes.find(({ field }: { field: string }) => field === 'priority');
    expect(priority).toMatchObject({ stream: `ticket-${ticket}`, before: expect.any(String), after: 'P2' });
    const by = events.find(({ eventId }: Told) => eventId === priority.by.at(-1));
    expect(by.type).toBe('ticket.TicketPrioritized');
    expect(by.says.zh).toMatch(/[一-鿿]/);
    const status = changes.find(({ field }: { field: string }) => field === 'status');
    expect(status).toMatchObject({ before: 'pending-dispatch', after: 'in-progress' });
  });

  it('compares instants as well as revisions, and refuses what is no point or runs backward', async () => {
    const whole = entries(await auditor.get(`/tickets/${ticket}/history`));
    const path = `/tickets/${ticket}/diff`;
    const [from, to] = [whole[0]!.recordedAt, whole.at(-1)!.recordedAt];
    const byInstant = done(await auditor.get(`${path}?from=${from}&to=${to}`)).body;
    expect(byInstant.changes.map(({ field }: { field: string }) => field)).toContain('priority');
    expect(done(await auditor.get(`${path}?from=${to}&to=${to}`)).body).toMatchObject({ changes: [], events: [] });
    for (const query of ['from=0', 'from=0&to=yesterday', `from=${to}&to=${from}`, 'from=5&to=2', 'from=-1&to=2']) {
      const refused = await auditor.get(`${path}?${query}`);
      expect([query, refused.status]).toEqual([query, 400]);
      expect(refused.body.errors[0].pointer).toMatch(/^\/(from|to)/);
    }
    expect((await auditor.get('/tickets/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001/diff?from=0&to=1')).status).toBe(404);
  });

  it('answers nothing about tomorrow: the same question would have another answer then', async () => {
    const tomorrow = new Date(Date.parse(world.clock.now()) + 86_400_000).toISOString();
    for (const [query, pointer] of [
      [`history?asOf=${tomorrow}`, '/asOf'],
      [`history?occurredBy=${tomorrow}`, '/occurredBy'],
      [`diff?from=0&to=${tomorrow}`, '/to'],
    ] as const) {
      const refused = await auditor.get(`/tickets/${ticket}/${query}`);
      expect([query, refused.status, refused.body.errors?.[0].pointer]).toEqual([query, 400, pointer]);
      expect(refused.body.errors[0].message).toBe('Expected an instant that is not in the future');
    }
  });

  it('opens a case by its ticket where no complaint leads it', async () => {
    const told = entries(await auditor.get(`/cases/${ticket}/history`));
    expect(told.map(({ type }) => type)).toContain('ticket.TicketRegistered');
    expect((await auditor.get('/cases/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001/history')).status).toBe(404);
  });

  it('searches the whole store by who, in which role, what and when, the latest first, page after page', async () => {
    const all = entries(await auditor.get('/audit/events?limit=200'));
    expect(all.length).toBeGreaterThan(10);
    const byAgent = entries(await auditor.get(`/audit/events?actor=${agent.id}&aggregate=ticket`));
    expect(byAgent.every(({ stream }) => stream === `ticket-${ticket}`)).toBe(true);
    expect(entries(await auditor.get('/audit/events?role=hr'))).toEqual([]);
    const told: string[] = [];
    let cursor: string | undefined;
    do {
      const page = done(
        await auditor.get(`/audit/events?limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
      ).body;
      told.push(...page.entries.map(({ eventId }: Told) => eventId));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(told).toEqual(all.map(({ eventId }) => eventId));
    const priority = entries(await auditor.get('/audit/events?type=ticket.TicketPrioritized'));
    expect(new Set(priority.map(({ type }) => type))).toEqual(new Set(['ticket.TicketPrioritized']));
    const from = priority[0]!.recordedAt;
    expect(entries(await auditor.get(`/audit/events?from=${from}`)).every((one) => one.recordedAt >= from)).toBe(true);
    expect(entries(await auditor.get(`/audit/events?to=${from}`)).every((one) => one.recordedAt < from)).toBe(true);
  });

  it('finds a matter by its number, and says which parameter is wrong', async () => {
    const told = entries(await auditor.get(`/audit/events?number=${number}`));
    expect(told.at(-1)!.type).toBe('ticket.TicketRegistered');
    const page = done(await auditor.get(`/audit/events?number=${number}&limit=2`)).body;
    expect(page.next).toBe(String(page.entries.at(-1).revision));
    done(await agent.post(`/tickets/${ticket}/add-note`, { about: 'customer', note: '客户下午在家' }));
    const following = entries(await auditor.get(`/audit/events?number=${number}&limit=200&cursor=${page.next}`));
    expect([...page.entries, ...following].map(({ eventId }: Told) => eventId)).toEqual(told.map((one) => one.eventId));
    for (const [query, pointer] of [
      ['number=999999999', '/number'],
      ['type=ticket.Nothing', '/type/0'],
      ['aggregate=nothing', '/aggregate'],
      ['role=king', '/role'],
      ['from=yesterday', '/from'],
      ['limit=0', '/limit'],
      ['nonsense=1', '/nonsense'],
      ['cursor=elsewhere', '/cursor'],
      [`number=${number}&cursor=elsewhere`, '/cursor'],
      ['stream=$all', '/stream'],
      ['stream=ticket-0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001', '/stream'],
      ['from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z', '/to'],
    ] as const) {
      const refused = await auditor.get(`/audit/events?${query}`);
      expect([query, refused.status, refused.body.errors?.[0].pointer]).toEqual([query, 400, pointer]);
    }
  });

  it('tells who has read personal data of a matter, and for no one else’s eyes', async () => {
    expect(entries(await auditor.get(`/audit/accesses?number=${number}`))).toEqual([]);
    done(await agent.post(`/tickets/${ticket}/unmask`, { reason: '回拨客户', fields: ['phone'] }));
    const told = done(await auditor.get(`/audit/accesses?number=${number}`)).body.entries;
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ by: { id: agent.id, role: 'agent' }, data: { fields: ['phone'] } });
    expect((await agent.get('/audit/accesses')).status).toBe(403);
    expect((await agent.get('/audit/events')).status).toBe(403);
  });
});
