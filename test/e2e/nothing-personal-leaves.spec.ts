import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '@aftercare/api';
import { contentsOf } from '@aftercare/projections/testing';
import { createLogger } from '../../packages/api/src/operations/request-log';
import { filesUnder } from './support/files-under';
import { done, HOUR, MINUTE, openJob, repairWish } from './support/cast';
import { World, type Answer, type Person } from './support/world';

jest.setTimeout(60_000);

/** Invented, and found nowhere else: what a person could be known by, and what they said. */
const marks = {
  name: '张三标记',
  contactName: '赵六标记',
  phone: '13800001234',
  otherPhone: '13800005678',
  email: 'biaoji.mark@example.invalid',
  wechat: 'wx-biaoji-mark',
  address: '标记路9999弄',
  proof: 'FP-BIAOJI-0001',
  words: '标记原话',
  said: '标记催促',
  noteOnCustomer: '标记客户备注',
  noteOnCase: '标记案件备注',
  findings: '标记诊断',
  steps: '标记步骤',
  explanation: '标记方案',
  cause: '标记原因',
  opinion: '标记意见',
  rejection: '标记不满',
  suggestion: '标记建议',
  reason: '标记理由',
  engineer: '李四标记',
  engineerPhone: '13900009876',
  grievance: '标记投诉',
  place: '标记地点',
  personNamed: '王五标记',
  evidence: '标记证据',
  question: '标记提问',
  answer: '标记答复',
  verification: '标记核查',
  containment: '标记应急',
  grounds: '标记依据',
  meant: '标记供应商',
  plan: '标记措施',
  minutes: '标记纪要',
  promise: '标记承诺',
  progress: '标记进展',
  outcome: '标记结果',
  verdict: '标记评价',
  decision: '标记裁决',
  appeal: '标记申诉',
  lesson: '标记教训',
} as const;
const photo = Buffer.from(`\x89PNG\r\n\x1a\n${'PHOTO-MARK-OF-A-CUSTOMER '.repeat(4_000)}`, 'latin1');
const signature = Buffer.from('\x89PNG\r\n\x1a\n SIGNATURE-MARK-OF-A-CUSTOMER', 'latin1');

/** Every form in which a mark could lie in a file or line. */
const needles: readonly { readonly mark: string; readonly bytes: Buffer }[] = [
  ...Object.values(marks).flatMap((mark) => {
    const escaped = [...mark]
      .map((c) => (c > '~' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c))
      .join('');
    const little = Buffer.from(mark, 'utf16le');
    return [Buffer.from(mark), little, Buffer.from(little).swap16(), Buffer.from(escaped)].map((bytes) => ({
      mark,
      bytes,
    }));
  }),
  { mark: 'photo', bytes: Buffer.from('PHOTO-MARK') },
  { mark: 'signature', bytes: Buffer.from('SIGNATURE-MARK') },
  { mark: 'signature in base64', bytes: Buffer.from(signature.toString('base64').slice(16, 40)) },
];

const METRICS = [
  'complaint-volume',
  'second-handling-rate',
  'dismissed-share',
  'control-points-met',
  'kept-promise-rate',
] as const;

const marksIn = (bytes: Buffer): readonly string[] => [
  ...new Set(needles.filter((needle) => bytes.includes(needle.bytes)).map(({ mark }) => mark)),
];

describe('personal data stays under its key (SEC-01, SEC-02)', () => {
  const lines: string[] = [];
  const problems: Answer[] = [];
  let folder: string;
  let world: World;
  let agent: Person;
  let operator: Person;
  let ticket: string;
  let workOrder: string;
  let complaint: string;
  let customerId: string;
  const printed: string[] = [];
  const spies: jest.SpyInstance[] = [];

  /** A request that is refused; the answer is kept, to be looked through later. */
  const bad = (answer: Answer): Answer => {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    problems.push(answer);
    return answer;
  };

  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr])
      spies.push(
        jest.spyOn(stream, 'write').mockImplementation((chunk) => {
          printed.push(String(chunk));
          return true;
        }),
      );
    folder = mkdtempSync(join(tmpdir(), 'aftercare-marks-'));
    world = await World.start({
      env: { DATA_DIR: folder, ANALYTICS: 'on' },
      stores: (clock, config) => openStores(config, clock),
      logger: createLogger('trace', { write: (line: string) => void lines.push(line) }),
    });
    agent = await world.person('agent');
    operator = await world.person('operator');
    await untilAnalytics((analytics) => analytics.state === 'available');
    await journey();
    await complaints();
    await mistakes();
    await untilAnalytics((analytics) => analytics.lagEvents === 0);
  });
  afterAll(async () => {
    spies.forEach((spy) => spy.mockRestore());
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Loading chDB holds the process up for a moment, in which it would answer that it is busy. */
  const untilAnalytics = async (holds: (analytics: { state: string; lagEvents: number }) => boolean) => {
    for (let look = 0; look < 200; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (holds(done(await operator.get('/status')).body.analytics)) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  };

  const journey = async (): Promise<void> => {
    const supervisor = await world.person('supervisor');
    const { categories } = done(await supervisor.get('/policies/catalogue')).body.versions.at(-1).body;
    const hired = await supervisor.post('/engineers', {
      name: marks.engineer,
      phone: marks.engineerPhone,
      skills: [...new Set(categories.flatMap((one: { skills: string[] }) => one.skills))],
      categories: [repairWish.category],
      regions: ['3101'],
      capacity: 6,
    });
    const engineer = await world.person('engineer', done(hired).body.id);
    const { name, phone, email, wechat, address } = marks;
    const customer = await agent.post('/customers', { name, phone, email, wechat, address, region: '310104' });
    customerId = done(customer).body.id;
    await world.settle();
    const registered = await agent.post('/tickets', {
      ...repairWish,
      customerId,
      channel: 'phone',
      words: `${marks.words},空调漏水,电话${phone}`,
      contactName: marks.contactName,
      contactPhone: marks.otherPhone,
      address,
      proofOfPurchase: marks.proof,
      environment: marks.words,
      remediesTried: marks.words,
    });
    ticket = `/tickets/${done(registered).body.id}`;
    await world.settle();
    const contact = { direction: 'inbound', channel: 'phone', purpose: 'chase', reached: true, words: marks.said };
    done(await agent.post(`${ticket}/record-contact`, contact));
    done(await agent.post(`${ticket}/verify-contact`, { method: 'purchase-number', proofOfPurchase: marks.proof }));
    done(await agent.post(`${ticket}/add-note`, { about: 'customer', note: marks.noteOnCustomer }));
    done(await agent.post(`${ticket}/add-note`, { about: 'case', note: marks.noteOnCase }));
    workOrder = await openJob(agent, ticket);
    done(await engineer.post(`${workOrder}/accept-work-order`));
    await world.settle();
    const solution = { options: ['replace-part'], cost: { amount: 100, currency: 'CNY' }, leadTimeDays: 1 };
    const proposed = { ...solution, unitLeavesCustomer: false, explanation: marks.explanation };
    done(await agent.decide(ticket, 'propose-solution', proposed));
    const link = done(await agent.post(`${ticket}/issue-tracking-link`)).body.token;
    const nobody = world.nobody();
    done(await nobody.post(`/track/${link}/accept-solution`));
    done(await engineer.post(`${ticket}/record-diagnosis`, { faultCode: 'E1', findings: marks.findings }));
    done(await engineer.post(`${ticket}/give-remote-support`, { minutes: 5, steps: marks.steps }));
    const start = Date.parse(world.clock.now());
    const at = (minutes: number) => new Date(start + minutes * MINUTE).toISOString();
    await world.wait(2 * HOUR);
    const facts = [
      { fact: 'TravelStarted', occurredAt: at(1) },
      { fact: 'ArrivalRecorded', occurredAt: at(30), badgeShown: true },
      { fact: 'WorkStarted', occurredAt: at(35) },
      {
        fact: 'ServiceReportFiled',
        occurredAt: at(80),
        faultCode: 'E1',
        cause: 'sensor',
        remedy: 'replaced',
        parts: [],
        rating: 'satisfied',
        acceptance: 'signed',
        causeText: marks.cause,
        remedyText: marks.cause,
        opinion: marks.opinion,
        signature: signature.toString('base64'),
      },
      { fact: 'WorkCompleted', occurredAt: at(90), outcome: 'fixed' },
    ];
    done(await engineer.post(`${workOrder}/facts`, { facts }));
    await world.settle();
    const followUp = { followUp: 'confirmation-call', resolved: true, suggestions: marks.suggestion };
    done(await agent.post(`${ticket}/complete-follow-up`, followUp));
    done(await agent.post(`${ticket}/reopen-ticket`, { foundBy: 'customer', words: marks.rejection }));
    await world.settle();
    const cancelled = { reason: 'solved-remotely', tripMade: false };
    done(await supervisor.decide(await openJob(agent, ticket), 'cancel-work-order', cancelled));
    await world.settle();
    done(await agent.decide(ticket, 'propose-resolution', { by: 'first-touch', summary: marks.cause }));
    done(await nobody.post(`/track/${link}/reject-resolution`, { reason: 'other', words: marks.rejection }));
    await world.settle();
    const asked = { fields: ['phone', 'name', 'words', 'opinion', 'signature'], reason: marks.reason };
    const unmasked = done(await agent.post(`${ticket}/unmask`, asked)).body.fields;
    // The marks were really there to be lost.
    expect(unmasked).toMatchObject({ phone: marks.phone, name: marks.name, opinion: marks.opinion });
    await world.settle();
  };

  /** What an event says, of those that an answer tells of. */
  const dataOf = (answer: Answer, type: string): Readonly<Record<string, string>> => {
    const { events } = done(answer).body as { events: readonly { type: string; data: Record<string, string> }[] };
    return events.find((one) => one.type === `complaint.${type}`)!.data;
  };

  /** CMP-01 … CMP-16: a complaint with everything that anybody says in one, and a photo; another without a name. */
  const complaints = async (): Promise<void> => {
    const crm = await world.person('crm');
    const quality = await world.person('quality');
    const supervisor = await world.person('supervisor');
    const manager = await world.person('manager');
    const registered = await agent.post('/complaints', {
      customerId,
      channel: 'phone',
      words: `${marks.grievance},电话${marks.phone}`,
      complaintCategory: 'attitude',
      place: marks.place,
      personNamed: marks.personNamed,
      contactName: marks.contactName,
      contactPhone: marks.otherPhone,
      address: marks.address,
      ticketId: ticket.slice('/tickets/'.length),
      external: { body: '12315', reference: 'R-1', dueBy: new Date(Date.parse(world.clock.now()) + 48 * HOUR) },
    });
    complaint = `/complaints/${done(registered).body.id}`;
    const decide = (who: Person, command: string, body: object) => who.decide(complaint, command, body);
    const note = (who: Person, command: string, body: object) => who.post(`${complaint}/${command}`, body);
    done(
      await agent.ask('POST', `${complaint}/attachments?kind=photo&from=complainant`, {
        raw: photo,
        headers: {
          'content-type': 'application/octet-stream',
          'attachment-description': encodeURIComponent(marks.evidence),
        },
      }),
    );
    done(await decide(crm, 'take-complaint', { isSubordinateOf: [] }));
    done(await note(agent, 'acknowledge-complaint', { reached: true, channel: 'phone' }));
    const question = { from: 'complainant', question: marks.question, expectedBy: '2030-01-01T00:00:00Z' };
    const { requestId } = dataOf(await note(crm, 'request-information', question), 'InformationRequested');
    done(await note(crm, 'receive-information', { requestId, complete: true, answer: marks.answer }));
    done(await note(crm, 'take-containment', { measure: 'other', description: marks.containment }));
    done(await decide(crm, 'verify-complaint', { genuine: 'yes', complete: true, findings: marks.verification }));
    const meant = { kind: 'supplier', id: 'supplier-1', name: marks.meant };
    const shares = [{ party: 'third-party', percent: 100, kind: 'organisation', meant }];
    const blame = { result: 'attributed', shares, grounds: marks.grounds };
    const { proposalId } = dataOf(await decide(crm, 'propose-responsibility', blame), 'ResponsibilityProposed');
    done(await decide(quality, 'confirm-responsibility', { proposalId }));
    done(await note(quality, 'notify-responsibility', { shareId: 's1', channel: 'email' }));
    const appealed = await note(crm, 'appeal-responsibility', { shareId: 's1', grounds: marks.appeal });
    const { appealId } = dataOf(appealed, 'ResponsibilityAppealed');
    done(await decide(manager, 'decide-appeal', { appealId, decision: 'upheld', grounds: marks.decision }));
    const proposed = await decide(crm, 'propose-plan', {
      diagnosis: { words: marks.plan },
      measures: { steps: [{ planStepId: 'p1', measure: 'apology', what: marks.plan }] },
      assignments: { list: [{ planStepId: 'p1', role: 'crm' }] },
      milestones: { list: [], none: '当天完成' },
      budget: { cost: { amount: 0, currency: 'CNY' } },
    });
    done(await note(quality, 'hold-review-meeting', { roles: ['quality'], minutes: marks.minutes }));
    const { planId } = dataOf(proposed, 'ResolutionPlanProposed');
    done(await decide(supervisor, 'approve-plan', { planId }));
    done(await decide(crm, 'start-plan', {}));
    const promised = { text: marks.promise, nextSteps: marks.promise, expectedBy: '2030-01-01T00:00:00Z' };
    done(await note(crm, 'give-commitment', { ...promised, channel: 'phone' }));
    done(await note(crm, 'report-progress', { channel: 'phone', text: marks.progress }));
    done(await note(crm, 'complete-plan-step', { planStepId: 'p1', result: marks.outcome }));
    const told = await decide(crm, 'communicate-outcome', { channel: 'phone', reached: true, text: marks.outcome });
    const { contactId } = dataOf(told, 'OutcomeCommunicated');
    const verdict = {
      verdict: 'satisfied',
      channel: 'phone',
      contactId,
      evaluationRefused: true,
      words: marks.verdict,
    };
    done(await note(crm, 'record-verdict', verdict));
    done(await decide(crm, 'close-complaint', { outcome: 'satisfied', text: marks.outcome }));
    done(await note(crm, 'record-lessons', { rootCause: 'x', topics: ['process'], lesson: marks.lesson }));
    done(await note(crm, 'add-note', { note: marks.noteOnCase }));
    const machine = await world.person('channel');
    const nameless = { channel: 'wechat', words: marks.grievance, contactPhone: marks.otherPhone };
    const other = `/complaints/${done(await machine.post('/complaint-submissions', nameless)).body.id}`;
    done(await agent.post(`${other}/withdraw-complaint`, { channel: 'phone', words: marks.verdict }));
    await world.settle();
    // The marks were really there to be lost.
    const file = JSON.stringify(done(await quality.get(`${complaint}/file`)).body);
    for (const said of [marks.grievance, marks.verification, marks.plan, marks.lesson]) expect(file).toContain(said);
  };

  /** Requests that go wrong while they carry personal data. */
  const mistakes = async (): Promise<void> => {
    const { name, phone, words, email } = marks;
    bad(await agent.post('/customers', { name, phone, nonsense: words }));
    bad(await agent.post('/customers', { name: [name], phone: { phone } }));
    bad(await agent.post('/customers', { name, phone, email: `${email}${'x'.repeat(5_000)}` }));
    bad(await agent.ask('POST', '/customers', { raw: `{"name":"${name}","phone":${phone}x` }));
    bad(await agent.ask('POST', '/customers', { raw: `{"${name}":1,"${name}":2}` }));
    bad(await agent.post('/tickets', { customerId: phone, channel: name, words }));
    bad(await agent.get(`/tickets?limit=${phone}&state=${encodeURIComponent(name)}`));
    bad(await agent.get(`/tickets/${encodeURIComponent(name)}`));
    bad(await agent.get(`/${encodeURIComponent(marks.address)}?q=${phone}`));
    bad(await agent.post(`${ticket}/confirm-resolution`, { channel: 'phone', contactId: phone }));
    bad(await agent.post(`${ticket}/unmask`, { fields: [name], reason: '' }));
    bad(await world.nobody().post('/track', { number: phone, lastFour: '1234' }));
    bad(await world.nobody().get(`/track/${phone}`));
    bad(await world.withToken(Buffer.from(name).toString('base64')).get('/tickets'));
    bad(await agent.post('/complaints', { channel: phone, words: marks.grievance, contactName: [name] }));
    bad(await agent.post('/complaints', { channel: 'phone', words: marks.grievance, ticketId: name }));
    bad(await agent.post(`${complaint}/record-contact`, { direction: name, words: marks.grievance }));
    bad(await agent.decide(complaint, 'reopen-complaint', { foundBy: marks.personNamed, words: marks.grievance }));
    bad(await agent.get(`/complaints?number=${encodeURIComponent(name)}&limit=${phone}`));
    bad(
      await agent.ask('POST', `${complaint}/attachments?kind=${encodeURIComponent(name)}&from=staff`, { raw: photo }),
    );
    bad(await agent.ask('POST', `${complaint}/attachments?kind=photo&from=staff`, { raw: `<p>${name}${phone}` }));
    await agent.post('/customers', { name, phone, region: '310104' }, { key: 'again' });
    bad(await agent.post('/customers', { name: marks.contactName, phone, region: '310104' }, { key: 'again' }));
  };

  it('would find a mark if one lay somewhere', () => {
    const planted = join(folder, 'planted');
    for (const encoding of ['utf8', 'utf16le'] as const) {
      writeFileSync(planted, `x${marks.name}y`, encoding);
      expect(marksIn(readFileSync(planted))).toEqual([marks.name]);
    }
    rmSync(planted);
  });

  it('says none in a log line at level trace, nor on the console', () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter((line) => marksIn(Buffer.from(line)).length > 0)).toEqual([]);
    expect(printed.filter((text) => marksIn(Buffer.from(text)).length > 0)).toEqual([]);
  });

  it('says none in a problem document or its headers', () => {
    expect(problems.length).toBeGreaterThan(12);
    for (const { body, headers } of problems)
      expect({ body, found: marksIn(Buffer.from(JSON.stringify([body, headers]))) }).toEqual({ body, found: [] });
  });

  it('says none in metrics, status and readiness', async () => {
    for (const path of ['/metrics', '/status', '/readyz'])
      expect(marksIn(Buffer.from(JSON.stringify(done(await operator.get(path)).body)))).toEqual([]);
  });

  it('says none in the figures of complaints, nor in the events behind them', async () => {
    const analyst = await world.person('analyst');
    const year = Number(world.clock.now().slice(0, 4));
    const period = `from=${year - 1}-01-01&to=${year + 1}-01-01`;
    for (const metric of METRICS) {
      const figures = done(await analyst.get(`/analytics/${metric}?${period}`)).body;
      const behind = done(await analyst.get(`/analytics/${metric}/events?${period}`)).body;
      expect({ metric, rows: figures.rows.length > 0 }).toEqual({ metric, rows: true });
      expect(marksIn(Buffer.from(JSON.stringify([figures, behind])))).toEqual([]);
    }
  });

  it('writes none to any file or table: events, keys, read models with their logs, ClickHouse, attachments', async () => {
    const files = filesUnder(folder);
    const { postgres } = world.platform.config;
    for (const name of ['events.db', 'events.db-wal', 'keys.db', ...(postgres ? [] : ['views.db', 'views.db-wal'])])
      expect(files).toContain(join(folder, name));
    const tables = postgres ? [...(await contentsOf(postgres))] : [];
    if (postgres) expect(tables.filter(([, rows]) => rows.length > 0).length).toBeGreaterThan(10);
    expect(tables.filter(([, rows]) => marksIn(rows).length > 0).map(([name]) => name)).toEqual([]);
    for (const part of ['/chdb/', '/attachments/'])
      expect(files.filter((file) => file.includes(part)).length).toBeGreaterThan(0);
    const found = files.map((file) => ({ file, marks: marksIn(readFileSync(file)) }));
    expect(found.filter((each) => each.marks.length > 0)).toEqual([]);
  });

  it('shows phone and name masked, also within what the customer said', async () => {
    // What a customer said stays readable to who works on it; a number in it is masked.
    const shown = JSON.stringify([
      done(await agent.get(ticket)).body,
      done(await agent.get('/tickets')).body,
      done(await agent.get(`${ticket}/history`)).body,
      done(await agent.get('/call-list')).body,
      done(await agent.get('/complaints')).body,
      done(await agent.get(`${complaint}/file`)).body,
      done(await agent.get(`${complaint}/history`)).body,
      done(await agent.get('/promises-due')).body,
    ]);
    for (const secret of [marks.phone, marks.otherPhone, marks.name, marks.contactName, marks.email, marks.address])
      expect(shown).not.toContain(secret);
    expect(shown).toContain('138****1234');
  });
});
