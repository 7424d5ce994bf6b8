import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type RequestOptions } from 'node:http';
import { join } from 'node:path';
import { issueToken, secretFile } from '@aftercare/api';
import { systemClock } from '@aftercare/event-store';

/** An answer, and how long it took from the first byte sent to the last byte read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly millis: number;
}

/** The built server as it is shipped, on one data directory, analytics off. */
export interface ServingProcess {
  readonly port: number;
  readonly token: string;
  /** When the process was started, by `performance.now()`. */
  readonly startedAt: number;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  stop(): Promise<void>;
}

const root = join(__dirname, '..', '..', '..');

/** Starts a server and resolves as soon as it listens. */
export const startServing = async (dataDir: string): Promise<ServingProcess> => {
  const token = await issueToken(
    { id: 'bench', roles: ['agent'], days: 1 },
    secretFile(join(dataDir, 'token.key')),
    systemClock(),
  );
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(root, 'packages/api/bin/aftercare.js'), 'serve'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', ANALYTICS: 'off', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) =>
    answered(
      { agent, host: '127.0.0.1', port, method, path, headers: { authorization: `Bearer ${token}`, ...headers } },
      body,
    );
  return {
    port,
    token,
    startedAt,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body) =>
      send('POST', path, { 'content-type': 'application/json', 'idempotency-key': randomUUID() }, JSON.stringify(body)),
    stop: async () => {
      agent.destroy();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Read from the line that the server prints once it listens. */
const portOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /serving at http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`the server ended with ${signal ?? code} before it listened:\n${said}`)),
    );
  });

const answered = (to: RequestOptions, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request(to, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
          millis: performance.now() - began,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** The same answer; one that isn't 200 or 201 would make every figure a lie. */
export const good = (answer: Answer): Answer => {
  if (answer.status !== 200 && answer.status !== 201)
    throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 400)}`);
  return answer;
};
