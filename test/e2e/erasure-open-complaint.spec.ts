import { openStores } from '@aftercare/api';
import { cli } from './support/cli';
import { customerOf, DAY, done, MINUTE, refused, typesOf } from './support/cast';
import { World, type Person } from './support/world';

jest.setTimeout(60_000);

const wish = { channel: 'phone', words: '约好的时间没人来,打电话还顶撞我', complaintCategory: 'repair-delay' };
const waiting = { asker: 'customer', channel: 'phone', openComplaints: 'wait' };
const withdrawing = { ...waiting, openComplaints: 'withdraw' };

describe('DEC-15 forgetting a person with an open complaint', () => {
  let world: World;
  let agent: Person;
  let crm: Person;
  let quality: Person;
  let supervisor: Person;
  let manager: Person;
  let auditor: Person;

  beforeAll(async () => {
    // Files, so that the command line can read beside it.
    world = await World.start({ stores: (clock, config) => openStores(config, clock) });
    agent = await world.person('agent');
    crm = await world.person('crm');
    quality = await world.person('quality');
    supervisor = await world.person('supervisor');
    manager = await world.person('manager');
    auditor = await world.person('auditor');
  });
  afterAll(() => world.stop());

  /** Somebody who complained. */
  const complainant = async (more: object = {}) => {
    const id = await customerOf(agent);
    const complaint = done(await agent.post('/complaints', { ...wish, customerId: id, ...more })).body.id as string;
    await world.settle();
    return { customer: `/customers/${id}`, complaint: `/complaints/${complaint}`, stream: `complaint-${complaint}` };
  };
  const findingsOf = async (customer: string, request: object) =>
    done(await agent.post(`${customer}/erasure-requests`, request)).body.events[0].data.findings as object;
  const approve = async (customer: string) => {
    const { data } = done(await manager.decide(customer, 'approve-erasure')).body.events[0];
    await world.settle();
    return data as { readonly dueAt: string };
  };
  const erasureOf = async (customer: string) =>
    done(await manager.get(customer)).body.erasure as { readonly status: string } | undefined;
  const statusOf = async (complaint: string) => done(await manager.get(complaint)).body.state as string;
  const entryOf = async (complaint: string, type: string) =>
    (done(await auditor.get(`${complaint}/history`)).body.entries as { type: string }[]).find(
      (one) => one.type === type,
    );

  it('waits for the complaint where the person chose so, and is carried out when it has ended', async () => {
    const { customer, complaint, stream } = await complainant();
    expect(await findingsOf(customer, waiting)).toMatchObject({ openComplaints: [stream], openTickets: [] });
    expect(await approve(customer)).toMatchObject({ openComplaints: 'wait', findings: { openComplaints: [stream] } });
    await world.wait(3 * DAY + MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'approved', findings: { openComplaints: [stream] } });
    expect(await statusOf(complaint)).toBe('registered');
    expect((await manager.get(`${customer}/erasure-certificate`)).status).toBe(404);
    done(await crm.post(`${complaint}/withdraw-complaint`, { channel: 'phone', reason: 'settled' }));
    await world.wait(DAY + MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'erased' });
  });

  it('withdraws the complaint where the person chose so, after a second person approved', async () => {
    const { customer, complaint, stream } = await complainant();
    expect(await findingsOf(customer, withdrawing)).toMatchObject({ openComplaints: [stream] });
    await world.settle();
    expect(await statusOf(complaint)).toBe('registered');
    const before = done(await auditor.get(`${complaint}/history`)).body.entries;
    expect(before[0].personal).toBeDefined();
    const { dueAt } = await approve(customer);
    expect(Date.parse(dueAt) - Date.parse(world.clock.now())).toBe(3 * DAY);
    expect(await statusOf(complaint)).toBe('withdrawn');
    expect(await entryOf(complaint, 'complaint.ComplaintWithdrawn')).toMatchObject({
      by: { id: 'erasure', role: 'system' },
      data: { channel: 'phone', reason: 'erasure-requested', continuedInternally: false },
    });
    await world.wait(3 * DAY - MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'approved' });
    await world.wait(2 * MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'erased' });

    const certificate = done(await manager.get(`${customer}/erasure-certificate`)).body;
    expect(certificate.steps.map(({ step, by }: { step: string; by: { id: string } }) => [step, by.id])).toEqual([
      ['customer.ErasureRequested', agent.id],
      ['customer.ErasureApproved', manager.id],
      ['customer.CustomerErased', 'erasure'],
    ]);
    expect(certificate.subjects).toEqual([{ subject: certificate.customer, keyDestroyed: true }]);

    const after = done(await auditor.get(`${complaint}/history`)).body.entries;
    expect(after[0]).toMatchObject({ type: 'complaint.ComplaintRegistered', erased: true });
    expect(after[0]).not.toHaveProperty('personal');
    expect(after.slice(0, before.length).map(({ hash }: { hash: string }) => hash)).toEqual(
      before.map(({ hash }: { hash: string }) => hash),
    );
    expect(JSON.stringify(after)).not.toContain('顶撞');
    const replayed = await cli(['replay', stream], { DATA_DIR: world.folder, NO_COLOR: '1' });
    expect([replayed.code, replayed.err]).toEqual([0, '']);
    expect(replayed.out).toMatch(/ComplaintRegistered[\s\S]*?个人信息已删除 personal parts erased: 1/);
    expect(replayed.out).toContain('complaint.ComplaintWithdrawn');
    const json = JSON.parse((await cli(['replay', stream, '--json'], { DATA_DIR: world.folder })).out) as object[];
    expect(json[0]).toMatchObject({ type: 'complaint.ComplaintRegistered', erased: true });
    expect((await cli(['verify'], { DATA_DIR: world.folder })).code).toBe(0);
  });

  it('goes on inside with a safety complaint that is withdrawn, and waits for it', async () => {
    const { customer, complaint, stream } = await complainant({ words: '空调漏电打人', safetyMarked: true });
    await findingsOf(customer, withdrawing);
    await approve(customer);
    expect(await entryOf(complaint, 'complaint.ComplaintWithdrawn')).toMatchObject({
      data: { continuedInternally: true },
    });
    await world.wait(3 * DAY + MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'approved', findings: { openComplaints: [stream] } });

    done(await crm.decide(complaint, 'take-complaint', { isSubordinateOf: [] }));
    done(await crm.decide(complaint, 'verify-complaint', { genuine: 'yes', complete: true, findings: '接地松动' }));
    const proposal = { result: 'undetermined', shares: [], grounds: '无法查明' };
    const { proposalId } = done(await crm.decide(complaint, 'propose-responsibility', proposal)).body.events[0].data;
    done(await quality.decide(complaint, 'confirm-responsibility', { proposalId }));
    done(await supervisor.decide(complaint, 'end-internal-handling', { reason: '隐患已排除' }));
    await world.wait(DAY + MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'erased' });
    expect(await typesOf(auditor, complaint)).toContain('complaint.InternalHandlingEnded');
  });

  it('is held by a legal hold on a complaint, also on a withdrawn one, until it is lifted', async () => {
    const { customer, complaint, stream } = await complainant();
    const placed = done(await manager.decide(complaint, 'place-legal-hold', { reason: '客户已起诉' }));
    const { holdId } = placed.body.events[0].data;
    await world.settle();
    expect(await findingsOf(customer, withdrawing)).toMatchObject({ legalHolds: [stream] });
    await approve(customer);
    expect(await statusOf(complaint)).toBe('withdrawn');
    await world.wait(40 * DAY);
    expect(await erasureOf(customer)).toMatchObject({
      status: 'approved',
      findings: { openComplaints: [], legalHolds: [stream] },
    });
    done(await manager.decide(complaint, 'lift-legal-hold', { holdId, reason: '案件已结' }));
    await world.wait(DAY + MINUTE);
    expect(await erasureOf(customer)).toMatchObject({ status: 'erased' });
  });

  it('leaves the complaint alone when the request is withdrawn or refused before anybody approved', async () => {
    const { customer, complaint } = await complainant();
    await findingsOf(customer, withdrawing);
    done(await manager.decide(customer, 'refuse-erasure', { reason: '法定保存期未满' }));
    await findingsOf(customer, withdrawing);
    done(await agent.post(`${customer}/withdraw-erasure-request`, { reason: 'changed-mind' }));
    await world.wait(4 * DAY);
    expect(await statusOf(complaint)).toBe('registered');
    expect(await erasureOf(customer)).toBeUndefined();
  });

  it('says what is wrong with a request or an approval', async () => {
    const { customer } = await complainant();
    const requests = `${customer}/erasure-requests`;
    const unknown = '/customers/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
    refused(await agent.post(`${unknown}/erasure-requests`, withdrawing), 404, 'RESOURCE.NOT_FOUND');
    refused(await agent.post('/customers/nobody/erasure-requests', withdrawing), 404, 'RESOURCE.NOT_FOUND');
    const bad = refused(await agent.post(requests, { ...withdrawing, urgent: true }), 400, 'REQUEST.INVALID');
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/urgent']);
    const missing = refused(await agent.post(requests, { asker: 'customer' }), 400, 'REQUEST.INVALID');
    expect(missing.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/channel',
      '/openComplaints',
    ]);
    expect((await agent.post(requests, withdrawing, { key: false })).status).toBe(400);
    expect(await erasureOf(customer)).toBeUndefined();

    done(await supervisor.post(requests, withdrawing));
    refused(await agent.post(requests, waiting), 409, 'CUSTOMER.ERASURE_UNDER_WAY');
    refused(await supervisor.decide(customer, 'approve-erasure'), 409, 'CUSTOMER.ERASURE_NEEDS_A_SECOND_PERSON');
    const sameInAnotherRole = await world.person('manager', supervisor.id);
    refused(await sameInAnotherRole.decide(customer, 'approve-erasure'), 409, 'CUSTOMER.ERASURE_NEEDS_A_SECOND_PERSON');
    refused(await manager.post(`${customer}/approve-erasure`, {}, { ifMatch: '"99"' }), 412, 'PRECONDITION.FAILED');
    await approve(customer);
    refused(await manager.decide(customer, 'approve-erasure'), 409, 'CUSTOMER.ERASURE_NOT_AWAITING_APPROVAL');
    refused(await agent.post(requests, waiting), 409, 'CUSTOMER.ERASURE_UNDER_WAY');
    await world.wait(3 * DAY + MINUTE);
    refused(await agent.post(requests, waiting), 409, 'CUSTOMER.ERASED');
  });
});
