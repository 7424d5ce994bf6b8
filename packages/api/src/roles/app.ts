import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { guardRoutes } from '../auth/bearer-hook';
import type { Platform } from '../composition/platform';
import { serveDocumentation } from '../docs/documentation';
import { LoopLag } from '../http/overload';
import { ProblemFilter } from '../http/problem-answers';
import { createAdapter, prepareServer } from '../http/server';
import { Readiness } from '../operations/readiness';
import { observeRequests } from '../operations/request-log';
import { NestLog } from '../operations/nest-log';
import { AppModule } from './app.module';

/** A platform with its HTTP side; `close` is the graceful way down (architecture §7). */
export interface App {
  readonly nest: NestFastifyApplication;
  readonly fastify: FastifyInstance;
  readonly readiness: Readiness;
  /** Listens and says where. */
  listen(port: number, host: string): Promise<string>;
  /** Unready → finish requests → commit and flush → close; within 10 seconds, or it rejects. */
  close(): Promise<void>;
}

/** Builds the application; `listen` starts it. Without listening, `fastify.inject` answers too. */
export const createApp = async (platform: Platform): Promise<App> => {
  const readiness = new Readiness(platform);
  const loop = new LoopLag();
  const adapter = createAdapter();
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  observeRequests(fastify, platform);
  guardRoutes(fastify, platform.tokens);
  await prepareServer(fastify, platform.logger);
  const nest = await NestFactory.create<NestFastifyApplication>(
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
    close: async () => {
      readiness.stopping();
      loop.stop();
      await nest.close();
      await platform.stop();
    },
  };
};
