import { code, flag, list, optional, part, problemsIn, text, uuid, matches, type Role } from '@aftercare/domain';
import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/bearer-hook';
import { PLATFORM, type Platform } from '../composition/platform';
import { invalid, notFound } from '../http/problem';
import { exportMatter } from './export-matter';

export const exportBody = part({
  reason: text(500),
  /** `all`, or subjects like `customer-<uuid>`; absent: personal parts stay sealed. */
  disclose: optional(list(code(80), 50)),
  withholdPersonal: optional(flag()),
});

/** Who may take a history out of the house. */
export const EXPORT_ROLES = ['auditor', 'manager'] as const satisfies readonly Role[];

/** One matter as a ZIP that proves itself; recorded in the access log before the first byte leaves. */
@Controller()
export class ExportController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Post('/tickets/:id/export')
  @HttpCode(200)
  @RouteConfig({ access: { roles: EXPORT_ROLES } })
  ticket(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send([`ticket-${id}`], id, request, reply);
  }

  @Post('/complaints/:id/export')
  @HttpCode(200)
  @RouteConfig({ access: { roles: EXPORT_ROLES } })
  complaint(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send([`complaint-${id}`], id, request, reply);
  }

  /** A case is named by its complaint or, without one, by its ticket. */
  @Post('/cases/:id/export')
  @HttpCode(200)
  @RouteConfig({ access: { roles: EXPORT_ROLES } })
  case(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send([`complaint-${id}`, `ticket-${id}`], id, request, reply);
  }

  private async send(
    candidates: readonly string[],
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const body = (request.body ?? {}) as { reason: string; disclose?: string[]; withholdPersonal?: boolean };
    const problems = problemsIn(exportBody, body);
    if (problems.length > 0) throw invalid(problems);
    if (!matches(uuid(), id)) throw notFound();
    const { fileName, zip } = await exportMatter(this.platform, await this.leading(candidates), {
      actor: actorOf(request),
      requestId: request.id,
      reason: body.reason,
      disclose: body.disclose ?? [],
      withholdPersonal: body.withholdPersonal ?? false,
    });
    await reply
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(zip);
  }

  private async leading(candidates: readonly string[]): Promise<string> {
    for (const stream of candidates) if ((await this.platform.streams.load(stream)).head !== 'none') return stream;
    throw notFound();
  }
}
