import { callAndClose, customerOf, DAY, done, hire, HOUR, MINUTE, refused, registered } from './support/cast';
import { World, type Answer, type Person } from './support/world';

const HAZARD = '热水器外壳漏电,麻手';
const ROSTER = '/on-call-rosters/main';

/** DEC-01, INT-25 through the real server, the real store and the real processes. */
describe('the person on call over HTTP', () => {
  let world: World;
  let agent: Person;
  let expert: Person;
  let crm: Person;
  let supervisor: Person;
  let manager: Person;
  let auditor: Person;
  let engineer: Person;

  beforeEach(async () => {
    world = await World.start();
    agent = await world.person('agent');
    expert = await world.person('expert');
    crm = await world.person('crm');
    supervisor = await world.person('supervisor');
    manager = await world.person('manager');
    auditor = await world.person('auditor');
    engineer = await hire(world, supervisor);
  }, 60_000);
  afterEach(() => world.stop());

  const at = (hours: number) => new Date(Date.parse(world.clock.now()) + hours * HOUR).toISOString();
  const plan = (people: readonly string[], from = 0, until = 12) =>
    supervisor.decide(ROSTER, 'plan-on-call', { from: at(from), until: at(until), people });
  const hazard = async (more: object = {}): Promise<string> => {
    const ticket = await registered(agent, { words: HAZARD, ...more });
    await world.settle();
    return ticket.slice('/tickets/'.length);
  };
  const listed = async (person: Person, query = '') =>
    done(await person.get(`/on-call-alerts${query}`)).body.alerts as {
      id: string;
      state: string;
      person: string | null;
    }[];
  const alertOf = async (id: string, person = supervisor): Promise<Answer> =>
    done(await person.get(`/on-call-alerts/${id}`));
  const calledFor = async (id: string) =>
    ((await alertOf(id)).body.calls as { person: string }[]).map(({ person }) => person);

  it('the roster says who is on call, in which order, and what a swap changes', async () => {
    expect(done(await agent.get(ROSTER)).body).toMatchObject({ site: 'main', onCall: null, next: null, revision: 0 });
    const planned = done(await plan([expert.id, engineer.id]));
    expect(planned.body.events).toMatchObject([
      { type: 'on_call_roster.OnCallPlanned', data: { site: 'main', people: [expert.id, engineer.id] } },
    ]);
    const swap = done(await plan([crm.id], 2, 4)).body.events[0].data.shift as string;
    const who = async (hours: number) =>
      (
        done(await engineer.get(`${ROSTER}?at=${encodeURIComponent(at(hours))}`)).body.onCall as {
          people: string[];
        } | null
      )?.people;
    expect([await who(1), await who(2), await who(4), await who(12)]).toEqual([
      [expert.id, engineer.id],
      [crm.id],
      [expert.id, engineer.id],
      undefined,
    ]);
    const shown = done(await agent.get(`${ROSTER}/shifts?limit=1`)).body;
    expect(shown.shifts).toMatchObject([{ inForce: [{ until: at(2) }, { from: at(4) }] }]);
    const rest = done(await agent.get(`${ROSTER}/shifts?limit=1&cursor=${shown.next}`)).body;
    expect([rest.shifts.map((one: { shift: string }) => one.shift), rest.next]).toEqual([[swap], undefined]);
    done(await manager.decide(ROSTER, 'cancel-on-call', { shift: swap }));
    expect(await who(3)).toEqual([expert.id, engineer.id]);
    refused(await manager.decide(ROSTER, 'cancel-on-call', { shift: swap }), 409, 'ON_CALL_ROSTER.SHIFT_UNKNOWN');
  });

  it('refuses a plan that is malformed, not allowed, of no site, or was not seen', async () => {
    const body = { from: at(0), until: at(8), people: ['staff-1'] };
    const post = (person: Person, more: object = {}, ifMatch: string | undefined = '"0"') =>
      person.post(`${ROSTER}/plan-on-call`, { ...body, ...more }, ifMatch === '' ? {} : { ifMatch });
    refused(await post(agent), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(await post(engineer), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(await world.nobody().post(`${ROSTER}/plan-on-call`, body), 401, 'AUTH.TOKEN_MISSING');
    const malformed = refused(
      await post(supervisor, { name: '张三', people: [], from: 'now' }),
      400,
      'REQUEST.INVALID',
    );
    expect(malformed.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/from',
      '/name',
      '/people',
    ]);
    refused(await post(supervisor, { people: ['张三'] }), 400, 'REQUEST.INVALID');
    refused(await post(supervisor, { until: at(-1) }), 409, 'ON_CALL_ROSTER.PERIOD_INVALID');
    refused(await post(supervisor, { from: at(-8), until: at(-1) }), 409, 'ON_CALL_ROSTER.SHIFT_OVER');
    refused(await post(supervisor, { people: ['staff-1', 'staff-1'] }), 409, 'ON_CALL_ROSTER.PERSON_REPEATED');
    refused(await post(supervisor, {}, ''), 428, 'PRECONDITION.REQUIRED');
    done(await post(supervisor));
    refused(await post(manager), 412, 'PRECONDITION.FAILED');
    const elsewhere = '/on-call-rosters/nowhere';
    refused(await supervisor.post(`${elsewhere}/plan-on-call`, body, { ifMatch: '"0"' }), 404, 'RESOURCE.NOT_FOUND');
    refused(await supervisor.get(elsewhere), 404, 'RESOURCE.NOT_FOUND');
    refused(await supervisor.get(`${ROSTER}?at=yesterday`), 400, 'REQUEST.INVALID');
    refused(await supervisor.get(`${ROSTER}/shifts?cursor=x`), 400, 'REQUEST.INVALID');
    refused(
      await supervisor.get(`${ROSTER}/shifts?from=2026-10-13T00:00:00Z&until=2026-10-12T00:00:00Z`),
      400,
      'REQUEST.INVALID',
    );
  });

  it('a safety case calls the first at once; who acknowledges is the only one', async () => {
    done(await plan([expert.id, engineer.id]));
    const id = await hazard();
    const [alert] = await listed(supervisor);
    expect(alert).toMatchObject({
      id,
      state: 'calling',
      person: expert.id,
      due: at(1 / 6),
      matter: { kind: 'ticket', id },
      causes: [{ kind: 'ticket', id, alertCause: 'safety', causeName: { zh: '安全隐患' } }],
    });
    expect(await listed(expert, '?person=me')).toHaveLength(1);
    expect(await listed(engineer, '?person=me')).toEqual([]);
    // Who stands on the roster may answer before their turn, and sees what for; who doesn't sees nothing.
    expect(await listed(engineer)).toMatchObject([{ id }]);
    done(await engineer.get(`/on-call-alerts/${id}`));
    const another = await hire(world, supervisor, '王五');
    expect(await listed(another, '?state=all')).toEqual([]);
    refused(await another.get(`/on-call-alerts/${id}`), 404, 'RESOURCE.NOT_FOUND');
    refused(await another.post(`/on-call-alerts/${id}/acknowledge`), 409, 'ON_CALL_ALERT.NOT_ON_CALL');

    const answer = (person: Person, asked = {}) => person.post(`/on-call-alerts/${id}/acknowledge`, {}, asked);
    refused(await answer(auditor), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(await answer(crm), 409, 'ON_CALL_ALERT.NOT_ON_CALL');
    refused(await answer(expert, { ifMatch: '"9"' }), 412, 'PRECONDITION.FAILED');
    refused(await answer(expert, { key: false }), 400, 'IDEMPOTENCY.KEY_REQUIRED');
    refused(await expert.post(`/on-call-alerts/${id}/acknowledge`, { by: 'staff-1' }), 400, 'REQUEST.INVALID');
    done(await answer(expert, { key: 'seen' }));
    expect(done(await answer(expert, { key: 'seen' })).body).toMatchObject({ repeated: true });
    refused(await answer(expert), 409, 'ON_CALL_ALERT.ALREADY_ACKNOWLEDGED');
    refused(await answer(supervisor), 409, 'ON_CALL_ALERT.ALREADY_ACKNOWLEDGED');
    refused(
      await expert.post('/on-call-alerts/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001/acknowledge'),
      404,
      'RESOURCE.NOT_FOUND',
    );
    await world.wait(2 * HOUR);
    expect(await calledFor(id)).toEqual([expert.id]);
    expect(await listed(supervisor)).toEqual([]);
    expect(await listed(supervisor, '?state=acknowledged')).toHaveLength(1);
    refused(await supervisor.get('/on-call-alerts?state=gone'), 400, 'REQUEST.INVALID');
    refused(await supervisor.get('/on-call-alerts?cursor=bm8'), 400, 'REQUEST.INVALID');
  });

  it('goes on to the next after ten minutes, and stays with the supervisors when nobody answers', async () => {
    done(await plan([expert.id, engineer.id], 0, 3));
    const id = await hazard();
    await world.wait(10 * MINUTE);
    expect(await calledFor(id)).toEqual([expert.id, engineer.id]);
    expect(await listed(engineer)).toMatchObject([{ id, person: engineer.id }]);
    await world.wait(30 * MINUTE);
    expect(await listed(supervisor, '?state=unanswered')).toMatchObject([{ id, person: null, late: true }]);
    done(await plan([crm.id], 1, 2));
    await world.wait(HOUR);
    expect((await calledFor(id)).at(-1)).toBe(crm.id);
    done(await manager.post(`/on-call-alerts/${id}/acknowledge`));
    expect((await alertOf(id)).body).toMatchObject({ state: 'acknowledged', acknowledged: { by: manager.id } });
  });

  it('without a roster it says so, and calls as soon as somebody is planned', async () => {
    const id = await hazard();
    expect(await listed(supervisor)).toMatchObject([{ id, state: 'nobody-on-call', late: true }]);
    await world.wait(HOUR);
    done(await plan([expert.id]));
    await world.settle();
    expect(await listed(expert, '?person=me')).toMatchObject([{ id, state: 'calling' }]);
  });

  it('ends when the hazard was none, or the matter has ended', async () => {
    done(await plan([expert.id]));
    const [first, second] = [await hazard(), await hazard()];
    done(await supervisor.decide(`/tickets/${first}`, 'lower-safety', { reason: '核实为游戏内画面' }));
    done(await agent.decide(`/tickets/${second}`, 'cancel-ticket', { reason: 'by-customer' }));
    await world.settle();
    expect((await alertOf(first)).body).toMatchObject({ state: 'closed', closed: { closedFor: 'no-longer-urgent' } });
    expect((await alertOf(second)).body).toMatchObject({ state: 'closed', closed: { closedFor: 'matter-ended' } });
    refused(await expert.post(`/on-call-alerts/${first}/acknowledge`), 409, 'ON_CALL_ALERT.CLOSED');
    await world.wait(DAY);
    expect(await calledFor(first)).toHaveLength(1);
  });

  it('CMP-08 an urgent complaint calls too, passes over whom it is about, and hides it from them', async () => {
    done(await plan([engineer.id, expert.id]));
    const customerId = await customerOf(agent);
    const { id } = done(
      await agent.post('/complaints', {
        channel: 'phone',
        words: '师傅上门索要红包',
        complaintCategory: 'attitude',
        graveCause: 'demanding-favours',
        staff: { id: engineer.id, role: 'engineer' },
        customerId,
      }),
    ).body;
    await world.settle();
    expect(await calledFor(id)).toEqual([expert.id]);
    expect((await alertOf(id)).body.concerned).toBeUndefined();
    expect((await alertOf(id, manager)).body.concerned).toEqual([engineer.id]);
    await world.wait(2 * HOUR);
    expect(await listed(engineer, '?state=all')).toEqual([]);
    refused(await engineer.get(`/on-call-alerts/${id}`), 404, 'RESOURCE.NOT_FOUND');
    refused(await engineer.post(`/on-call-alerts/${id}/acknowledge`), 409, 'ON_CALL_ALERT.PERSON_CONCERNED');
  });

  it('stands in the history of the case, in words', async () => {
    done(await plan([expert.id]));
    const id = await hazard();
    done(await expert.post(`/on-call-alerts/${id}/acknowledge`));
    await world.settle();
    const { entries } = done(await auditor.get(`/cases/${id}/history`)).body;
    const ours = entries.filter(({ type }: { type: string }) => type.startsWith('on_call_alert.'));
    expect(ours.map(({ says }: { says: { zh: string } }) => says.zh)).toEqual([
      expect.stringMatching(/^发起值班呼叫:\d+,安全隐患$/),
      expect.stringMatching(/^呼叫值班人员:应答期限 .*,staff-expert,第 1 轮$/),
      '值班呼叫已应答:staff-expert',
    ]);
    const raised = entries.findIndex(({ type }: { type: string }) => type === 'on_call_alert.AlertRaised');
    expect(entries[raised].causedBy).toMatchObject({ eventType: 'ticket.TicketPrioritized', stream: `ticket-${id}` });
  });

  it('an enquiry calls nobody', async () => {
    done(await plan([expert.id]));
    const ticket = await registered(agent, { words: '请问遥控器怎么设置定时' });
    done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch', remedy: 'explained' }));
    await world.wait(4 * DAY);
    await callAndClose(agent, ticket).catch(() => undefined);
    expect(await listed(supervisor, '?state=all')).toEqual([]);
  });
});
