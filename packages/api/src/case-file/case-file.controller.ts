import { flag, matches, optional, part, problemsIn, text, uuid, type Actor, type Role } from '@aftercare/domain';
import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/bearer-hook';
import { PLATFORM, type Platform } from '../composition/platform';
import { mustBeInUse } from '../erasure/erasure-view';
import { EXPORT_ROLES } from '../evidence/export.controller';
import { invalid, notFound, problem } from '../http/problem';
import { COMPLAINT_READERS } from '../queries/roles';
import { caseFileContents } from './case-file';
import { caseFilePdf } from './case-file-pdf';
import type { CaseFileContents } from './contents';

export const caseFileBody = part({
  reason: text(500),
  /** Personal fields, signatures and photographs as they are; for those who may take a history out of the house. */
  unmask: optional(flag()),
});

/** 一键应诉: the file of a case as PDF, recorded in the access log before the first byte leaves. */
@Controller()
export class CaseFileController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  /** A case is named by its complaint or, without one, by its ticket. */
  @Post('/cases/:id/file')
  @HttpCode(200)
  @RouteConfig({ access: { roles: COMPLAINT_READERS } })
  async file(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const actor = actorOf(request);
    const body = (request.body ?? {}) as { readonly reason: string; readonly unmask?: boolean };
    const problems = problemsIn(caseFileBody, body);
    if (problems.length > 0) throw invalid(problems);
    const { reason, unmask = false } = body;
    if (unmask && !(EXPORT_ROLES as readonly Role[]).includes(actor.role)) throw problem('AUTH.ROLE_NOT_ALLOWED');
    if (!matches(uuid(), id)) throw notFound();
    const { attachments, stores, config, registry, clock, streams, policies } = this.platform;
    const sources = { registry, clock, streams, policies, store: stores.store, config };
    const disclosure = unmask ? ('open' as const) : ('masked' as const);
    const contents = await caseFileContents(sources, await this.leading(id), { askedBy: actor, reason, disclosure });
    // Who asked to be forgotten is shown to nobody any more, not for a defence either (DEC-15): masked files go on.
    for (const subject of contents.disclosed)
      if (subject.startsWith('customer-')) mustBeInUse((await streams.load(subject)).events, registry);
    await this.record(contents, actor, request.id);
    const pdf = await caseFilePdf(contents, attachments);
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="case-${contents.title}.pdf"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(pdf);
  }

  /** Fails closed: what can't be recorded is not handed over (503). */
  private record(contents: CaseFileContents, actor: Actor, requestId: string): Promise<void> {
    const { leading, reason, disclosed, disclosure, streams, events, anchor } = contents;
    return this.platform.accessLog.recordExport({
      actor,
      requestId,
      reason,
      subject: leading.stream,
      disclosed,
      withheld: disclosure !== 'open',
      streams: streams.length,
      events: events.length,
      anchor: anchor?.number ?? 0,
    });
  }

  private async leading(id: string): Promise<string> {
    for (const stream of [`complaint-${id}`, `ticket-${id}`])
      if ((await this.platform.streams.load(stream)).head !== 'none') return stream;
    throw notFound();
  }
}
