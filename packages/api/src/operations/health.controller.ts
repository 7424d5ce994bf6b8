import { Controller, Get, Inject, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { PLATFORM, type Platform } from '../composition/platform';
import { LoopLag } from '../http/overload';
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
    const { metrics, reading } = this.platform;
    metrics.consumers(await reading.status().catch(() => []));
    metrics.loopLag(this.loop.lag);
    await reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  }
}
