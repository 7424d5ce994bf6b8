import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { exportMatter } from '@aftercare/api';
import { filesIn } from '../fault/evidence/exported';
import { World, type Answer, type Person } from './support/world';

jest.setTimeout(60_000);

describe('attachments over HTTP (EXE-10, CMP-03)', () => {
  let world: World;
  let agent: Person;
  let customer: string;
  let ticket: string;
  let attachment: string;
  const report = `%PDF-1.7\n${'检测报告 '.repeat(20_000)}`;

  const done = (answer: Answer): Answer => {
    expect([200, 201]).toContain(answer.status);
    return answer;
  };
  const upload = (to: string, content: string | Buffer, asked: { key?: string | false; headers?: object } = {}) =>
    agent.ask('POST', to, {
      raw: content,
      ...(asked.key === undefined ? {} : { key: asked.key }),
      headers: { 'content-type': 'application/octet-stream', ...asked.headers },
    });
  const files = () => readdirSync(join(world.folder, 'attachments'));

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    customer = done(await agent.post('/customers', { name: '张三', phone: '13800000000' })).body.id;
    const wish = { customerId: customer, channel: 'phone', words: '请问遥控器怎么设置定时' };
    ticket = `/tickets/${done(await agent.post('/tickets', wish)).body.id}`;
  });
  afterAll(() => world.stop());

  it('are stored encrypted, named by an event with their digest, and come back as they were', async () => {
    const answer = await upload(`${ticket}/attachments?kind=test-report&about=customer`, report, {
      key: 'upload-1',
      headers: { 'attachment-description': encodeURIComponent('王师傅的检测报告') },
    });
    expect(answer.status).toBe(201);
    attachment = answer.headers['location']!;
    const { data } = answer.body.events[0];
    expect(data).toMatchObject({ mediaType: 'application/pdf', bytes: Buffer.byteLength(report), kind: 'test-report' });
    expect(data.digest).toBe(createHash('sha256').update(report).digest('hex'));
    expect(JSON.stringify(answer.body)).not.toContain('王师傅');
    const content = await agent.get(attachment);
    expect(content.body).toBe(report);
    expect(content.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; filename="[0-9a-f-]{36}\.pdf"$/),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    for (const file of files())
      expect(readFileSync(join(world.folder, 'attachments', file)).includes('检测报告')).toBe(false);
  });

  it('are listed, and every look at a content is recorded', async () => {
    const { attachments } = done(await agent.get(`${ticket}/attachments`)).body;
    expect(attachments).toMatchObject([{ kind: 'test-report', mediaType: 'application/pdf', by: { id: agent.id } }]);
    const auditor = await world.person('auditor');
    const looks = done(await auditor.get(`/audit/accesses?stream=ticket-${ticket.slice('/tickets/'.length)}`)).body;
    expect(looks.entries[0]).toMatchObject({
      by: { id: agent.id },
      data: { fields: [`attachment-${attachment.split('/').at(-1)}`] },
    });
  });

  it('give the first result when an upload is repeated, and refuse the key for another content', async () => {
    const before = files();
    const again = await upload(`${ticket}/attachments?kind=test-report&about=customer`, report, {
      key: 'upload-1',
      headers: { 'attachment-description': encodeURIComponent('王师傅的检测报告') },
    });
    expect([again.status, again.body.repeated, again.headers['location']]).toEqual([201, true, attachment]);
    const other = await upload(`${ticket}/attachments?kind=test-report&about=customer`, `${report}!`, {
      key: 'upload-1',
    });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY.KEY_REUSED']);
    const changed = await upload(`${ticket}/attachments?kind=other&about=customer`, report, { key: 'upload-1' });
    expect(changed.status).toBe(422);
    expect(files()).toEqual(before);
    expect((await agent.get(attachment)).body).toBe(report);
  });

  it('refuse what is no photo, PDF or Word, what is empty or too large, and keep nothing of it', async () => {
    const before = files();
    const to = `${ticket}/attachments?kind=photo&about=case`;
    const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const named = await upload(to, script, { headers: { 'content-type': 'image/png' } });
    expect([named.status, named.body.code]).toEqual([415, 'ATTACHMENT.TYPE_NOT_ALLOWED']);
    const empty = await upload(to, '');
    expect([empty.status, empty.body.code]).toEqual([400, 'ATTACHMENT.EMPTY']);
    const large = await upload(to, Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(21 * 1024 * 1024)]));
    expect([large.status, large.body.code]).toEqual([413, 'ATTACHMENT.TOO_LARGE']);
    expect(files()).toEqual(before);
  });

  it('say which parameter is wrong, and need a key, a ticket and a role', async () => {
    const bad = await upload(`${ticket}/attachments?kind=film&about=case`, report);
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, '/kind']);
    const keyless = await upload(`${ticket}/attachments?kind=photo&about=case`, report, { key: false });
    expect(keyless.body.code).toBe('IDEMPOTENCY.KEY_REQUIRED');
    for (const id of ['0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001', '..%2F..%2Fkeys.db'])
      expect((await upload(`/tickets/${id}/attachments?kind=photo&about=case`, report)).status).toBe(404);
    expect((await agent.get(`${ticket}/attachments/0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001`)).status).toBe(404);
    expect((await agent.get(`${ticket}/attachments/..%2F..%2Fmaster.key`)).status).toBe(404);
    expect((await world.nobody().get(attachment)).status).toBe(401);
    expect((await (await world.person('finance')).get(attachment)).status).toBe(403);
    expect((await (await world.person('engineer')).get(attachment)).status).toBe(404);
  });

  it('take evidence of a complaint the same way', async () => {
    const registered = done(
      await agent.post('/complaints', {
        customerId: customer,
        channel: 'phone',
        complaintCategory: 'attitude',
        words: '师傅态度很差',
      }),
    );
    const complaint = `/complaints/${registered.body.id}`;
    const added = await upload(`${complaint}/attachments?kind=invoice&from=complainant`, report);
    expect([added.status, added.body.events?.[0].type]).toEqual([201, 'complaint.EvidenceAttached']);
    expect((await agent.get(added.headers['location']!)).body).toBe(report);
    expect((await agent.post(`${complaint}/attach-evidence`, {})).status).toBe(404);
  });

  it('are named in an export by their digests, and nothing of them leaves with it', async () => {
    const { zip } = await exportMatter(world.platform, `ticket-${ticket.slice('/tickets/'.length)}`, {
      actor: { id: 'manager-1', role: 'manager' },
      requestId: 'request-1',
      reason: '法院调取',
      disclose: [],
      withholdPersonal: false,
    });
    const files = filesIn(Buffer.concat((await Readable.from(zip).toArray()) as Buffer[]));
    const listed = JSON.parse(files.get('attachments.json')!.toString()) as { attachments: { digest: string }[] };
    expect(listed.attachments.map(({ digest }) => digest)).toEqual([createHash('sha256').update(report).digest('hex')]);
    for (const bytes of files.values()) expect(bytes.includes('检测报告 检测报告')).toBe(false);
  });

  it('tell a damaged or missing file as a problem', async () => {
    const path = join(world.folder, 'attachments', attachment.split('/').at(-1)!);
    const bytes = readFileSync(path);
    const spoilt = Buffer.from(bytes);
    spoilt[60]! ^= 1;
    writeFileSync(path, spoilt);
    const answer = await agent.get(attachment);
    expect([answer.status, answer.body.code]).toEqual([500, 'ATTACHMENT.UNREADABLE']);
    writeFileSync(path, bytes);
  });

  it('are gone with the person (DEC-15)', async () => {
    await world.platform.stores.keys.erase(`customer-${customer}`);
    const answer = await agent.get(attachment);
    expect([answer.status, answer.body.code]).toEqual([410, 'ATTACHMENT.ERASED']);
  });
});
