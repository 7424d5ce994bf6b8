import { createHmac } from 'node:crypto';
import { World, type Answer, type Person } from './support/world';

const problem = (answer: Answer, status: number, code: string) => {
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
};

describe('bad input gets a clear answer and changes nothing', () => {
  let world: World;
  let agent: Person;
  let supervisor: Person;
  let customerId: string;
  let ticket: string;
  const whole = () => ({ customerId, channel: 'phone', words: '空调不制冷' });

  beforeAll(async () => {
    world = await World.start();
    agent = await world.person('agent');
    supervisor = await world.person('supervisor');
    customerId = (await agent.post('/customers', { name: '张三', phone: '13800000000' })).body.id;
    ticket = `/tickets/${(await agent.post('/tickets', whole())).body.id}`;
  });
  afterAll(() => world.stop());

  describe('who asks', () => {
    it('refuses everything without a token but health, documentation and tracking', async () => {
      const nobody = world.nobody();
      for (const path of ['/tickets', ticket, '/metrics', '/no-such-page', '/policies', '/status'])
        problem(await nobody.get(path), 401, 'AUTH.TOKEN_MISSING');
      problem(await nobody.post('/tickets', whole()), 401, 'AUTH.TOKEN_MISSING');
      for (const path of ['/healthz', '/readyz', '/docs', '/docs-json'])
        expect((await nobody.get(path)).status).toBe(200);
    });

    it('refuses a token that is forged, unsigned, expired or for somebody else', async () => {
      const now = Math.floor(Date.parse(world.clock.now()) / 1_000);
      const claims = { roles: ['agent'], sub: 'x', iss: 'aftercare-local', aud: 'aftercare', exp: now + 1_000 };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const sign = (changed: object, key: Uint8Array = new Uint8Array(32)) => {
        const signed = `${part({ alg: 'HS256' })}.${part({ ...claims, ...changed })}`;
        return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
      };
      const unsigned = `${part({ alg: 'none' })}.${part(claims)}.`;
      for (const token of [sign({}), unsigned, 'nonsense', 'a.b.c'])
        problem(await world.withToken(token).get(ticket), 401, 'AUTH.TOKEN_INVALID');
      const ours = world.tokenKey;
      problem(await world.withToken(sign({ exp: now - 1 }, ours)).get(ticket), 401, 'AUTH.TOKEN_EXPIRED');
      problem(await world.withToken(sign({ aud: 'other' }, ours)).get(ticket), 401, 'AUTH.TOKEN_INVALID');
      problem(await world.withToken(sign({ iss: 'other' }, ours)).get(ticket), 401, 'AUTH.TOKEN_INVALID');
      problem(await world.withToken(sign({ exp: undefined }, ours)).get(ticket), 401, 'AUTH.TOKEN_INVALID');
      problem(await world.withToken(sign({ roles: ['system'] }, ours)).get(ticket), 403, 'AUTH.ROLE_NOT_ALLOWED');
      expect((await world.withToken(sign({}, ours)).get(ticket)).status).toBe(200);
    });

    it('refuses a role too low before it reads the body', async () => {
      const analyst = await world.person('analyst');
      problem(await analyst.ask('POST', '/tickets', { raw: '{broken' }), 403, 'AUTH.ROLE_NOT_ALLOWED');
      problem(await agent.get('/metrics'), 403, 'AUTH.ROLE_NOT_ALLOWED');
    });
  });

  describe('what is asked', () => {
    it.each([
      ['an unknown field', { surprise: 1 }, '/surprise'],
      ['a wrong type', { words: 7 }, '/words'],
      ['null for an optional field', { region: null }, '/region'],
      ['an unknown word', { channel: 'pigeon' }, '/channel'],
      ['an object for a list or text', { words: { a: 1 } }, '/words'],
      ['a day that does not exist', { receivedAt: '2026-02-30T10:00:00Z' }, '/receivedAt'],
      ['a time without a zone', { receivedAt: '2026-02-20T10:00:00' }, '/receivedAt'],
      ['a name of the prototype', { toString: 'x' }, '/toString'],
    ])('names %s with a pointer', async (_what, changed, pointer) => {
      const answer = await agent.post('/tickets', { ...whole(), ...changed });
      problem(answer, 400, 'REQUEST.INVALID');
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    });

    it('names all pointers at once and never repeats a value', async () => {
      const answer = await agent.post('/tickets', { channel: 'pigeon', words: '', region: 'secret' });
      const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer).sort();
      expect(pointers).toEqual(['/channel', '/customerId', '/region', '/words']);
      expect(JSON.stringify(answer.body)).not.toContain('secret');
    });

    it.each([
      ['broken JSON', '{"a":'],
      ['a key twice', '{"channel":"phone","channel":"chat"}'],
      ['the same key, escaped', '{"channel":"phone","ch\\u0061nnel":"chat"}'],
      ['__proto__', '{"__proto__":{"x":1}}'],
      ['2,000 nested lists', '['.repeat(2_000) + ']'.repeat(2_000)],
      ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ])('refuses %s as malformed', async (_what, raw) => {
      problem(await agent.ask('POST', '/tickets', { raw }), 400, 'REQUEST.MALFORMED');
    });

    it('refuses ill-formed Unicode', async () => {
      const raw = JSON.stringify(whole()).replace('空调', '\\ud800');
      problem(await agent.ask('POST', '/tickets', { raw }), 400, 'REQUEST.INVALID');
    });

    it('refuses 10 MB, other encodings and charsets, and bodies that are no JSON', async () => {
      problem(await agent.ask('POST', '/tickets', { raw: `"${'x'.repeat(10_000_000)}"` }), 413, 'REQUEST.TOO_LARGE');
      const send = (headers: Record<string, string>) => agent.ask('POST', '/tickets', { raw: '{}', headers });
      for (const headers of [
        { 'content-encoding': 'gzip' },
        { 'content-type': 'application/json; charset=gbk' },
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/x-www-form-urlencoded' },
      ])
        problem(await send(headers), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE');
    });

    it('answers an array where an object belongs, and no body at all, with 400', async () => {
      problem(await agent.post('/tickets', []), 400, 'REQUEST.INVALID');
      problem(await agent.ask('POST', '/tickets'), 400, 'REQUEST.INVALID');
    });

    it('answers broken addresses as problem documents too', async () => {
      problem(await agent.get('/tickets/%E0%A4%A'), 400, 'REQUEST.MALFORMED');
      problem(await agent.get(`/tickets/${'x'.repeat(500)}`), 414, 'REQUEST.URI_TOO_LONG');
      problem(await agent.get('/no-such-page'), 404, 'ROUTE.NOT_FOUND');
    });
  });

  describe('what it is asked about', () => {
    it('answers the same 404 for an unknown id, an id that is none, and what is out of scope', async () => {
      const unknown = '/tickets/00000000-0000-4000-8000-000000000000';
      const engineer = await world.person('engineer', '00000000-0000-4000-8000-000000000001');
      const note = { about: 'case', note: 'x' };
      const answers = [
        await agent.get(unknown),
        await agent.post(`${unknown}/add-note`, note),
        await agent.post('/tickets/4711/add-note', note),
        await engineer.get(ticket),
        await engineer.post(`${ticket}/add-note`, note),
      ];
      answers.forEach((answer) => problem(answer, 404, 'RESOURCE.NOT_FOUND'));
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    });
  });

  describe('Idempotency-Key and If-Match', () => {
    it('needs a key to create and for a fact', async () => {
      problem(await agent.post('/tickets', whole(), { key: false }), 400, 'IDEMPOTENCY.KEY_REQUIRED');
      problem(
        await agent.post(`${ticket}/add-note`, { about: 'case', note: 'x' }, { key: false }),
        400,
        'IDEMPOTENCY.KEY_REQUIRED',
      );
    });

    it('gives the first result to the same key and body, and 422 to another body', async () => {
      const first = await agent.post('/tickets', whole(), { key: 'order-1' });
      const again = await agent.post('/tickets', whole(), { key: 'order-1' });
      expect(again.body).toEqual({ ...first.body, repeated: true });
      expect(again.headers['idempotent-replayed']).toBe('true');
      problem(
        await agent.post('/tickets', { ...whole(), words: '别的' }, { key: 'order-1' }),
        422,
        'IDEMPOTENCY.KEY_REUSED',
      );
    });

    it('needs If-Match for a decision, refuses a stale one with what is there, and takes W/ too', async () => {
      const body = { route: 'visit', reason: '电话核实' };
      const command = `${ticket}/route-ticket`;
      problem(await supervisor.post(command, body), 428, 'PRECONDITION.REQUIRED');
      const stale = await supervisor.post(command, body, { ifMatch: '"0"' });
      problem(stale, 412, 'PRECONDITION.FAILED');
      problem(await supervisor.post(command, body, { ifMatch: 'seven' }), 400, 'PRECONDITION.INVALID');
      const etag = stale.headers['etag']!;
      const done = await supervisor.post(command, body, { ifMatch: `W/${etag}`, key: 'route-1' });
      expect(done.status).toBe(200);
      const again = await supervisor.post(command, body, { ifMatch: etag, key: 'route-1' });
      expect(again.body).toEqual({ ...done.body, repeated: true });
      const without = await supervisor.post(command, body, { key: 'route-1' });
      expect(without.body.repeated).toBe(true);
    });
  });

  it('refuses a command in the wrong state with its rule, in the reader’s language', async () => {
    const confirm = (language: string) =>
      supervisor.post(
        `${ticket}/confirm-resolution`,
        { channel: 'phone' },
        { headers: { 'accept-language': language } },
      );
    const chinese = await confirm('zh-CN,zh;q=0.9,en;q=0.8');
    const english = await confirm('en-GB');
    expect(chinese.status).toBe(409);
    expect(chinese.body.code).toBe(english.body.code);
    expect(chinese.body.code).toMatch(/^TICKET\./);
    expect(chinese.body.title).toMatch(/[\u4e00-\u9fff]/);
    expect(english.body.title).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
