import type { Registry, Role, Text } from '@aftercare/domain';
import type { OpenAPIObject } from '@nestjs/swagger';
import { commandRoutes, type CommandRoute } from '../commands/command-routes';
import { ownProblems } from '../http/problem';
import type { QueryDefinition } from '../queries/define-query';
import { queries } from '../queries/index';
import { openRoutes } from './open-routes';

type Operation = Readonly<Record<string, unknown>>;

/** The OpenAPI document, derived from the registry's and the query tables: it can't disagree with what is checked. */
export const openApi = (registry: Registry): OpenAPIObject => {
  const paths: Record<string, Record<string, Operation>> = {};
  const add = (method: string, path: string, operation: Operation) => {
    const address = path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[address] = { ...paths[address], [method.toLowerCase()]: operation };
  };
  for (const route of commandRoutes(registry)) add('post', route.path, commandOperation(route));
  for (const query of queries) add(query.method, query.path, queryOperation(query));
  for (const { method, path, ...operation } of openRoutes) add(method, path, operation);
  return {
    openapi: '3.0.3',
    info: {
      title: 'Aftercare 售后服务',
      version: '0.1.0',
      description: DESCRIPTION,
    },
    servers: [{ url: '/' }],
    tags: registry.aggregates
      .filter(({ commands }) => Object.keys(commands).length > 0)
      .map(({ collection, label }) => ({ name: collection, description: both(label) })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema, CommandAnswer: answerSchema },
    },
  } as unknown as OpenAPIObject;
};

const both = ({ zh, en }: Text): string => `${zh} · ${en}`;
const rolesLine = (roles: readonly Role[]): string => `Roles: ${roles.filter((role) => role !== 'system').join(', ')}`;

const KINDS = {
  creates: 'Creates. `Idempotency-Key` required.',
  'seen-state': 'Decided on what was seen. `If-Match` required, `Idempotency-Key` optional.',
  intent: 'Decided on the live state. `Idempotency-Key` required, `If-Match` optional.',
} as const;

const header = (name: string, required: boolean, description: string, example: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
  example,
});

const commandOperation = ({ path, definition, aggregate, creates }: CommandRoute): Operation => ({
  operationId: definition.type,
  tags: [aggregate.collection],
  summary: both(definition.says),
  description: `${KINDS[definition.kind]}\n\n${rolesLine(definition.roles)}`,
  security: [{ bearer: [] }],
  parameters: [
    ...pathParameters(path),
    header(
      'Idempotency-Key',
      definition.kind !== 'seen-state',
      'Same key, same command: the first result.',
      'order-4711',
    ),
    ...(creates ? [] : [header('If-Match', definition.kind === 'seen-state', 'The revision seen.', '"7"')]),
  ],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: definition.data, example: definition.example } },
  },
  responses: {
    [creates ? '201' : '200']: {
      description: 'Done, or done before with this key',
      headers: { ETag: stringHeader, 'Aftercare-Position': stringHeader },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAnswer' } } },
    },
    ...problems(['400', '401', '403', ...(creates ? [] : ['404', '412', '428']), '409', '422', '503']),
  },
});

const queryOperation = (query: QueryDefinition): Operation => {
  const named = new Set(query.path.match(/:[A-Za-z]+/g)?.map((name) => name.slice(1)));
  const properties = Object.entries(query.input.properties as Record<string, object>);
  const required = (query.input as { required?: readonly string[] }).required ?? [];
  return {
    operationId: query.name,
    tags: [query.tag],
    summary: both(query.says),
    description: rolesLine(query.roles),
    security: [{ bearer: [] }],
    parameters: [
      ...properties
        .filter(([name]) => query.method === 'GET' || named.has(name))
        .map(([name, schema]) => ({
          name,
          in: named.has(name) ? 'path' : 'query',
          required: named.has(name) || required.includes(name),
          schema,
        })),
      ...(query.model === undefined
        ? []
        : [header('Aftercare-Min-Position', false, 'Waits at most 2 s for the list to show this.', '')]),
    ],
    ...(query.method === 'POST'
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: bodyOf(query, named), example: query.example } },
          },
        }
      : {}),
    responses: { '200': { description: 'OK' }, ...problems(['400', '401', '403', '404']) },
  };
};

/** What stands in the path is no member of the body. */
const bodyOf = (query: QueryDefinition, named: ReadonlySet<string>) => {
  const { properties, required = [], ...rest } = query.input as { properties: object; required?: readonly string[] };
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !named.has(name))),
    required: required.filter((name) => !named.has(name)),
  };
};

const pathParameters = (path: string) =>
  (path.match(/:[A-Za-z]+/g) ?? []).map((name) => ({
    name: name.slice(1),
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const stringHeader = { schema: { type: 'string' } };

const problems = (statuses: readonly string[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: 'A problem document (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'In the language of Accept-Language' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; a refusal carries its rule, like TICKET.NOT_AWAITING_CONFIRMATION' },
    details: { type: 'object' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
  example: {
    type: 'urn:aftercare:problem:request.invalid',
    title: '请求内容未通过校验',
    status: 400,
    code: 'REQUEST.INVALID',
    errors: [{ pointer: '/channel', message: '只能是以下之一:phone, chat, letter' }],
  },
};

const answerSchema = {
  type: 'object',
  required: ['id', 'revision', 'repeated', 'events'],
  properties: {
    id: { type: 'string' },
    number: { type: 'string' },
    revision: { type: 'integer' },
    repeated: { type: 'boolean' },
    events: {
      type: 'array',
      items: {
        type: 'object',
        properties: { type: { type: 'string' }, eventId: { type: 'string' }, data: { type: 'object' } },
      },
    },
  },
};

const DESCRIPTION = `Every change is a command (POST), every question a query. Commands answer with what was recorded, a
strong \`ETag\` (the revision) and \`Aftercare-Position\`; give that position to a list as \`Aftercare-Min-Position\` to see
your own change there.

Refusals are problem documents with a stable \`code\`. Codes of this server itself:

${ownProblems()
  .map(({ code, status, says }) => `- \`${code}\` (${status}) ${both(says)}`)
  .join('\n')}`;
