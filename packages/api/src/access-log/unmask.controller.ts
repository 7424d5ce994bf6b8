import { code, list, part, problemsIn, text } from '@aftercare/domain';
import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/bearer-hook';
import { PLATFORM, type Platform } from '../composition/platform';
import { invalid, notFound } from '../http/problem';
import { hasEnded, mustBeInUse } from '../erasure/erasure-view';
import { jobsOf, personalOf } from '../streams/streams';

export const unmaskBody = part({ reason: text(500), fields: list(code(), 20, 1) });

/** Roles that have to reach the customer. */
export const UNMASK_ROLES = ['agent', 'counter', 'supervisor', 'crm', 'engineer', 'outlet', 'auditor'] as const;

/** Shows personal fields of a ticket unmasked: with a role, for a reason, recorded before anything is shown. */
@Controller()
export class UnmaskController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Post('/tickets/:id/unmask')
  @HttpCode(200)
  @RouteConfig({ access: { roles: UNMASK_ROLES } })
  async unmask(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const actor = actorOf(request);
    const body = (request.body ?? {}) as { reason: string; fields: string[] };
    const problems = problemsIn(unmaskBody, body);
    if (problems.length > 0) throw invalid(problems);
    const { streams, scope, accessLog } = this.platform;
    const stream = `ticket-${id}`;
    await scope.mustSee(actor, stream);
    const { events, head } = await streams.load(stream);
    if (head === 'none') throw notFound();
    const { fields, reason } = body;
    const customer = (events[0]?.data as { customer?: string } | undefined)?.customer;
    const record = customer ? (await streams.load(customer)).events : [];
    // Who asked to be forgotten can be reached for what is still open, and for nothing else (DEC-15).
    if (hasEnded(events)) mustBeInUse(record, this.platform.registry);
    await accessLog.record({ actor, subject: stream, fields, reason, requestId: request.id });
    const jobs = await Promise.all(jobsOf(events).map((job) => streams.load(job)));
    const opened = await streams.openAll([...record, ...events, ...jobs.flatMap((job) => job.events)]);
    const shown: Record<string, unknown> = {};
    for (const event of opened) {
      const personal = personalOf(event).fields;
      for (const field of fields) if (personal[field] !== undefined) shown[field] = personal[field];
    }
    await reply.header('cache-control', 'no-store').send({ ticketId: id, fields: shown });
  }
}
