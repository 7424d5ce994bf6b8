import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import { BodyClock, flowing } from './body-clock';
import { sendProblem } from './problem-answers';

const LIMITS = { bodyMs: 600, fileIdleMs: 600 };

describe('EXE-10 how long a body may take to come in', () => {
  let fastify: FastifyInstance;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    fastify = Fastify({ requestTimeout: 0, forceCloseConnections: true });
    const silent: Logger = pino({ level: 'silent' });
    fastify.decorate('journal', silent);
    const clock = new BodyClock(LIMITS);
    clock.watch(fastify);
    fastify.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    fastify.addContentTypeParser('application/octet-stream', (request, payload, done) => {
      clock.takesFile(request.raw);
      done(null, payload);
    });
    fastify.post('/json', (request, reply) => reply.send({ got: request.body }));
    fastify.post('/refused', (_request, reply) => reply.code(415).send({ code: 'NO' }));
    fastify.post('/file', async (request) => {
      let bytes = 0;
      const pieces = (request.body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
      for await (const piece of flowing(pieces, LIMITS.fileIdleMs)) bytes += piece.length;
      return { bytes };
    });
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
  afterAll(() => fastify.close());

  /** Sends the head of a request, then its pieces with a pause before each; gives what came back until the end. */
  const drip = async (
    path: string,
    pieces: readonly string[],
    options: { pauseMs: number; type?: string; length?: number },
  ) => {
    const { port } = fastify.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    const ended = once(socket, 'close');
    const length = options.length ?? pieces.join('').length;
    const type = options.type ?? 'application/json';
    socket.write(`POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`);
    for (const piece of pieces) {
      await setTimeout(options.pauseMs);
      if (!socket.writable) break;
      socket.write(piece);
    }
    return {
      heard: () => heard,
      closed: Promise.race([ended.then(() => true), setTimeout(6_000, false, { ref: false })]),
    };
  };
  const file = { type: 'application/octet-stream' };

  it('is no matter for a content as long as something comes', async () => {
    const pieces = Array.from({ length: 12 }, () => 'x'.repeat(100));
    const { heard } = await drip('/file', pieces, { pauseMs: 250, ...file });
    await setTimeout(300);
    expect(heard()).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"bytes":1200\}$/);
  });

  it('ends with 408 and the connection when the sender of a content falls silent', async () => {
    const { heard, closed } = await drip('/file', ['x'.repeat(100)], { pauseMs: 10, length: 5_000, ...file });
    expect(await closed).toBe(true);
    expect(heard()).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close[\s\S]*"code":"REQUEST.TOO_SLOW"/i);
  });

  it('ends with 408 for an ordinary body, however steadily it drips', async () => {
    const pieces = Array.from({ length: 40 }, () => ' ');
    const { heard, closed } = await drip('/json', ['{', ...pieces], { pauseMs: 100, length: 1_000 });
    expect(await closed).toBe(true);
    expect(heard()).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close[\s\S]*"code":"REQUEST.TOO_SLOW"/i);
  });

  it('ends the connection of a sender who goes on dripping after the answer', async () => {
    for (const [path, type] of [
      ['/nowhere', 'application/json'],
      ['/refused', 'application/octet-stream'],
    ] as const) {
      const { heard, closed } = await drip(path, ['x'], { pauseMs: 10, length: 5_000, type });
      expect(await closed).toBe(true);
      expect(heard()).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
  });

  it('leaves quick requests and their connections alone', async () => {
    const { port } = fastify.server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/json`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { got: { a: 1 } }]);
  });
});
