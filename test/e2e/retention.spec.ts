import { customerOf, DAY, done, MINUTE, refused } from './support/cast';
import { World, type Person } from './support/world';

jest.setTimeout(120_000);

const YEAR = 365 * DAY;
const complaint = { channel: 'phone', words: '约好的时间没人来', complaintCategory: 'repair-delay' };

/** The clock begins on 12 October 2026: tokens are issued anew whenever years have passed. */
describe('DEC-15 retention by default', () => {
  let world: World;
  let agent: Person;
  let manager: Person;
  let operator: Person;

  let shift = 0;

  const sitDown = async () => {
    shift += 1;
    const somebody = (role: 'agent' | 'manager' | 'operator') => world.person(role, `staff-${role}-${shift}`);
    [agent, manager, operator] = await Promise.all([somebody('agent'), somebody('manager'), somebody('operator')]);
  };
  const pass = async (millis: number) => {
    await world.wait(millis);
    await sitDown();
  };
  const until = (instant: string) => pass(Date.parse(instant) - Date.parse(world.clock.now()));

  beforeAll(async () => {
    world = await World.start();
    await sitDown();
  });
  afterAll(() => world.stop());

  const waiting = async (query = '') =>
    done(await operator.get(`/erasure-requests${query}`)).body.requests as {
      customerId: string;
      requestId: string;
      status: string;
    }[];
  const erasureOf = async (id: string) =>
    done(await manager.get(`/customers/${id}`)).body.erasure as { status: string; asker?: string } | undefined;
  const eventsOf = async (id: string) =>
    (
      done(await (await world.person('auditor')).get(`/audit/events?stream=customer-${id}`)).body.entries as {
        type: string;
        data: Record<string, unknown>;
      }[]
    ).reverse();
  const endedTicket = async (customerId: string, more: object = {}) => {
    const wish = { customerId, channel: 'phone', words: '请问遥控器怎么设置定时', ...more };
    const ticket = `/tickets/${done(await agent.post('/tickets', wish)).body.id}`;
    done(await agent.decide(ticket, 'cancel-ticket', { reason: 'by-customer' }));
    await world.settle();
  };

  it('asks by itself three years behind the last case, waits for a person, and forgets after three days', async () => {
    const id = await customerOf(agent);
    await pass(30 * DAY);
    await endedTicket(id);
    // The case ended on 11 November 2026: kept through 11 November 2029, in Shanghai.
    await until('2029-11-11T15:59:00.000Z');
    expect(await erasureOf(id)).toBeUndefined();
    expect(await waiting()).toEqual([]);
    await pass(2 * MINUTE);
    expect(await erasureOf(id)).toMatchObject({ status: 'requested', asker: 'retention' });
    expect(await waiting('?status=requested&asker=retention')).toMatchObject([
      { customerId: id, status: 'requested', asker: 'retention', requestedBy: 'retention', dueAt: null },
    ]);
    await pass(100 * DAY);
    expect(await erasureOf(id)).toMatchObject({ status: 'requested' });

    done(await manager.decide(`/customers/${id}`, 'approve-erasure'));
    await world.settle();
    expect(await waiting()).toMatchObject([{ customerId: id, status: 'approved' }]);
    await pass(3 * DAY + MINUTE);
    expect(await erasureOf(id)).toMatchObject({ status: 'erased' });
    expect(await waiting()).toEqual([]);
    const certificate = done(await manager.get(`/customers/${id}/erasure-certificate`)).body;
    expect(certificate.subjects).toEqual([{ subject: `customer-${id}`, keyDestroyed: true }]);
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual([
      'customer.CustomerRegistered',
      'customer.RetentionReviewed',
      'customer.RetentionReviewed',
      'customer.ErasureRequested',
      'customer.ErasureApproved',
      'customer.CustomerErased',
    ]);
  });

  it('waits for the end of warranty of a unit, also when it was put right after the case', async () => {
    const id = await customerOf(agent);
    const soldOn = world.clock.now().slice(0, 10);
    const unit = { category: 'air-conditioner', model: 'KFR-35GW', serial: 'SN-RETENTION-1', soldOn };
    const { id: unitId } = done(await agent.post('/product-units', unit)).body;
    await endedTicket(id, { unitId });
    const lengthened = { kind: 'warranty', body: await warrantyOfYears(8) };
    await publish(lengthened);
    const sold = world.clock.now().slice(0, 10);
    done(
      await agent.post(`/product-units/${unitId}/correct-product-unit-details`, { soldOn: sold, reason: '发票日期' }),
    );
    await pass(3 * YEAR + 10 * DAY);
    expect(await erasureOf(id)).toBeUndefined();
    const review = (await eventsOf(id)).at(-1)!;
    expect(review).toMatchObject({ type: 'customer.RetentionReviewed', data: { over: false } });
    expect((review.data['until'] as string).slice(0, 4)).toBe(String(Number(sold.slice(0, 4)) + 8));
    await until(review.data['until'] as string);
    expect(await erasureOf(id)).toMatchObject({ status: 'requested', asker: 'retention' });
  });

  it('is stopped by a legal hold for as long as it lasts', async () => {
    const id = await customerOf(agent);
    const address = `/complaints/${done(await agent.post('/complaints', { ...complaint, customerId: id })).body.id}`;
    const placed = done(await manager.decide(address, 'place-legal-hold', { reason: '客户已起诉' }));
    done(await agent.post(`${address}/withdraw-complaint`, { channel: 'phone', reason: 'settled' }));
    await pass(4 * YEAR);
    expect(await erasureOf(id)).toBeUndefined();
    const { holdId } = placed.body.events[0].data;
    done(await manager.decide(address, 'lift-legal-hold', { holdId, reason: '案件已结' }));
    await pass(31 * DAY);
    expect(await erasureOf(id)).toMatchObject({ status: 'requested', asker: 'retention' });
  });

  it('lets go of whom nobody asked to forget as soon as they complain again', async () => {
    const id = await customerOf(agent);
    await pass(3 * YEAR + 5 * DAY);
    expect(await erasureOf(id)).toMatchObject({ status: 'requested', asker: 'retention' });
    const again = done(await agent.post('/complaints', { ...complaint, customerId: id })).body.id;
    await world.settle();
    expect(await erasureOf(id)).toBeUndefined();
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'customer.ErasureRequestWithdrawn',
      data: { reason: 'retention-moved' },
    });
    done(await agent.post(`/complaints/${again}/withdraw-complaint`, { channel: 'phone', reason: 'settled' }));
    await pass(2 * YEAR);
    expect(await erasureOf(id)).toBeUndefined();
    await pass(YEAR + 5 * DAY);
    expect(await erasureOf(id)).toMatchObject({ status: 'requested' });
  });

  it('lets go of whom nobody asked to forget as soon as they call again, also between approval and erasure', async () => {
    const id = await customerOf(agent);
    await pass(3 * YEAR + 5 * DAY);
    done(await manager.decide(`/customers/${id}`, 'approve-erasure'));
    await endedTicket(id);
    expect(await erasureOf(id)).toBeUndefined();
    await pass(2 * YEAR);
    expect(await erasureOf(id)).toBeUndefined();
  });

  it('takes no word for it, and shows the list page by page to whom it concerns', async () => {
    const id = await customerOf(agent);
    const request = { asker: 'retention', channel: 'phone', openComplaints: 'wait' };
    refused(await agent.post(`/customers/${id}/erasure-requests`, request), 409, 'CUSTOMER.RETENTION_NOT_OVER');
    refused(await agent.get('/erasure-requests'), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(await manager.get('/erasure-requests?status=erased'), 400, 'REQUEST.INVALID');
    const first = done(await manager.get('/erasure-requests?limit=1')).body;
    expect(first.requests).toHaveLength(1);
    const { body } = done(await manager.get(`/erasure-requests?limit=1&cursor=${encodeURIComponent(first.next)}`));
    expect(body.requests[0].requestId).not.toBe(first.requests[0].requestId);
  });

  const warrantyOfYears = async (years: number) => {
    const { versions } = done(await manager.get('/policies/warranty')).body;
    return { ...versions.at(-1).body, months: years * 12, byCategory: [] } as object;
  };

  /** Drafted, approved by a second person and published; in force a day later. */
  const publish = async ({ kind, body }: { kind: string; body: object }) => {
    const policy = `/policies/${kind}`;
    const effectiveFrom = new Date(Date.parse(world.clock.now()) + DAY).toISOString();
    const drafted = done(
      await manager.post(`${policy}/draft-policy`, { kind, effectiveFrom, body, reason: '延长保修' }),
    );
    const { draftId } = drafted.body.events[0].data;
    const second = await world.person('manager', 'staff-another-manager');
    done(await second.decide(policy, 'approve-policy', { draftId }));
    done(await second.decide(policy, 'publish-policy', { draftId }));
    await pass(3 * DAY);
  };
});
