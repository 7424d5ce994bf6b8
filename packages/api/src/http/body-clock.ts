import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problem';
import { sendProblem } from './problem-answers';

/** A request whose body is not here yet. */
interface Waiting {
  since: number;
  /** Set for a content that is streamed in: it may take as long as it likes, as long as something comes. */
  file?: { bytes: number };
  /** Absent: Fastify never came to see it. */
  answer?: () => void;
}

export interface BodyLimits {
  /** For the whole of an ordinary body. */
  readonly bodyMs: number;
  /** For the next bytes of a content. */
  readonly fileIdleMs: number;
}

const LOOK_EVERY_MS = 1_000;

/**
 * How long a body may take to come in. Node knows one limit for the whole of every request, which is too short for a photo
 * on a slow line and too long for nothing at all; so it is switched off (`requestTimeout: 0`), and this stands in its place.
 * Also for what nobody reads any more: an answered request whose sender goes on dripping keeps its connection no longer.
 */
export class BodyClock {
  readonly #waiting = new Map<IncomingMessage, Waiting>();

  constructor(private readonly limits: BodyLimits) {}

  /** Looks after every request of the server from here on. */
  watch(fastify: FastifyInstance): void {
    // Before Fastify, which asks for what begins here.
    fastify.server.prependListener('request', (raw: IncomingMessage) => this.#begin(raw));
    fastify.addHook('onRequest', (request, reply, done) => {
      const waiting = this.#waiting.get(request.raw);
      if (waiting) waiting.answer = () => tooSlow(request, reply);
      done();
    });
    const looking = setInterval(() => this.#look(performance.now()), LOOK_EVERY_MS);
    looking.unref();
    fastify.addHook('onClose', (_instance, done) => {
      clearInterval(looking);
      done();
    });
  }

  /** From here on what counts is that something comes. Its reader tells a sender who fell silent. */
  takesFile(raw: IncomingMessage): void {
    const waiting = this.#waiting.get(raw);
    if (waiting) waiting.file = { bytes: raw.socket.bytesRead };
  }

  #begin(raw: IncomingMessage): void {
    const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
    if ((length === undefined || length === '0') && encoding === undefined) return;
    this.#waiting.set(raw, { since: performance.now() });
    raw.once('close', () => this.#waiting.delete(raw));
  }

  #look(now: number): void {
    for (const [raw, waiting] of this.#waiting)
      if (raw.complete) this.#waiting.delete(raw);
      else if (this.#isOver(raw, waiting, now)) this.#end(raw, waiting);
  }

  #isOver(raw: IncomingMessage, waiting: Waiting, now: number): boolean {
    const { file } = waiting;
    if (!file) return now - waiting.since > this.limits.bodyMs;
    const { bytesRead } = raw.socket;
    // What lies here unread waits for our disk, not for its sender.
    if (bytesRead > file.bytes || raw.readableLength > 0) {
      file.bytes = bytesRead;
      waiting.since = now;
    }
    // A second more than its reader waits, who can still answer.
    return now - waiting.since > this.limits.fileIdleMs + 2 * LOOK_EVERY_MS;
  }

  #end(raw: IncomingMessage, { answer }: Waiting): void {
    this.#waiting.delete(raw);
    if (answer) answer();
    else raw.destroy();
  }
}

/** Answers as long as nobody did, then hangs up. */
const tooSlow = (request: FastifyRequest, reply: FastifyReply): void => {
  if (reply.sent || reply.raw.headersSent) {
    request.raw.destroy();
    return;
  }
  reply.raw.once('finish', () => request.raw.destroy());
  sendProblem(problem('REQUEST.TOO_SLOW'), request, reply);
};

/** A content piece by piece. Throws 408 when its sender sends nothing for so long; what we take to store it doesn't count. */
export async function* flowing(
  content: AsyncIterator<Buffer>,
  idleMs: number,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (;;) {
      const next = await within(content.next(), idleMs);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: behind a piece that never comes it would wait for ever.
    void content.return?.().catch(() => undefined);
  }
}

const within = async <T>(work: Promise<T>, millis: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(problem('REQUEST.TOO_SLOW')), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
