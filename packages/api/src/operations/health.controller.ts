import { Controller, Get, Inject, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { PLATFORM, type Platform } from '../composition/platform';
import { LoopLag } from '../http/overload';
import { metricsText } from './metrics-text';
import { Readiness } from './readiness';

/** Liveness, readiness and metrics. Only metrics need a token: role operator. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly loop: LoopLag,
    @Inject(PLATFORM) private readonly platform: Platform,
  ) {}

  @Get('/healthz')
  @RouteConfig({ access: { open: true } })
  healthz(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('/readyz')
  @RouteConfig({ access: { open: true } })
  async readyz(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.readiness.report();
    await reply
      .code(report.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(report);
  }

  @Get('/metrics')
  @RouteConfig({ access: { roles: ['operator'] } })
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const text = await metricsText(this.platform, this.loop.lag);
    await reply.type(this.platform.metrics.registry.contentType).send(text);
  }
}
