import type { CommandOutcome } from '@aftercare/event-store';
import { uuidv5 } from '@aftercare/event-store';
import { problemsIn, problemsInBatch, type Actor, type Registry } from '@aftercare/domain';
import { Controller, HttpCode, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/bearer-hook';
import { etagOf, idempotencyKeyOf, seenRevisionOf } from '../http/conditional';
import { LoopLag } from '../http/overload';
import { invalid, notFound, problem } from '../http/problem';
import { PLATFORM, type Platform } from '../composition/platform';
import { withSecrets } from './after-command';
import { answerOf } from './command-answer';
import { commandRoutes, type CommandRoute } from './command-routes';
import { DecideCommand } from './decide.command';

/** What a request says about one command, checked as far as it can be without the store. */
interface Checked {
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  readonly key: string | undefined;
  readonly seenRevision: number | undefined;
}

/**
 * The one controller of all commands, with a route per row of the registry's tables. Order of checks (architecture §5):
 * 401 and 403 before the body is read (bearer-hook), here 400 → 404 → repeat → 428/412 → 409.
 */
export const commandController = (registry: Registry): Type<unknown> => {
  @Controller()
  class CommandController {
    constructor(
      private readonly bus: CommandBus,
      @Inject(PLATFORM) private readonly platform: Platform,
      private readonly loop: LoopLag,
    ) {}

    async take(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      this.loop.mustKeepUp();
      const checked = check(route, request);
      const { platform } = this;
      if (route.creates) await platform.pace.admit();
      const commandId = commandIdOf(route, request, checked);
      const stream = streamOf(route, request, checked.data, commandId);
      if (!route.creates) await platform.scope.mustSee(checked.actor, stream);
      if (route.definition.kind === 'seen-state' && checked.seenRevision === undefined)
        await this.mustBeRepeat(stream, checked.key === undefined ? undefined : commandId);
      const envelope = await platform.gate.envelope({
        aggregate: route.aggregate,
        definition: route.definition,
        data: checked.data,
        stream,
        commandId,
        actor: checked.actor,
        causationId: request.id,
        ...(checked.seenRevision === undefined ? {} : { seenRevision: checked.seenRevision }),
      });
      const outcome: CommandOutcome = await this.bus.execute(new DecideCommand(route.aggregate, envelope));
      platform.metrics.commandDone(route.definition.type, outcome.status);
      const answer = answerOf(outcome, route, registry);
      reply
        .code(answer.status)
        .header('etag', etagOf(answer.body.revision))
        .header('aftercare-position', answer.position ?? '');
      if (answer.location !== undefined) reply.header('location', answer.location);
      if (answer.body.repeated) reply.header('idempotent-replayed', 'true');
      reply.send(withSecrets(route.definition.type, answer.body, platform));
    }

    /** A retried success is answered before If-Match is asked for; everything else is 404 or 428. */
    private async mustBeRepeat(stream: string, commandId: string | undefined): Promise<void> {
      const { events, head } = await this.platform.streams.load(stream);
      if (head === 'none') throw notFound();
      if (!events.some((event) => event.metadata.commandId === commandId)) throw problem('PRECONDITION.REQUIRED');
    }
  }

  commandRoutes(registry).forEach((route, index) => addRoute(CommandController, route, index));
  return CommandController;
};

/** Adds a method with the decorators that a hand-written one would carry. */
const addRoute = (controller: { readonly prototype: object }, route: CommandRoute, index: number): void => {
  const { prototype } = controller;
  const name = `command${index}`;
  const value = function (
    this: { take(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<void> },
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    return this.take(route, request, reply);
  };
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  Req()(prototype, name, 0);
  Res()(prototype, name, 1);
  RouteConfig({ access: { roles: route.definition.roles } })(prototype, name, descriptor);
  HttpCode(route.creates ? 201 : 200)(prototype, name, descriptor);
  Post(route.path)(prototype, name, descriptor);
};

const check = (route: CommandRoute, request: FastifyRequest): Checked => {
  const actor = actorOf(request);
  const data = request.body ?? {};
  const problems =
    route.definition.type === 'work_order.RecordFacts'
      ? problemsInBatch(data)
      : problemsIn(route.definition.data, data);
  if (problems.length > 0) throw invalid(problems);
  const key = idempotencyKeyOf(request.headers['idempotency-key']);
  if (key === undefined && route.definition.kind !== 'seen-state') throw problem('IDEMPOTENCY.KEY_REQUIRED');
  const seenRevision = seenRevisionOf(request.headers['if-match']);
  return { actor, data: data as Checked['data'], key, seenRevision };
};

/** Without a key (allowed for seen-state only) each request is a command of its own. */
const commandIdOf = (route: CommandRoute, request: FastifyRequest, { actor, key }: Checked): string =>
  uuidv5(
    `${actor.id}\n${actor.role}\n${request.method} ${addressOf(route, request)}\n${key ?? `request ${request.id}`}`,
  );

const addressOf = (route: CommandRoute, request: FastifyRequest): string =>
  route.path.replace(/:(id|kind|site)/, parameterOf(request));

const parameterOf = (request: FastifyRequest): string => {
  const { id, kind, site } = request.params as { id?: string; kind?: string; site?: string };
  return id ?? kind ?? site ?? '';
};

const streamOf = (
  route: CommandRoute,
  request: FastifyRequest,
  data: Readonly<Record<string, unknown>>,
  commandId: string,
): string => {
  if (route.creates) return `${route.aggregate.aggregate}-${route.idOf?.(data) ?? uuidv5(commandId)}`;
  const stream = route.streamOf(parameterOf(request));
  if (stream === undefined) throw notFound();
  return stream;
};
