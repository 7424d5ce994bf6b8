import pino, { type Logger } from 'pino';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../composition/config';
import type { Pace } from '../composition/pace';
import type { Metrics } from './metrics';

/**
 * The log on standard output. Request lines carry the route's pattern, never the address: an address may hold a token.
 * Errors are written as kind, code and trace; messages of parsers quote what they parsed and are left out.
 */
export const createLogger = (level: Config['logLevel'], destination?: pino.DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError, req: () => undefined, res: () => undefined },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );

/** Kind, code and the trace's places: what finds a bug without repeating anybody's data. */
const describeError = (error: unknown): object => {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    kind: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
  };
};

interface Observers {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly pace: Pace;
}

/** One line and one observation per request. */
export const observeRequests = (fastify: FastifyInstance, { metrics, logger, pace }: Observers): void => {
  fastify.addHook('onRequest', (_request, _reply, done) => {
    pace.requestStarted();
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    pace.requestEnded();
    const route = request.routeOptions.url ?? '(none)';
    const seconds = reply.elapsedTime / 1_000;
    metrics.answered(request.method, route, reply.statusCode, seconds);
    if (!logger.isLevelEnabled('info')) return done();
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(request.actor ? { actor: request.actor.id, role: request.actor.role } : {}),
      },
      'answered',
    );
    done();
  });
};
