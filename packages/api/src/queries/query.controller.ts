import { problemsIn } from '@aftercare/domain';
import { Controller, Get, HttpCode, Inject, Post, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../auth/bearer-hook';
import { PLATFORM, type Platform } from '../composition/platform';
import { languageOf } from '../http/language';
import { invalid, isOfDatabase, notFound, problem } from '../http/problem';
import { AskQuery } from './ask.query';
import type { QueryDefinition } from './define-query';

/** `Aftercare-Min-Position` waits so long for the read model, then the answer is marked as stale (architecture §5). */
const LONGEST_WAIT_MS = 2_000;

/** The one controller of all queries, with a route per row of their table. */
export const queryController = (queries: readonly QueryDefinition[]): Type<unknown> => {
  @Controller()
  class QueryController {
    constructor(
      private readonly bus: QueryBus,
      @Inject(PLATFORM) private readonly platform: Platform,
    ) {}

    async ask(definition: QueryDefinition, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const input = inputOf(definition, request);
      await this.waitIfAsked(definition, request, reply);
      const { body, etag, position } = await this.bus
        .execute(
          new AskQuery(definition, {
            input,
            actor: actorOf(request),
            language: languageOf(request.headers['accept-language']),
            requestId: request.id,
          }),
        )
        .catch((error: unknown) => {
          throw definition.model !== undefined && isOfDatabase(error)
            ? problem('SERVICE.LISTS_UNAVAILABLE', { cause: error })
            : error;
        });
      if (etag !== undefined) reply.header('etag', etag);
      if (position !== undefined) reply.header('aftercare-position', position);
      reply.header('cache-control', 'no-store').send(body);
    }

    private async waitIfAsked(
      definition: QueryDefinition,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<void> {
      const wanted = request.headers['aftercare-min-position'];
      if (typeof wanted !== 'string' || wanted === '' || definition.model === undefined) return;
      const { stores, reading } = this.platform;
      // A position that this store never gave is refused, not waited for: `UnknownPositionError`, 400.
      await stores.store.readAll({ after: wanted, limit: 1 });
      const reached = await reading.waitFor(definition.model, wanted, LONGEST_WAIT_MS);
      if (!reached) reply.header('aftercare-stale', 'true');
    }
  }

  queries.forEach((definition, index) => addRoute(QueryController, definition, index));
  return QueryController;
};

const addRoute = (controller: { readonly prototype: object }, definition: QueryDefinition, index: number): void => {
  const { prototype } = controller;
  const name = `query${index}`;
  const value = function (
    this: { ask(definition: QueryDefinition, request: FastifyRequest, reply: FastifyReply): Promise<void> },
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    return this.ask(definition, request, reply);
  };
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
  Req()(prototype, name, 0);
  Res()(prototype, name, 1);
  RouteConfig({ access: { roles: definition.roles } })(prototype, name, descriptor);
  HttpCode(200)(prototype, name, descriptor);
  (definition.method === 'GET' ? Get : Post)(definition.path)(prototype, name, descriptor);
};

/** Path, query string and (POST) body as one object, texts turned into the numbers and flags that the schema names. */
export const inputOf = (definition: QueryDefinition, request: FastifyRequest): unknown => {
  const fromAddress = coerced(definition, {
    ...(request.query as Record<string, unknown>),
    ...(request.params as Record<string, unknown>),
  });
  const body = request.body;
  if (definition.method === 'POST' && (typeof body !== 'object' || body === null || Array.isArray(body)))
    throw invalid([{ pointer: '', message: 'Expected object' }]);
  const input = definition.method === 'POST' ? { ...(body as object), ...fromAddress } : fromAddress;
  const problems = problemsIn(definition.input, input);
  // An id that can't be one is answered like one that is unknown.
  const aboutPath = new Set(Object.keys(request.params as object).map((name) => `/${name}`));
  const others = problems.filter(({ pointer }) => !aboutPath.has(pointer));
  if (others.length > 0) throw invalid(others);
  if (problems.length > 0) throw notFound();
  return input;
};

const coerced = (definition: QueryDefinition, texts: Record<string, unknown>): Record<string, unknown> => {
  const properties = definition.input.properties as Readonly<Record<string, { type?: string } | undefined>>;
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, coerce(value, properties[name]?.type)]),
  );
};

const coerce = (value: unknown, type: string | undefined): unknown => {
  if (type === 'array') return Array.isArray(value) ? (value as unknown[]) : [value];
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
};
