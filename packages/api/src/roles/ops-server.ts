import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actorFor } from '../auth/access';
import type { Platform } from '../composition/platform';
import { languageOf } from '../http/language';
import type { LoopLag } from '../http/overload';
import { PROBLEM_TYPE, problem } from '../http/problem';
import { problemFrom } from '../http/problem-answers';
import { metricsText } from '../operations/metrics-text';
import type { Readiness } from '../operations/readiness';
import { statusOf } from '../operations/status';

/** The operations port of a process; for the inner network only. */
export interface OpsServer {
  readonly address: string;
  close(): Promise<void>;
}

interface Watched {
  readonly platform: Platform;
  readonly readiness: Readiness;
  readonly loop: LoopLag;
}

type Answer = { readonly status: number; readonly body: unknown } | { readonly type: string; readonly text: string };

/**
 * Health, readiness and metrics without a token, and for whoever has one of role operator the status and the commands
 * that only the process with the work can carry out.
 */
export const openOpsServer = async (watched: Watched, port: number, host: string): Promise<OpsServer> => {
  const server = createServer((request, reply) => void answer(watched, request, reply));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, port: bound } = server.address() as AddressInfo;
  return {
    address: `http://${address.includes(':') ? `[${address}]` : address}:${bound}`,
    close: () => closed(server),
  };
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const answer = async (watched: Watched, request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  request.resume();
  reply.setHeader('cache-control', 'no-store');
  try {
    const found = await route(watched, request);
    if ('text' in found) reply.writeHead(200, { 'content-type': found.type }).end(found.text);
    else
      reply
        .writeHead(found.status, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(found.body));
  } catch (error) {
    const refused = problemFrom(error);
    if (refused.status >= 500)
      watched.platform.logger.error({ code: refused.code, err: refused.more.cause }, 'operations port');
    reply.writeHead(refused.status, { ...refused.headers, 'content-type': PROBLEM_TYPE });
    reply.end(JSON.stringify(refused.document(languageOf(request.headers['accept-language']))));
  }
};

const route = async ({ platform, readiness, loop }: Watched, request: IncomingMessage): Promise<Answer> => {
  const asked = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
  if (asked === 'GET /healthz') return { status: 200, body: { status: 'alive' } };
  if (asked === 'GET /readyz') {
    const report = await readiness.report();
    return { status: report.ready ? 200 : 503, body: report };
  }
  if (asked === 'GET /metrics')
    return { type: platform.metrics.registry.contentType, text: await metricsText(platform, loop.lag) };
  const bearer = await platform.tokens.verify(request.headers.authorization);
  actorFor(bearer, ['operator']);
  if (asked === 'GET /status') return { status: 200, body: await statusOf(platform) };
  return command(platform, asked);
};

/** The same addresses as on the API, which hands them on. */
const command = async ({ reading }: Platform, asked: string): Promise<Answer> => {
  const [, kind, encoded = '', verb] =
    /^POST \/admin\/(read-models|consumers)\/([^/]+)\/(rebuild|resume)$/.exec(asked) ?? [];
  // Not decoded: what is no name need not be read.
  const known = (await reading.status()).find(({ name }) => name === encoded || encodeURIComponent(name) === encoded);
  if (!known) throw problem('RESOURCE.NOT_FOUND');
  const { name } = known;
  if (!reading.working()) throw problem('SERVICE.NO_WORKER');
  if (kind === 'read-models' && verb === 'rebuild') {
    await reading.rebuild(name);
    return { status: 200, body: { rebuilt: name } };
  }
  if (kind === 'consumers' && verb === 'resume') return { status: 200, body: { resumed: reading.resume(name) } };
  throw problem('ROUTE.NOT_FOUND');
};
