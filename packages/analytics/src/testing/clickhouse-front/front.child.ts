import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { openEngine, type Around, type Engine } from './engine';
import type { FaultKind, FromFront, FrontOptions, ToFront } from './wire';

/**
 * As much of ClickHouse's HTTP interface as its official client uses, in front of chDB, which is the same engine. With
 * faults on demand. For tests only: one statement at a time, results as a whole.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as FrontOptions;
const say = (message: FromFront): void => void process.send?.(message);

let fault: { kind: FaultKind; sql: string; left: number } | undefined;
const connections = new WeakMap<Socket, number>();
const open = new Set<Socket>();
let count = 0;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

const isAllowed = ({ headers }: IncomingMessage): boolean => {
  const { user, password = '' } = options;
  if (user === undefined) return true;
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  return (
    headers.authorization === `Basic ${basic}` ||
    (headers['x-clickhouse-user'] === user && headers['x-clickhouse-key'] === password)
  );
};

/** The parts of the address: settings, `param_…`, database and the statement. */
const partsOf = (url: URL): Around & { readonly query: string } => {
  const settings: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const [key, value] of url.searchParams)
    if (key.startsWith('param_')) parameters[key.slice(6)] = value;
    else if (!['query', 'database', 'query_id'].includes(key)) settings[key] = value;
  const { searchParams } = url;
  return {
    settings,
    parameters,
    database: searchParams.get('database') ?? 'default',
    query: searchParams.get('query') ?? '',
  };
};

const takeFault = (sql: string): FaultKind | undefined => {
  if (!fault || fault.left === 0 || !sql.includes(fault.sql)) return undefined;
  fault.left -= 1;
  return fault.kind;
};

/** As ClickHouse does: the code in a header, kind and text in the body, the status by the code. */
const refuse = (reply: ServerResponse, text: string): void => {
  const code = /Code: (\d+)/.exec(text)?.[1] ?? '1002';
  const status = { '60': 404, '81': 404, '62': 400, '47': 400, '516': 403 }[code] ?? 500;
  reply.writeHead(status, { 'content-type': 'text/plain; charset=UTF-8', 'x-clickhouse-exception-code': code });
  reply.end(`${text.trim()} (version 25.0.0.0)\n`);
};

const FULL = 'Code: 243. DB::Exception: Cannot reserve space, not enough space. (NOT_ENOUGH_SPACE)';
const BROKEN = 'Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)';

/** Half of the rows have left when the query fails: the server has said 200 by then. */
const failInMidStream = (reply: ServerResponse, result: Buffer, cut: boolean): void => {
  const tag = randomBytes(8).toString('hex');
  reply.writeHead(200, { 'content-type': 'application/x-ndjson', 'x-clickhouse-exception-tag': tag });
  reply.write(result.subarray(0, Math.ceil(result.length / 2)), () => {
    if (cut) return void reply.socket?.destroy();
    const length = BROKEN.length + 1;
    reply.end(`\r\n__exception__\r\n${tag}\r\n${BROKEN}\n${length} ${tag}\r\n__exception__\r\n`);
  });
};

const carryOut = async (engine: Engine, request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  const { query, ...around } = partsOf(new URL(request.url ?? '/', 'http://front'));
  const body = await bodyOf(request);
  const sql = query === '' ? body : `${query}\n${body}`;
  const kind = takeFault(sql);
  const connection = connections.get(request.socket) ?? 0;
  say({ seen: { sql: sql.slice(0, 200), settings: around.settings, connection, ...(kind ? { fault: kind } : {}) } });
  if (!isAllowed(request))
    return refuse(
      reply,
      'Code: 516. DB::Exception: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)',
    );
  if (kind === 'refused') return refuse(reply, FULL);
  if (kind === 'cut-before') return void request.socket.destroy();
  try {
    const result = await engine.run(sql, around);
    if (kind === 'stored-then-silent') return;
    if (kind === 'stored-then-cut') return void request.socket.destroy();
    if (kind !== undefined) return failInMidStream(reply, result, kind === 'cut-in-mid-stream');
    reply.writeHead(200, { 'content-type': 'application/x-ndjson', 'x-clickhouse-summary': '{}' });
    reply.end(result);
  } catch (error) {
    refuse(reply, error instanceof Error ? error.message : 'Code: 1002. DB::Exception: unknown. (UNKNOWN_EXCEPTION)');
  }
};

const serverOn = (engine: Engine): Server => {
  const answer: RequestListener = (request, reply) => {
    if (request.url?.startsWith('/ping')) return void reply.end('Ok.\n');
    void carryOut(engine, request, reply);
  };
  const { tls } = options;
  const server = tls
    ? createTlsServer({ key: readFileSync(tls.key), cert: readFileSync(tls.cert) }, answer)
    : createServer(answer);
  server.keepAliveTimeout = options.keepAliveMs ?? 10_000;
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    count += 1;
    connections.set(socket, count);
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  });
  return server;
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const main = async (): Promise<void> => {
  const engine = await openEngine(options.dir);
  let server = serverOn(engine);
  const port = await listen(server, options.port);
  const goAway = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  const obey = async (message: ToFront): Promise<void> => {
    if ('fault' in message) {
      fault = message.fault ? { ...message.fault, left: message.fault.times } : undefined;
      return say({ is: 'set' });
    }
    if ('away' in message) {
      if (message.away) goAway();
      else {
        server = serverOn(engine);
        await listen(server, port);
      }
      return say({ is: message.away ? 'away' : 'back' });
    }
    goAway();
    engine.close();
    process.exit(0);
  };
  process.on('message', (message: ToFront) => void obey(message));
  // The one who asked for it is gone.
  process.on('disconnect', () => process.exit(0));
  say({ listening: port });
};

void main();
