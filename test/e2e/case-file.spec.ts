import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { issueToken } from '@aftercare/api';
import type { Role } from '@aftercare/domain';
import { customerOf, DAY, done, hire, openJob, registered, repairWish, HOUR, MINUTE } from './support/cast';
import { cli, ServerProcess } from './support/cli';
import { World, type Answer, type Person } from './support/world';

jest.setTimeout(120_000);

const crc = (bytes: Buffer): number => {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
};

const chunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
};

/** A PNG with transparency; `rows` as they are compressed, each beginning with its filter. */
const png = (width: number, height: number, rows: Buffer): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const drawing = (width: number, height: number): Buffer => {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows.set([200, (x * 3) % 255, (y * 2) % 255, (x + y) % 9 < 5 ? 255 : 0], y * (1 + width * 4) + 1 + x * 4);
  return png(width, height, rows);
};

const readsText = spawnSync('pdftotext', ['-v']).error === undefined;

/** Issue 5 §3, 一键应诉: through the real server, read back as paper would be. */
describe('the file of a case on paper', () => {
  let world: World;
  let agent: Person;
  let crm: Person;
  let quality: Person;
  let supervisor: Person;
  let auditor: Person;
  let engineer: Person;
  let complaint: string;
  let ticket: string;
  let number: string;

  const fileOf = async (
    id: string,
    role: Role,
    body: object,
  ): Promise<{ status: number; bytes: Buffer; type: string }> => {
    const token = await issueToken({ id: `staff-${role}`, roles: [role], days: 400 }, world.tokenKey, world.clock);
    const answer = await fetch(`${await world.app.nest.getUrl()}/cases/${id}/file`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return {
      status: answer.status,
      bytes: Buffer.from(await answer.arrayBuffer()),
      type: answer.headers.get('content-type') ?? '',
    };
  };

  const textOf = (bytes: Buffer, name: string): string => {
    const file = join(world.folder, `${name}.pdf`);
    writeFileSync(file, bytes);
    return execFileSync('pdftotext', ['-layout', file, '-']).toString();
  };

  const idIn = (path: string): string => path.split('/').at(-1)!;
  const eventOf = (answer: Answer, type: string): Record<string, string> =>
    (answer.body.events as { type: string; data: Record<string, string> }[]).find((one) => one.type === type)!.data;
  const upload = (to: string, content: Buffer, key: string) =>
    agent.ask('POST', to, { raw: content, key, headers: { 'content-type': 'application/octet-stream' } });

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    crm = await world.person('crm');
    quality = await world.person('quality');
    supervisor = await world.person('supervisor');
    auditor = await world.person('auditor');
    engineer = await hire(world, supervisor);
    ticket = await registered(agent, repairWish);
    await world.settle();
    const job = await openJob(agent, ticket);
    done(await engineer.post(`${job}/accept-work-order`));
    await world.settle();
    const [leave, arrive, start, end] = [1, 30, 35, 90].map((minutes) =>
      new Date(Date.parse(world.clock.now()) + minutes * MINUTE).toISOString(),
    );
    await world.wait(2 * HOUR);
    const report = {
      fact: 'ServiceReportFiled',
      occurredAt: end,
      faultCode: 'E1',
      cause: 'sensor',
      remedy: 'replaced',
      parts: [{ partNo: 'AC-SENSOR-01', quantity: 1, unit: 'piece' }],
      rating: 'satisfied',
      acceptance: 'signed',
      opinion: '师傅很专业,请回电13800000000',
      signature: drawing(120, 40).toString('base64'),
    };
    done(
      await engineer.post(`${job}/facts`, {
        facts: [
          { fact: 'TravelStarted', occurredAt: leave },
          { fact: 'ArrivalRecorded', occurredAt: arrive, badgeShown: true },
          { fact: 'WorkStarted', occurredAt: start },
          report,
          { fact: 'WorkCompleted', occurredAt: end, outcome: 'fixed' },
        ],
      }),
    );
    await world.settle();
    const wish = { channel: 'phone', words: '约好的时间没人来,电话13800000000', complaintCategory: 'repair-delay' };
    const filed = done(
      await agent.post('/complaints', { ...wish, customerId: await customerOf(agent), ticketId: idIn(ticket) }),
    );
    complaint = `/complaints/${filed.body.id}`;
    number = filed.body.number;
    done(await upload(`${complaint}/attachments?kind=photo&from=complainant`, drawing(160, 120), 'photo-1'));
    const forged = png(4, 4, Buffer.alloc(4 * 17, 9));
    done(await upload(`${complaint}/attachments?kind=photo&from=staff`, forged, 'photo-2'));
    await world.settle();
    done(await crm.decide(complaint, 'take-complaint', { isSubordinateOf: [] }));
    done(await agent.post(`${complaint}/acknowledge-complaint`, { reached: true, channel: 'phone' }));
    done(await crm.decide(complaint, 'verify-complaint', { genuine: 'yes', complete: true, findings: '录音属实' }));
    const shares = [
      { party: 'company', percent: 70, role: 'engineer', kind: 'person', meant: { kind: 'engineer', id: engineer.id } },
      { party: 'customer', percent: 30, kind: 'person' },
    ];
    const proposed = done(
      await crm.decide(complaint, 'propose-responsibility', { result: 'attributed', shares, grounds: '两次爽约' }),
    );
    const { proposalId } = eventOf(proposed, 'complaint.ResponsibilityProposed');
    done(await quality.decide(complaint, 'confirm-responsibility', { proposalId }));
    const plan = {
      diagnosis: { cause: 'double-booked' },
      measures: { steps: [{ planStepId: 'p1', measure: 'apology', what: '主管上门道歉' }] },
      assignments: { list: [{ planStepId: 'p1', role: 'supervisor' }] },
      milestones: { list: [], none: '当天完成' },
      budget: { cost: { amount: 12_800, currency: 'CNY' } },
    };
    const { planId } = eventOf(
      done(await crm.decide(complaint, 'propose-plan', plan)),
      'complaint.ResolutionPlanProposed',
    );
    done(await supervisor.decide(complaint, 'approve-plan', { planId }));
    const expectedBy = new Date(Date.parse(world.clock.now()) + DAY).toISOString();
    const promise = { expectedBy, channel: 'phone', text: '明天主管上门', nextSteps: '先电话联系' };
    done(await crm.post(`${complaint}/give-commitment`, promise));
    await world.wait(2 * DAY);
  });
  afterAll(() => world.stop());

  it('is a PDF of its own, masked unless somebody entitled asks otherwise', async () => {
    const { status, bytes, type } = await fileOf(idIn(complaint), 'crm', { reason: '法院调取' });
    expect([status, type]).toEqual([200, 'application/pdf']);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.subarray(-6).toString()).toContain('%%EOF');
    expect(bytes.includes('/FontFile2')).toBe(true);
    if (!readsText) return console.warn('skipped: pdftotext is not installed');
    const text = textOf(bytes, 'masked');
    for (const said of [
      number,
      '维修不及时',
      '法院调取',
      '登记投诉',
      '二、告知客户的情况',
      '逾期未兑现',
      '公司内部',
      '70%',
      '道歉',
      '¥128.00',
      '快速响应',
      '按时完成',
      'AC-SENSOR-01',
      '已脱敏,不附图像',
    ])
      expect(text).toContain(said);
    expect(text).toMatch(/第\s*1\s*\/\s*(\d+)\s*页[\s\S]*第\s*\1\s*\/\s*\1\s*页/);
    expect(text).not.toContain('13800000000');
    expect(text).toContain('138****0000');
    expect(text).not.toContain(engineer.id);
  });

  it('shows personal fields, signature and photographs to the auditor who gives a reason, and says what it can’t show', async () => {
    done(await (await world.person('operator')).post('/admin/anchors'));
    const { status, bytes } = await fileOf(idIn(complaint), 'auditor', { reason: '应诉', unmask: true });
    expect(status).toBe(200);
    expect(bytes.toString('latin1').match(/\/Subtype \/Image/g)?.length).toBeGreaterThanOrEqual(2);
    if (!readsText) return console.warn('skipped: pdftotext is not installed');
    const text = textOf(bytes, 'open');
    expect(text).toContain('13800000000');
    expect(text).toContain('图像已损坏');
    expect(text).toMatch(/第\s*1\s*条,2026-10-14 12:00:00;其后另有\s*0\s*个事件尚未固定/);
    expect(text).not.toContain(engineer.id);
    if (process.env['KEEP_CASE_FILE']) writeFileSync(process.env['KEEP_CASE_FILE'], bytes);
  });

  it('is in the access log with who can be read in it, before it leaves (DEC-15)', async () => {
    const { entries } = done(await auditor.get(`/audit/accesses?stream=complaint-${idIn(complaint)}`)).body;
    const exported = entries.filter(({ type }: { type: string }) => type === 'access_log.HistoryExported');
    expect(
      exported.map(({ by, data }: { by: { role: string }; data: { withheld: boolean } }) => [by.role, data.withheld]),
    ).toEqual([
      ['auditor', false],
      ['crm', true],
    ]);
    expect(exported[0].data.disclosed).toEqual(expect.arrayContaining([expect.stringMatching(/^customer-/)]));
    expect(exported[1].data.disclosed).toEqual([]);
  });

  it('is made for a ticket without a complaint too', async () => {
    const quiet = await registered(agent, { words: '请问遥控器怎么设置定时' });
    const { status, bytes } = await fileOf(idIn(quiet), 'manager', { reason: '自查' });
    expect(status).toBe(200);
    if (!readsText) return console.warn('skipped: pdftotext is not installed');
    expect(textOf(bytes, 'ticket')).toContain('本案没有投诉');
  });

  it('refuses what is malformed, not allowed, unknown, or about the asker', async () => {
    const codeOf = ({ status, bytes }: { status: number; bytes: Buffer }) => [
      status,
      (JSON.parse(bytes.toString()) as { code: string }).code,
    ];
    const id = idIn(complaint);
    expect(codeOf(await fileOf(id, 'auditor', {}))).toEqual([400, 'REQUEST.INVALID']);
    expect(codeOf(await fileOf(id, 'auditor', { reason: '应诉', unmask: 'yes' }))).toEqual([400, 'REQUEST.INVALID']);
    expect(codeOf(await fileOf(id, 'auditor', { reason: '应诉', more: 1 }))).toEqual([400, 'REQUEST.INVALID']);
    expect(codeOf(await fileOf(id, 'engineer', { reason: '应诉' }))).toEqual([403, 'AUTH.ROLE_NOT_ALLOWED']);
    expect(codeOf(await fileOf(id, 'crm', { reason: '应诉', unmask: true }))).toEqual([403, 'AUTH.ROLE_NOT_ALLOWED']);
    const unknown = '0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001';
    expect(codeOf(await fileOf(unknown, 'auditor', { reason: '应诉' }))).toEqual([404, 'RESOURCE.NOT_FOUND']);
    expect(codeOf(await fileOf('nothing', 'auditor', { reason: '应诉' }))).toEqual([404, 'RESOURCE.NOT_FOUND']);
    const staff = { id: 'staff-supervisor', role: 'supervisor' };
    const named = done(
      await crm.decide(complaint, 'identify-subject', { staff, handlerIsSubordinateOf: [], reason: '录音' }),
    );
    expect(named.status).toBe(200);
    for (const path of [id, idIn(ticket)])
      expect(codeOf(await fileOf(path, 'supervisor', { reason: '应诉' }))).toEqual([404, 'RESOURCE.NOT_FOUND']);
  });

  it('hands nothing over that could not be recorded (fails closed)', async () => {
    const { store } = world.platform.stores;
    const append = store.append.bind(store);
    store.append = (stream, events, options) =>
      stream.startsWith('access_log-')
        ? Promise.reject(new Error('the disk is full'))
        : append(stream, events, options);
    const { status, bytes } = await fileOf(idIn(complaint), 'auditor', { reason: '应诉', unmask: true });
    store.append = append;
    expect([status, (JSON.parse(bytes.toString()) as { code: string }).code]).toEqual([503, 'ACCESS.NOT_RECORDED']);
    expect(bytes.subarray(0, 5).toString()).not.toBe('%PDF-');
  });
});

describe('the file of a case on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-case-file-'));
  const env = { DATA_DIR: folder, NO_COLOR: '1' };
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is made beside the running server with personal parts sealed, and says in one line what it can’t do', async () => {
    const server = await ServerProcess.start(env);
    try {
      const customer = await server.ask('POST', '/customers', { name: '张三', phone: '13800000000' }, 'c1');
      const wish = { customerId: customer.body.id, channel: 'phone', words: '请问遥控器怎么设置定时' };
      const { number } = (await server.ask('POST', '/tickets', wish, 't1')).body as { number: string };
      const out = join(folder, 'case.pdf');
      const made = await cli(['case-file', number, '--out', out], env);
      expect([made.code, made.err]).toEqual([0, '']);
      expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
      if (readsText) {
        const text = execFileSync('pdftotext', ['-layout', out, '-']).toString();
        expect(text).toContain('含个人信息,未打开');
        expect(text).not.toContain('遥控器');
      }
      const unknown = await cli(['case-file', '209901001', '--out', join(folder, 'none.pdf')], env);
      expect(unknown.code).toBe(1);
      expect(unknown.err.trim()).toBe(
        'aftercare: there is no ticket or complaint with the number 209901001, nor a stream of that name',
      );
      expect(existsSync(join(folder, 'none.pdf'))).toBe(false);
      const nowhere = await cli(['case-file', number, '--out', join(folder, 'no-such-folder', 'case.pdf')], env);
      expect(nowhere.code).toBe(1);
      expect(nowhere.err.trim().split('\n')).toHaveLength(1);
    } finally {
      await server.end('SIGTERM');
    }
  });
});
