import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { Config } from '../composition/config';
import { BodyClock } from './body-clock';
import { BODY_LIMIT, isPlainJson, parseJsonBody } from './json-body';
import { problem } from './problem';
import { sendProblem } from './problem-answers';
import { SECURITY_HEADERS } from './security-headers';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a content of any kind, streamed. */
    takesFiles?: boolean;
  }
  interface FastifyInstance {
    readonly journal: Logger;
  }
}

/** Answer to bytes that are no HTTP at all, or to headers that came too slowly; Fastify is not involved yet. */
const NOT_HTTP =
  '{"type":"urn:aftercare:problem:request.malformed","title":"the request is malformed","status":400,"code":"REQUEST.MALFORMED"}';

/**
 * Fastify below Nest: limits, ids, and its own errors as problem documents. It logs nothing itself: a logger per request
 * costs more than the one line that is wanted (request-log.ts).
 */
export const createAdapter = (): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    // Bodies have a clock of their own.
    requestTimeout: 0,
    http: { headersTimeout: 30_000 },
    connectionTimeout: 0,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 400, caseSensitive: true },
    frameworkErrors: (error: unknown, request: unknown, reply: unknown) =>
      sendProblem(error, request as FastifyRequest, reply as FastifyReply),
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return;
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
          `Content-Length: ${Buffer.byteLength(NOT_HTTP)}\r\n\r\n${NOT_HTTP}`,
      );
    },
  });

/** An ordinary body has at most 256 KiB. */
const BODY_MS = 30_000;

/** Body parsing and headers for every route; call before `app.init()`. */
export const prepareServer = (
  fastify: FastifyInstance,
  { logger, config }: { readonly logger: Logger; readonly config: Pick<Config, 'uploadIdleMs'> },
): void => {
  fastify.decorate('journal', logger);
  const clock = new BodyClock({ bodyMs: BODY_MS, fileIdleMs: config.uploadIdleMs });
  clock.watch(fastify);
  fastify.removeAllContentTypeParsers();
  const refuse = () => problem('REQUEST.UNSUPPORTED_MEDIA_TYPE');
  fastify.addContentTypeParser('*', (request, payload, done) => {
    // Such a route reads the content itself, piece by piece, and counts it.
    if (request.routeOptions.config.takesFiles) {
      clock.takesFile(request.raw);
      return done(null, payload);
    }
    payload.resume();
    done(refuse());
  });
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (!isPlainJson(request.headers['content-type'], request.headers['content-encoding'])) return done(refuse());
    if (bytes.length === 0) return done(null, undefined);
    try {
      done(null, parseJsonBody(bytes));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    done();
  });
};
