import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { guardRoutes } from '../auth/bearer-hook';
import type { Pace } from '../composition/pace';
import type { Platform } from '../composition/platform';
import { serveDocumentation } from '../docs/documentation';
import { LoopLag } from '../http/overload';
import { ProblemFilter } from '../http/problem-answers';
import { createAdapter, prepareServer } from '../http/server';
import { Readiness } from '../operations/readiness';
import { observeRequests } from '../operations/request-log';
import { NestLog } from '../operations/nest-log';
import { AppModule } from './app.module';
import { openOpsServer, type OpsServer } from './ops-server';

/** A platform with its HTTP side; `close` is the graceful way down (architecture §7). */
export interface App {
  readonly nest: NestFastifyApplication;
  readonly fastify: FastifyInstance;
  readonly readiness: Readiness;
  /** Listens and says where. */
  listen(port: number, host: string): Promise<string>;
  /** Health and metrics on a port for the inner network. */
  openOps(port: number, host: string): Promise<OpsServer>;
  /** Unready → finish requests → commit and flush → close; within 10 seconds, or it rejects. */
  close(): Promise<void>;
}

/** Builds the application; `listen` starts it. Without listening, `fastify.inject` answers too. */
export const createApp = async (platform: Platform): Promise<App> => {
  const readiness = new Readiness(platform);
  const loop = new LoopLag();
  const adapter = createAdapter();
  const fastify = adapter.getInstance<FastifyInstance>();
  observeRequests(fastify, platform);
  prepareServer(fastify, platform);
  guardRoutes(fastify, platform.tokens);
  const nest: NestFastifyApplication = await NestFactory.create(
    AppModule.for(platform, readiness, loop),
    adapter,
    // Errors at start must be seen whatever the log level (stack.md).
    { bodyParser: false, logger: new NestLog(platform.logger), abortOnError: false },
  );
  nest.useGlobalFilters(new ProblemFilter());
  serveDocumentation(fastify, platform.registry);
  await nest.init();
  await fastify.ready();
  loop.start();
  platform.start();
  readiness.started();
  return {
    nest,
    fastify,
    readiness,
    listen: async (port, host) => {
      await nest.listen(port, host);
      return nest.getUrl();
    },
    openOps: (port, host) => openOpsServer({ platform, readiness, loop }, port, host),
    close: async () => {
      readiness.stopping();
      loop.stop();
      await Promise.all([nest.close(), hangUp(fastify, platform.pace)]);
      platform.logger.info('requests are finished');
      await platform.stop();
    },
  };
};

/** Requests under way get so long; read models and files need the rest of the ten seconds. */
const LONGEST_REQUEST_MS = 5_000;

/**
 * Ends connections once nothing is being answered. Closing the server ends only those that had a request before: one that
 * a client opened ahead of need would be waited for until it times out.
 */
const hangUp = async (fastify: FastifyInstance, pace: Pace): Promise<void> => {
  for (let waited = 0; pace.requests > 0 && waited < LONGEST_REQUEST_MS; waited += 50) await sleep(50);
  // What was answered last is on its way to the network.
  await sleep(50);
  fastify.server.closeAllConnections();
};
