import { Readable } from 'node:stream';
import { matches, problemsIn, uuid, type Actor } from '@aftercare/domain';
import { uuidv5 } from '@aftercare/event-store';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/bearer-hook';
import { answerOf } from '../commands/command-answer';
import { PLATFORM, type Platform } from '../composition/platform';
import { flowing } from '../http/body-clock';
import { etagOf, idempotencyKeyOf } from '../http/conditional';
import { invalid, notFound, problem } from '../http/problem';
import { CASE_READERS, COMPLAINT_READERS } from '../queries/roles';
import { ErasedContentError, RefusedContentError, type AttachmentFiles } from './attachment-files';
import {
  attachmentsIn,
  complaintEvidence,
  subjectOf,
  ticketAttachments,
  type AttachmentKind,
} from './attachment-kinds';
import { extensionOf } from './media-type';
import { DamagedFileError } from './sealed-chunks';

/** Whoever may send the command may upload; the command's own role check stands at the gate. */
const UPLOADERS = [...new Set([...CASE_READERS, ...COMPLAINT_READERS, 'channel' as const])];

/** Contents of attachments over HTTP: streamed in, streamed out, never as something a browser would run. */
@Controller()
export class AttachmentsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Post('/tickets/:id/attachments')
  @HttpCode(201)
  @RouteConfig({ access: { roles: UPLOADERS }, takesFiles: true })
  addToTicket(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return drained(request, this.add(ticketAttachments, id, request, reply));
  }

  @Post('/complaints/:id/attachments')
  @HttpCode(201)
  @RouteConfig({ access: { roles: UPLOADERS }, takesFiles: true })
  addToComplaint(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return drained(request, this.add(complaintEvidence, id, request, reply));
  }

  @Get('/tickets/:id/attachments')
  @RouteConfig({ access: { roles: CASE_READERS } })
  async ofTicket(@Param('id') id: string, @Req() request: FastifyRequest): Promise<unknown> {
    return {
      attachments: attachmentsIn(ticketAttachments, await this.events(ticketAttachments, id, actorOf(request))),
    };
  }

  @Get('/complaints/:id/attachments')
  @RouteConfig({ access: { roles: COMPLAINT_READERS } })
  async ofComplaint(@Param('id') id: string, @Req() request: FastifyRequest): Promise<unknown> {
    return {
      attachments: attachmentsIn(complaintEvidence, await this.events(complaintEvidence, id, actorOf(request))),
    };
  }

  @Get('/tickets/:id/attachments/:attachmentId')
  @RouteConfig({ access: { roles: CASE_READERS } })
  contentOfTicket(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send(ticketAttachments, request, reply);
  }

  @Get('/complaints/:id/attachments/:attachmentId')
  @RouteConfig({ access: { roles: COMPLAINT_READERS } })
  contentOfComplaint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send(complaintEvidence, request, reply);
  }

  private async add(kind: AttachmentKind, id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const actor = actorOf(request);
    const { definition, aggregate } = this.platform.registry.command(kind.command)!;
    if (!definition.roles.includes(actor.role)) throw problem('AUTH.ROLE_NOT_ALLOWED');
    const input = (request.query ?? {}) as Readonly<Record<string, unknown>>;
    const problems = problemsIn(kind.input, input);
    if (problems.length > 0) throw invalid(problems);
    const key = idempotencyKeyOf(request.headers['idempotency-key']);
    if (key === undefined) throw problem('IDEMPOTENCY.KEY_REQUIRED');
    const stream = `${kind.aggregate}-${id}`;
    const events = await this.events(kind, id, actor);
    const commandId = uuidv5(`${actor.id}\n${actor.role}\nPOST /${stream}/attachments\n${key}`);
    const subject = subjectOf(kind, stream, { events, data: input });
    // The id follows from command and content: the same key with another content names another file, and is refused.
    const nameOf = (digest: string) => uuidv5(`attachment ${commandId} ${digest}`);
    const stored = await this.stored({ stream, subject, nameOf }, request);
    const { attachmentId } = stored;
    const envelope = await this.platform.gate.envelope({
      aggregate,
      definition,
      data: { ...stored, ...input, ...describedIn(request) },
      stream,
      commandId,
      actor,
      causationId: request.id,
    });
    const outcome = await this.platform.gate.decide(aggregate, envelope);
    if (outcome.status !== 'done') await this.removeUnnamed(kind, stream, attachmentId);
    const answer = answerOf(outcome, { creates: false, aggregate }, this.platform.registry);
    await reply
      .header('etag', etagOf(answer.body.revision))
      .header('aftercare-position', answer.position ?? '')
      .header('location', `/${aggregate.collection}/${id}/attachments/${attachmentId}`)
      .send({ ...answer.body, attachmentId });
  }

  /** A repeat that is refused must not take the content of the first with it. */
  private async removeUnnamed(kind: AttachmentKind, stream: string, attachmentId: string): Promise<void> {
    const { events } = await this.platform.streams.load(stream);
    if (attachmentsIn(kind, events).some((one) => one.attachmentId === attachmentId)) return;
    await this.platform.attachments.remove(attachmentId);
  }

  private async stored(
    place: Parameters<AttachmentFiles['write']>[0],
    request: FastifyRequest,
  ): ReturnType<AttachmentFiles['write']> {
    const content = request.body instanceof Readable ? request.body : Readable.from([]);
    try {
      // Left whole when it is refused half-way: else the connection goes before the answer was read.
      const pieces = content.iterator({ destroyOnReturn: false });
      return await this.platform.attachments.write(place, flowing(pieces, this.platform.config.uploadIdleMs));
    } catch (error) {
      if (error instanceof ErasedContentError) throw problem('ATTACHMENT.ERASED');
      if (!(error instanceof RefusedContentError)) throw error;
      throw problem(REFUSALS[error.reason]);
    }
  }

  private async send(kind: AttachmentKind, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { id = '', attachmentId = '' } = request.params as { id?: string; attachmentId?: string };
    const actor = actorOf(request);
    const events = await this.events(kind, id, actor);
    const named = attachmentsIn(kind, events).find((one) => one.attachmentId === attachmentId);
    if (!named) throw notFound();
    const stream = `${kind.aggregate}-${id}`;
    const subject = subjectOf(kind, stream, { events, data: { ...named } });
    await this.platform.accessLog.record({
      actor,
      subject: stream,
      fields: [`attachment-${attachmentId}`],
      reason: 'attachment',
      requestId: request.id,
    });
    const chunks = this.platform.attachments.read({ stream, ...named }, subject);
    // The first chunk before the headers: what can't be opened at all is told as a problem, not as a broken download.
    const first = await chunks.next().catch((error: unknown) => {
      if (error instanceof ErasedContentError) throw problem('ATTACHMENT.ERASED');
      throw error instanceof DamagedFileError ? problem('ATTACHMENT.UNREADABLE', { cause: error }) : error;
    });
    await reply
      .header('content-type', named.mediaType)
      .header('content-length', named.bytes)
      .header('content-disposition', `attachment; filename="${attachmentId}.${extensionOf(named.mediaType)}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(Readable.from(continued(first.value ?? undefined, chunks)));
  }

  private async events(kind: AttachmentKind, id: string, actor: Actor) {
    if (!matches(uuid(), id)) throw notFound();
    const stream = `${kind.aggregate}-${id}`;
    await this.platform.scope.mustSee(actor, stream);
    const { events, head } = await this.platform.streams.load(stream);
    if (head === 'none') throw notFound();
    return events;
  }
}

/** A content that was refused is still read to its end: else its sender never comes to read the answer. */
const drained = async (request: FastifyRequest, taking: Promise<void>): Promise<void> => {
  try {
    await taking;
  } catch (error) {
    if (request.body instanceof Readable && !request.body.destroyed) request.body.resume();
    throw error;
  }
};

const REFUSALS = {
  type: 'ATTACHMENT.TYPE_NOT_ALLOWED',
  size: 'ATTACHMENT.TOO_LARGE',
  empty: 'ATTACHMENT.EMPTY',
} as const;

async function* continued(first: Buffer | undefined, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (first) yield first;
  yield* rest;
}

/** Personal, so it stands in no address: percent-encoded UTF-8 in a header of its own. */
const describedIn = (request: FastifyRequest): { readonly description?: string } => {
  const header = request.headers['attachment-description'];
  if (typeof header !== 'string' || header === '') return {};
  try {
    const description = decodeURIComponent(header);
    if (description.length <= 1_000) return { description };
  } catch {
    // Told below.
  }
  throw invalid([{ pointer: '/attachment-description', message: 'Expected at most 1000 characters, percent-encoded' }]);
};
